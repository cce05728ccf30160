import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders that ring a number at another company, in that company's own numbers. */
export class CallOrdersByCarrier1765300006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE call_order ADD COLUMN ring_carrier_id text, ADD COLUMN ring_number text CHECK (ring_number ~ '^[0-9*#+]{1,40}$'),
        ADD CONSTRAINT call_order_carrier CHECK ((ring_carrier_id IS NULL) = (ring_number IS NULL))`);
    await dropOneTarget(db);
    await db.query(`ALTER TABLE call_order ADD CONSTRAINT call_order_one_target
      CHECK (num_nonnulls(e164, ring_device_id, ring_member_id, ring_number) = 1)`);
    await db.query(
      'CREATE INDEX call_order_carrier_number ON call_order (ring_number, created_at) WHERE ring_number IS NOT NULL',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DELETE FROM call_order WHERE ring_number IS NOT NULL');
    await db.query('ALTER TABLE call_order DROP CONSTRAINT call_order_one_target');
    await db.query('ALTER TABLE call_order DROP COLUMN ring_carrier_id, DROP COLUMN ring_number');
    await db.query(`ALTER TABLE call_order ADD CONSTRAINT call_order_one_target
      CHECK (num_nonnulls(e164, ring_device_id, ring_member_id) = 1)`);
  }
}

/** By what it says: PostgreSQL gave it a name. */
async function dropOneTarget(db: QueryRunner): Promise<void> {
  await db.query(`
    DO $$
    DECLARE found text;
    BEGIN
      SELECT conname INTO STRICT found FROM pg_constraint
       WHERE conrelid = 'call_order'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%num_nonnulls%';
      EXECUTE format('ALTER TABLE call_order DROP CONSTRAINT %I', found);
    END $$`);
}
