import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where others' servers are told of what happens, and each telling. Secrets are sealed; the one before stays valid for a while. */
export class Webhooks1767600000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE webhook_endpoint (
        id uuid PRIMARY KEY,
        owner text NOT NULL,
        url text NOT NULL CHECK (length(url) BETWEEN 10 AND 500),
        events text[] NOT NULL CHECK (cardinality(events) > 0),
        sealed_secret text NOT NULL,
        sealed_secret_before text,
        secret_before_until timestamptz,
        created_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        failing_since timestamptz,
        disabled_at timestamptz,
        disabled_because text
      )`);
    await db.query('CREATE INDEX webhook_endpoint_owner ON webhook_endpoint (owner, id)');
    // message_id: of the event, the same for every endpoint and every attempt; an event is told to an endpoint once.
    await db.query(`
      CREATE TABLE webhook_delivery (
        id uuid PRIMARY KEY,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoint (id) ON DELETE CASCADE,
        message_id text NOT NULL,
        event text NOT NULL,
        body text NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL DEFAULT now(),
        last_at timestamptz,
        last_status integer,
        last_error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (endpoint_id, message_id)
      )`);
    await db.query('CREATE INDEX webhook_delivery_endpoint ON webhook_delivery (endpoint_id, id)');
    await db.query(`CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE state = 'waiting'`);
    await db.query('CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE webhook_delivery, webhook_endpoint');
  }
}
