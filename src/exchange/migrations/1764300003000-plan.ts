import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the operator decides about the number plan, as numbering's PlanConfig has it, and other companies' number systems. */
export class Plan1764300003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // voip_carrier: `carrier` is billing's (whom we pay). e164_prefixes: `+8270`; domains: canonical names of their SIP users.
    await db.query(`
      CREATE TABLE voip_carrier (
        id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        trunk_id text NOT NULL REFERENCES trunk (id),
        e164_prefixes text[] NOT NULL DEFAULT '{}',
        domains text[] NOT NULL DEFAULT '{}',
        enabled boolean NOT NULL DEFAULT true
      )`);
    await db.query('CREATE INDEX voip_carrier_trunk ON voip_carrier (trunk_id)');
    await db.query('CREATE INDEX centre_trunk ON centre (trunk_id)');
    await db.query(`
      CREATE TABLE carrier_pattern (
        id uuid PRIMARY KEY,
        carrier_id text NOT NULL REFERENCES voip_carrier (id) ON DELETE CASCADE,
        prefix text NOT NULL CHECK (length(prefix) BETWEEN 1 AND 16),
        min_length smallint NOT NULL,
        max_length smallint NOT NULL,
        regex text CHECK (length(regex) BETWEEN 1 AND 200),
        countries text[],
        CHECK (min_length <= max_length),
        UNIQUE NULLS NOT DISTINCT (carrier_id, prefix, regex, countries)
      )`);
    await db.query(`
      CREATE TABLE feature_code (
        code text PRIMARY KEY CHECK (code ~ '^[0-9*#]{2,9}$'),
        feature text NOT NULL CHECK (feature ~ '^[a-z][a-z-]{1,39}$'),
        argument text NOT NULL DEFAULT 'none' CHECK (argument IN ('none', 'optional', 'required')),
        enabled boolean NOT NULL DEFAULT true
      )`);
    await db.query(`
      CREATE TABLE identifier_code (
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        code text NOT NULL CHECK (code ~ '^[0-9]{1,8}$'),
        min_length smallint NOT NULL,
        max_length smallint NOT NULL,
        PRIMARY KEY (country, code),
        CHECK (min_length <= max_length)
      )`);
    // number: what the country's network is sent.
    await db.query(`
      CREATE TABLE short_code (
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        dialled text NOT NULL CHECK (dialled ~ '^[0-9]{2,6}$'),
        number text NOT NULL CHECK (number ~ '^[0-9*#]{2,15}$'),
        service text NOT NULL CHECK (service ~ '^[a-z-]{2,40}$'),
        PRIMARY KEY (country, dialled)
      )`);
    // name: a key of RoutingSettings (src/exchange/plan); without a row the default counts.
    await db.query(`
      CREATE TABLE routing_setting (
        name text PRIMARY KEY CHECK (name ~ '^[a-z][A-Za-z]{1,39}$'),
        value jsonb NOT NULL
      )`);
    for (const table of [
      'voip_carrier',
      'carrier_pattern',
      'feature_code',
      'identifier_code',
      'short_code',
      'routing_setting',
    ]) {
      await db.query(`
        CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION tell_directory()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE routing_setting, short_code, identifier_code, feature_code, carrier_pattern, voip_carrier',
    );
    await db.query('DROP INDEX centre_trunk');
  }
}
