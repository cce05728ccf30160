import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By what else a member is known and reached: telephones of other networks, his numbers at other VoIP companies, e-mail
 * addresses, domains. Each may be claimed by several; only one can have proved it, and only proved ones are used.
 */
export class Identities1764300000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await tellsBothKeys(db);
    await db.query(`
      CREATE TABLE contact_number (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        e164 text NOT NULL CHECK (e164 ~ '^\\+[1-9][0-9]{3,14}$'),
        label text NOT NULL DEFAULT '' CHECK (length(label) <= 100),
        verified_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (member_id, e164),
        UNIQUE (member_id, id)
      )`);
    // carrier_id: of the exchange's voip_carrier; number: as that company writes it (its own system, not E.164).
    await db.query(`
      CREATE TABLE carrier_number (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        carrier_id text NOT NULL CHECK (carrier_id ~ '^[a-z][a-z0-9-]{1,39}$'),
        number text NOT NULL CHECK (number ~ '^[0-9*#+]{1,40}$'),
        verified_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (member_id, carrier_id, number),
        UNIQUE (member_id, id)
      )`);
    await db.query(
      'CREATE UNIQUE INDEX carrier_number_proved ON carrier_number (carrier_id, number) WHERE verified_at IS NOT NULL',
    );
    // address, domain: folded by numbering (lower case, IDN as A-labels), as the reading of a dialled address looks them up.
    await db.query(`
      CREATE TABLE email_identity (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        address text NOT NULL CHECK (length(address) <= 254 AND address ~ '^[^@\\s]+@[a-z0-9.-]+$'),
        verified_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (address, member_id)
      )`);
    await db.query(
      'CREATE UNIQUE INDEX email_identity_proved ON email_identity (address) WHERE verified_at IS NOT NULL',
    );
    await db.query('CREATE INDEX email_identity_member ON email_identity (member_id)');
    await db.query(`
      CREATE TABLE domain_identity (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        domain text NOT NULL CHECK (length(domain) <= 253 AND domain ~ '^[a-z0-9-]+(\\.[a-z0-9-]+)+$'),
        verified_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (domain, member_id)
      )`);
    await db.query(
      'CREATE UNIQUE INDEX domain_identity_proved ON domain_identity (domain) WHERE verified_at IS NOT NULL',
    );
    await db.query('CREATE INDEX domain_identity_member ON domain_identity (member_id)');
    for (const [table, column] of [
      ['contact_number', 'member_id'],
      ['carrier_number', 'member_id'],
      ['email_identity', 'address'],
      ['domain_identity', 'domain'],
    ]) {
      await db.query(`
        CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION tell_directory('${column}')`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE domain_identity, email_identity, carrier_number, contact_number');
    await db.query('DROP FUNCTION tell_directory');
  }
}

/**
 * Channel `directory`: `<table>:<column's value>`, the old and the new one when a row changes it; from a statement's
 * trigger `<table>:`, once for any number of rows.
 */
async function tellsBothKeys(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION tell_directory() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_LEVEL = 'STATEMENT' THEN
        PERFORM pg_notify('directory', TG_TABLE_NAME || ':');
        RETURN NULL;
      END IF;
      IF TG_OP <> 'INSERT' THEN
        PERFORM pg_notify('directory', TG_TABLE_NAME || ':' || (to_jsonb(OLD) ->> TG_ARGV[0]));
      END IF;
      IF TG_OP <> 'DELETE' THEN
        PERFORM pg_notify('directory', TG_TABLE_NAME || ':' || (to_jsonb(NEW) ->> TG_ARGV[0]));
      END IF;
      RETURN NULL;
    END $$`);
}
