import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which trace an event was told (W3C traceparent), so that whoever handles it goes on with it. NULL: it was not traced. */
export class OutboxTraces1767800000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE outbox ADD COLUMN trace text CHECK (length(trace) <= 55)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE outbox DROP COLUMN trace');
  }
}
