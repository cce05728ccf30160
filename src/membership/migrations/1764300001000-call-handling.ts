import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a member wants his calls handled: in which order he is looked for, and his settings. No row: the defaults. */
export class CallHandling1764300001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE device ADD CONSTRAINT device_of_member UNIQUE (member_id, id)');
    await db.query('DROP INDEX device_member');
    // Steps are tried by position; with_previous rings together with the one before. What a step names belongs to the
    // same member, and is not deleted while a step names it (only with the member himself).
    await db.query(`
      CREATE TABLE find_me (
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        position smallint NOT NULL CHECK (position BETWEEN 1 AND 20),
        kind text NOT NULL CHECK (kind IN ('devices', 'device', 'contact', 'carrier', 'voicemail')),
        device_id uuid,
        contact_number_id uuid,
        carrier_number_id uuid,
        ring_seconds smallint NOT NULL DEFAULT 20 CHECK (ring_seconds BETWEEN 5 AND 120),
        with_previous boolean NOT NULL DEFAULT false,
        PRIMARY KEY (member_id, position),
        FOREIGN KEY (member_id, device_id) REFERENCES device (member_id, id),
        FOREIGN KEY (member_id, contact_number_id) REFERENCES contact_number (member_id, id),
        FOREIGN KEY (member_id, carrier_number_id) REFERENCES carrier_number (member_id, id),
        CHECK ((kind = 'device') = (device_id IS NOT NULL)),
        CHECK ((kind = 'contact') = (contact_number_id IS NOT NULL)),
        CHECK ((kind = 'carrier') = (carrier_number_id IS NOT NULL)),
        CHECK (NOT (with_previous AND (position = 1 OR kind = 'voicemail')))
      )`);
    // forward_*: where to, as the member would dial it. NULL limits: what routing_setting says for everybody.
    await db.query(`
      CREATE TABLE call_setting (
        member_id uuid PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
        do_not_disturb boolean NOT NULL DEFAULT false,
        forward_always text CHECK (length(forward_always) BETWEEN 1 AND 255),
        forward_busy text CHECK (length(forward_busy) BETWEEN 1 AND 255),
        forward_no_answer text CHECK (length(forward_no_answer) BETWEEN 1 AND 255),
        ring_seconds smallint NOT NULL DEFAULT 45 CHECK (ring_seconds BETWEEN 5 AND 120),
        call_waiting boolean NOT NULL DEFAULT true,
        hide_number boolean NOT NULL DEFAULT false,
        voicemail boolean NOT NULL DEFAULT true,
        max_calls integer CHECK (max_calls > 0),
        max_calls_per_second integer CHECK (max_calls_per_second > 0)
      )`);
    for (const table of ['find_me', 'call_setting']) {
      await db.query(`
        CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION tell_directory('member_id')`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE call_setting, find_me');
    await db.query('CREATE INDEX device_member ON device (member_id)');
    await db.query('ALTER TABLE device DROP CONSTRAINT device_of_member');
  }
}
