import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ways out of (and into) our Asterisk: country centres, PSTN gateways, other carriers, and the routes to them. */
export class TrunksAndRoutes1764000003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // called_format, calling_format: NumberFormat of src/numbering (e164plus | e164 | national | international | carrier).
    await db.query(`
      CREATE TABLE trunk (
        id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        kind text NOT NULL CHECK (kind IN ('gateway', 'centre', 'carrier')),
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        host text NOT NULL CHECK (host ~ '^[A-Za-z0-9.:-]{1,253}$'),
        port integer NOT NULL DEFAULT 5060 CHECK (port BETWEEN 1 AND 65535),
        transport text NOT NULL DEFAULT 'udp' CHECK (transport IN ('udp', 'tcp', 'tls')),
        called_format jsonb NOT NULL,
        calling_format jsonb NOT NULL,
        default_cli text CHECK (default_cli ~ '^\\+[1-9][0-9]{3,14}$'),
        trusted boolean NOT NULL DEFAULT false,
        emergency boolean NOT NULL DEFAULT false,
        max_calls integer CHECK (max_calls > 0),
        enabled boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query(`
      CREATE TABLE centre (
        id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        area text CHECK (area ~ '^[0-9]{1,6}$'),
        kind text NOT NULL CHECK (kind IN ('own', 'partner')),
        trunk_id text REFERENCES trunk (id),
        enabled boolean NOT NULL DEFAULT true,
        CHECK ((kind = 'partner') = (trunk_id IS NOT NULL))
      )`);
    await db.query(`CREATE UNIQUE INDEX centre_country_area ON centre (country, COALESCE(area, ''))`);
    // prefix: E.164 digits without '+', '' = everything. cost: micro-units of currency per minute.
    await db.query(`
      CREATE TABLE route (
        id uuid PRIMARY KEY,
        prefix text NOT NULL CHECK (prefix ~ '^[0-9]{0,15}$'),
        trunk_id text NOT NULL REFERENCES trunk (id) ON DELETE CASCADE,
        priority integer NOT NULL DEFAULT 100,
        weight integer NOT NULL DEFAULT 1 CHECK (weight > 0),
        cost_micro bigint NOT NULL DEFAULT 0 CHECK (cost_micro >= 0),
        currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        enabled boolean NOT NULL DEFAULT true,
        UNIQUE (prefix, trunk_id)
      )`);
    await db.query('CREATE INDEX route_trunk ON route (trunk_id)');
    for (const table of ['trunk', 'centre', 'route']) {
      await db.query(`
        CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION notify_directory('id')`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE route, centre, trunk');
  }
}
