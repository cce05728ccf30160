import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What looks like fraud, or like the end of a limit: once per account, kind and span, until somebody has looked at it. */
export class FraudAlerts1767704001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE fraud_alert (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        account_id bigint NOT NULL REFERENCES ledger_account (id),
        kind text NOT NULL CHECK (kind IN ('spend-80', 'spend-100', 'short-calls', 'many-calls')),
        span text NOT NULL,
        detail jsonb NOT NULL,
        raised_at timestamptz NOT NULL DEFAULT now(),
        acknowledged_at timestamptz,
        acknowledged_by uuid,
        note text CHECK (length(note) <= 500),
        UNIQUE (account_id, kind, span)
      )`);
    await db.query('CREATE INDEX fraud_alert_open ON fraud_alert (seq) WHERE acknowledged_at IS NULL');
    await db.query(
      `INSERT INTO audit_rule (name, mode, why) VALUES ('fraud_alert', 'open', 'accounts, amounts, counts')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM audit_rule WHERE name = 'fraud_alert'`);
    await db.query('DROP TABLE fraud_alert');
  }
}
