import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is recorded of calls, and for how long it is kept. The audio is a file `calls/<id>.wav` in Asterisk's recording directory. */
export class CallRecordings1765500002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE recording_rule (
        company_id uuid REFERENCES member (id) ON DELETE CASCADE,
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        mode text NOT NULL CHECK (mode IN ('never', 'announced')),
        keep_days integer NOT NULL CHECK (keep_days BETWEEN 1 AND 3650),
        UNIQUE NULLS NOT DISTINCT (company_id, country)
      )`);
    await db.query(`
      CREATE TRIGGER recording_rule_changed AFTER INSERT OR UPDATE OR DELETE ON recording_rule
        FOR EACH STATEMENT EXECUTE FUNCTION tell_queues()`);
    // duration_ms NULL: not ended yet, or nothing was written. deleted_at: the audio is gone, the row says that there was one.
    await db.query(`
      CREATE TABLE call_recording (
        id uuid PRIMARY KEY,
        call_id uuid NOT NULL,
        queue_call_id uuid NOT NULL,
        company_id uuid,
        agent_id uuid REFERENCES queue_agent (id) ON DELETE SET NULL,
        country char(2) NOT NULL,
        started_at timestamptz NOT NULL,
        duration_ms integer CHECK (duration_ms > 0),
        delete_after timestamptz NOT NULL,
        deleted_at timestamptz
      )`);
    await db.query(
      'CREATE INDEX call_recording_of_company ON call_recording (company_id, started_at DESC, id DESC)',
    );
    await db.query('CREATE INDEX call_recording_newest ON call_recording (started_at DESC, id DESC)');
    await db.query('CREATE INDEX call_recording_of_visit ON call_recording (queue_call_id)');
    await db.query('CREATE INDEX call_recording_of_agent ON call_recording (agent_id)');
    await db.query(
      'CREATE INDEX call_recording_due ON call_recording (delete_after) WHERE deleted_at IS NULL',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE call_recording, recording_rule');
  }
}
