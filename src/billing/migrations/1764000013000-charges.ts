import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each answered call was charged to its payer, and each answered leg owed to its carrier: one row, revision 0, and
 * one more for every re-rating that changed something. Rows are never changed; the last revision counts. The amount of a
 * revision is the whole amount; what is posted is the difference to the one before.
 */
export class Charges1764000013000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const facts = `
        revision smallint NOT NULL,
        e164 text,
        answered_at timestamptz NOT NULL,
        duration_ms bigint NOT NULL CHECK (duration_ms >= 0),
        result text NOT NULL CHECK (result IN ('rated', 'on-net', 'unrated')),
        unrated_because text CHECK (unrated_because IN
          ('no-payer', 'no-carrier', 'no-number', 'no-deck', 'no-rate', 'no-exchange-rate')),
        deck_id text,
        version_id uuid,
        prefix text,
        billed_ms bigint NOT NULL DEFAULT 0,
        amount_micros bigint NOT NULL CHECK (amount_micros >= 0),
        currency char(3),
        rated_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((result = 'unrated') = (unrated_because IS NOT NULL)),
        CHECK ((result = 'rated') = (prefix IS NOT NULL)),
        CHECK (result = 'rated' OR amount_micros = 0)`;
    await db.query(`
      CREATE TABLE charge (
        call_id uuid NOT NULL,
        member_id uuid NOT NULL,
        account_id bigint,
        on_net boolean NOT NULL,
        ${facts},
        PRIMARY KEY (call_id, revision)
      )`);
    await db.query(`
      CREATE TABLE accrual (
        call_id uuid NOT NULL,
        leg smallint NOT NULL,
        trunk_id text NOT NULL,
        carrier_id text,
        ${facts},
        PRIMARY KEY (call_id, leg, revision)
      )`);
    await db.query('CREATE INDEX charge_time ON charge (answered_at, call_id)');
    await db.query('CREATE INDEX charge_account ON charge (account_id, answered_at DESC, call_id DESC)');
    await db.query('CREATE INDEX accrual_time ON accrual (answered_at, call_id, leg)');
    await db.query('CREATE INDEX accrual_carrier ON accrual (carrier_id, answered_at, call_id, leg)');
    for (const table of ['charge', 'accrual']) {
      await db.query(`CREATE INDEX ${table}_unrated ON ${table} (answered_at) WHERE result = 'unrated'`);
      await db.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE accrual, charge');
  }
}
