import type { MigrationInterface, QueryRunner } from 'typeorm';

/** URLs that a phone fetches its configuration from. */
export class Provisioning1765300005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The URL's token is kept as its hash, the device's secret not at all: each fetch makes a new one. mac NULL: a softphone.
    // source: of the first fetch; the others must come from there.
    await db.query(`
      CREATE TABLE provisioning_ticket (
        id uuid PRIMARY KEY,
        device_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
        token_hash bytea NOT NULL UNIQUE,
        vendor text NOT NULL CHECK (length(vendor) <= 40),
        mac text CHECK (mac ~ '^[0-9a-f]{12}$'),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        first_fetched_at timestamptz,
        source text,
        fetches smallint NOT NULL DEFAULT 0
      )`);
    await db.query('CREATE INDEX provisioning_ticket_device ON provisioning_ticket (device_id)');
    await db.query('CREATE INDEX provisioning_ticket_expiry ON provisioning_ticket (expires_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE provisioning_ticket');
  }
}
