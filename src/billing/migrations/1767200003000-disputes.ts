import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Payments that their payer contests at his bank; while one is open, nothing is spent from his account. */
export class Disputes1767200003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payment_dispute (
        id uuid PRIMARY KEY,
        top_up_id uuid NOT NULL REFERENCES top_up (id),
        account_id bigint NOT NULL REFERENCES ledger_account (id),
        provider_id text NOT NULL CHECK (length(provider_id) BETWEEN 1 AND 200),
        amount_micros bigint NOT NULL CHECK (amount_micros > 0),
        state text NOT NULL DEFAULT 'unseen' CHECK (state IN ('unseen', 'inquiry', 'open', 'won', 'lost', 'dropped')),
        opened_at timestamptz,
        decided_at timestamptz,
        UNIQUE (top_up_id, provider_id)
      )`);
    await db.query('CREATE INDEX payment_dispute_account ON payment_dispute (account_id, id)');
    await db.query('ALTER TABLE ledger_account ADD COLUMN barred boolean NOT NULL DEFAULT false');
    await db.query(available('CASE WHEN a.barred THEN 0 ELSE', 'END'));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(available('', ''));
    await db.query('ALTER TABLE ledger_account DROP COLUMN barred');
    await db.query('DROP TABLE payment_dispute');
  }
}

/** As in 1764000011000-holds.ts, around which this is put. */
const available = (before: string, after: string): string => `
  CREATE OR REPLACE FUNCTION available_micros(a ledger_account, b account_balance) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT ${before} LEAST(
      a.credit_limit_micros - b.balance_micros - b.held_micros,
      a.daily_cap_micros - b.held_micros
        - CASE WHEN b.spent_on = (now() AT TIME ZONE 'UTC')::date THEN b.spent_micros ELSE 0 END) ${after}
  $$`;
