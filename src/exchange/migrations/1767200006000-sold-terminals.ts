import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Telephones and adapters that we sold: by their MAC they set themselves up, within a window that their owner opens. */
export class SoldTerminals1767200006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // window_source: only from there (NULL: anywhere). first_fetched_at begins the short time in which the same phone may come again.
    await db.query(`
      CREATE TABLE sold_terminal (
        mac text PRIMARY KEY CHECK (mac ~ '^[0-9a-f]{12}$'),
        member_id uuid NOT NULL REFERENCES member (id),
        vendor text NOT NULL CHECK (length(vendor) <= 40),
        device_id uuid UNIQUE REFERENCES device (id) ON DELETE SET NULL,
        sold_at timestamptz NOT NULL DEFAULT now(),
        window_until timestamptz,
        window_source text,
        fetches smallint NOT NULL DEFAULT 0,
        first_fetched_at timestamptz
      )`);
    await db.query('CREATE INDEX sold_terminal_member ON sold_terminal (member_id, mac)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE sold_terminal');
  }
}
