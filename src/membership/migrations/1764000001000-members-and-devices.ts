import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Members (persons and companies) and the devices that register for them. */
export class MembersAndDevices1764000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE member (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('person', 'company')),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        language text NOT NULL CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        area text CHECK (area ~ '^[0-9]{1,6}$'),
        status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'closed')),
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    // location_number is what emergency calls carry; location_national the same as its own country writes it, for a dialplan that
    // must do without us. The secret itself is never stored: digest is MD5(username:realm:secret), RFC 2617's HA1, lower-case hex.
    await db.query(`
      CREATE TABLE device (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        username text NOT NULL UNIQUE CHECK (username ~ '^[a-z0-9][a-z0-9-]{2,39}$'),
        digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{32}$'),
        label text NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
        kind text NOT NULL CHECK (kind IN ('sip', 'webrtc')),
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        area text CHECK (area ~ '^[0-9]{1,6}$'),
        location_number text NOT NULL CHECK (location_number ~ '^\\+[1-9][0-9]{3,14}$'),
        location_national text NOT NULL CHECK (location_national ~ '^[0-9]{3,20}$'),
        enabled boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX device_member ON device (member_id)');
    await db.query(`
      CREATE FUNCTION notify_directory() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('directory', TG_TABLE_NAME || ':' || (to_jsonb(COALESCE(NEW, OLD)) ->> TG_ARGV[0]));
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER member_changed AFTER INSERT OR UPDATE OR DELETE ON member
        FOR EACH ROW EXECUTE FUNCTION notify_directory('id')`);
    await db.query(`
      CREATE TRIGGER device_changed AFTER INSERT OR UPDATE OR DELETE ON device
        FOR EACH ROW EXECUTE FUNCTION notify_directory('username')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE device, member');
    await db.query('DROP FUNCTION notify_directory');
  }
}
