import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls that the exchange starts itself (docs/call-orders.md), and whose account the house's own is. */
export class CallOrders1765200000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // call_id: of the call that rings the first party; known beforehand, so that no order can ever make two.
    await db.query(`
      CREATE TABLE call_order (
        id uuid PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose ~ '^[a-z][a-z-]{0,39}$'),
        house boolean NOT NULL,
        member_id uuid,
        e164 text CHECK (e164 ~ '^\\+[1-9][0-9]{2,14}$'),
        ring_device_id uuid,
        ring_member_id uuid,
        ring_seconds smallint NOT NULL CHECK (ring_seconds BETWEEN 5 AND 120),
        language text NOT NULL,
        shown text,
        display text,
        wish jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('waiting', 'taken', 'ended', 'refused')),
        node text,
        call_id uuid NOT NULL UNIQUE,
        cause text,
        answered_at timestamptz,
        connected_at timestamptz,
        digits text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        taken_at timestamptz,
        ended_at timestamptz,
        CHECK (num_nonnulls(e164, ring_device_id, ring_member_id) = 1),
        CHECK ((state IN ('ended', 'refused')) = (ended_at IS NOT NULL)),
        CHECK ((ended_at IS NULL) = (cause IS NULL)),
        CHECK ((state = 'taken') <= (node IS NOT NULL))
      )`);
    await db.query(`CREATE INDEX call_order_waiting ON call_order (created_at, id) WHERE state = 'waiting'`);
    await db.query(`CREATE INDEX call_order_expiry ON call_order (expires_at) WHERE state = 'waiting'`);
    await db.query(`CREATE INDEX call_order_taken ON call_order (node) WHERE state = 'taken'`);
    await db.query('CREATE INDEX call_order_number ON call_order (e164, created_at) WHERE e164 IS NOT NULL');
    await db.query('CREATE INDEX call_order_account ON call_order (member_id, created_at)');
    await db.query('CREATE INDEX call_order_recent ON call_order (created_at DESC, id DESC)');
    await db.query(`
      CREATE TABLE call_order_house (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        member_id uuid NOT NULL REFERENCES member (id)
      )`);
    await db.query(`ALTER TABLE call DROP CONSTRAINT call_origin_check,
      ADD CONSTRAINT call_origin_check CHECK (origin IN ('member', 'trunk', 'order'))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE call_order, call_order_house');
    await db.query(`DELETE FROM call WHERE origin = 'order'`);
    await db.query(`ALTER TABLE call DROP CONSTRAINT call_origin_check,
      ADD CONSTRAINT call_origin_check CHECK (origin IN ('member', 'trunk'))`);
  }
}
