import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A number whose fee is not paid is out of service for a while, before it is taken back. */
export class SuspendedNumbers1767200001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE number_assignment ADD COLUMN suspended_at timestamptz');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE number_assignment DROP COLUMN suspended_at');
  }
}
