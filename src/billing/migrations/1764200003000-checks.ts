import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the night checks looked at and found. */
export class Checks1764200003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // seen: which transactions the run saw; the next run adds up what came after them, whatever their time.
    await db.query(`
      CREATE TABLE check_run (
        id uuid PRIMARY KEY,
        span_from timestamptz NOT NULL,
        span_to timestamptz NOT NULL CHECK (span_to > span_from),
        seen pg_snapshot NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        took_ms integer NOT NULL,
        asked_by text NOT NULL
      )`);
    await db.query('CREATE INDEX check_run_recent ON check_run (started_at DESC)');
    await db.query(`
      CREATE TABLE check_result (
        run_id uuid NOT NULL REFERENCES check_run (id) ON DELETE CASCADE,
        name text NOT NULL,
        findings integer NOT NULL CHECK (findings >= 0),
        took_ms integer NOT NULL,
        PRIMARY KEY (run_id, name)
      )`);
    await db.query(`
      CREATE TABLE check_finding (
        run_id uuid NOT NULL,
        line integer NOT NULL,
        name text NOT NULL,
        key text NOT NULL,
        detail jsonb NOT NULL,
        PRIMARY KEY (run_id, line),
        FOREIGN KEY (run_id, name) REFERENCES check_result (run_id, name) ON DELETE CASCADE
      )`);
    // Every account's balance as the newest run saw it.
    await db.query(`
      CREATE TABLE account_snapshot (
        account_id bigint PRIMARY KEY,
        balance_micros bigint NOT NULL
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE account_snapshot, check_finding, check_result, check_run');
  }
}
