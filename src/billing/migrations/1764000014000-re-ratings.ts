import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Re-ratings that were asked for, how far they are, and who asked. */
export class ReRatings1764000014000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE re_rating (
        id uuid PRIMARY KEY,
        span_from timestamptz NOT NULL,
        span_to timestamptz NOT NULL,
        asked_by text NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT now(),
        looked bigint NOT NULL DEFAULT 0,
        changed bigint NOT NULL DEFAULT 0,
        finished_at timestamptz,
        CHECK (span_to > span_from)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE re_rating');
  }
}
