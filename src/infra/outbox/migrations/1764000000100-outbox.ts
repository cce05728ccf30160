import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Outbox1764000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id            uuid PRIMARY KEY,
        topic         text NOT NULL,
        payload       jsonb NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        claimed_until timestamptz,
        relayed_at    timestamptz,
        handled_at    timestamptz,
        CHECK (handled_at IS NULL OR relayed_at IS NOT NULL)
      )`);
    // One partial index per question: what waits (relay), what may be lost (sweep), what is done (purge).
    await runner.query('CREATE INDEX outbox_waiting ON outbox (id) WHERE relayed_at IS NULL');
    await runner.query(
      'CREATE INDEX outbox_relayed ON outbox (relayed_at) WHERE relayed_at IS NOT NULL AND handled_at IS NULL',
    );
    await runner.query('CREATE INDEX outbox_handled ON outbox (handled_at) WHERE handled_at IS NOT NULL');
    await runner.query(`
      CREATE TABLE processed_message (
        message_id   uuid NOT NULL REFERENCES outbox ON DELETE CASCADE,
        handler      text NOT NULL,
        processed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (message_id, handler)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE processed_message');
    await runner.query('DROP TABLE outbox');
  }
}
