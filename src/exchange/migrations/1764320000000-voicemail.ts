import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Voice messages: the audio is a file on the node that recorded it, named by mailbox and id; here is what is known of it. */
export class Voicemail1764320000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // id: of the call, which leaves one message at most. caller_number NULL: withheld or unknown.
    await db.query(`
      CREATE TABLE voice_message (
        id uuid PRIMARY KEY,
        mailbox uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        node text NOT NULL,
        caller_number text CHECK (length(caller_number) BETWEEN 1 AND 255),
        caller_name text CHECK (length(caller_name) BETWEEN 1 AND 255),
        duration_ms integer NOT NULL CHECK (duration_ms > 0),
        received_at timestamptz NOT NULL,
        heard_at timestamptz
      )`);
    await db.query('CREATE INDEX voice_message_mailbox ON voice_message (mailbox, received_at, id)');
    // The mail that tells of a message, one per address. sending: an attempt is under way, or a crash hides what came of it;
    // it is never repeated, so that nobody gets the same message twice.
    await db.query(`
      CREATE TABLE voice_message_mail (
        message_id uuid NOT NULL REFERENCES voice_message (id) ON DELETE CASCADE,
        address text NOT NULL CHECK (length(address) <= 254),
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'refused')),
        attempts integer NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL DEFAULT now(),
        outcome text,
        PRIMARY KEY (message_id, address)
      )`);
    await db.query(
      "CREATE INDEX voice_message_mail_open ON voice_message_mail (next_at) WHERE state = 'waiting'",
    );
    // Lamps follow: whoever keeps them counts anew.
    await db.query(`
      CREATE FUNCTION tell_mailbox() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('mailbox', (COALESCE(NEW, OLD)).mailbox::text);
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER voice_message_changed AFTER INSERT OR UPDATE OF heard_at OR DELETE ON voice_message
        FOR EACH ROW EXECUTE FUNCTION tell_mailbox()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE voice_message_mail, voice_message');
    await db.query('DROP FUNCTION tell_mailbox');
  }
}
