import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Telephones that are registered now: browsers (kept by the SIP door), and those of members whose presence somebody may see or who are
 * being woken for a call (kept by the exchange of that node). What is nobody's business is not in it.
 */
export class RegisteredDevices1767500001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE registered_device (
        device_id uuid PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        node text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX registered_device_member ON registered_device (member_id)');
    await db.query(`
      CREATE FUNCTION tell_registered() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('presence', 'device:' || coalesce(NEW.member_id, OLD.member_id) || ':' || coalesce(NEW.device_id, OLD.device_id));
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER registered_device_changed AFTER INSERT OR UPDATE OF at OR DELETE ON registered_device
        FOR EACH ROW EXECUTE FUNCTION tell_registered()`);
    // Who may see whose presence follows from the telephone books of both.
    await db.query(`
      CREATE FUNCTION tell_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('presence', 'book:' || coalesce(NEW.member_id, OLD.member_id));
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER phone_contact_presence AFTER INSERT OR UPDATE OF digits OR DELETE ON phone_contact
        FOR EACH ROW EXECUTE FUNCTION tell_contacts()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER phone_contact_presence ON phone_contact');
    await db.query('DROP TABLE registered_device');
    await db.query('DROP FUNCTION tell_registered, tell_contacts');
  }
}
