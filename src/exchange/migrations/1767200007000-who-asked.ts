import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which account the house rings a telephone for: what there is for all is not one's. */
export class WhoAsked1767200007000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE call_order ADD COLUMN asked_by uuid');
    await db.query(
      'CREATE INDEX call_order_asked_by ON call_order (asked_by, created_at) WHERE asked_by IS NOT NULL',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX call_order_asked_by');
    await db.query('ALTER TABLE call_order DROP COLUMN asked_by');
  }
}
