import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Flash cards: whoever puts one in at a telephone makes it his for a while. That a card is active on one terminal, and that a terminal
 * has one card, is kept by two unique indexes over the activations that have not ended.
 */
export class FlashCards1765700002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // number: 12 digits on the card, keyed in; serial: on the box, by which it is sold. instead: his own telephones are silent meanwhile.
    await db.query(`
      CREATE TABLE flash_card (
        id uuid PRIMARY KEY,
        serial text NOT NULL UNIQUE CHECK (serial ~ '^FC[0-9]{10}$'),
        number text NOT NULL UNIQUE CHECK (number ~ '^[0-9]{12}$'),
        pin_hash text NOT NULL,
        member_id uuid REFERENCES member (id) ON DELETE CASCADE,
        state text NOT NULL DEFAULT 'blank' CHECK (state IN ('blank', 'ready', 'active', 'revoked')),
        label text NOT NULL DEFAULT '' CHECK (length(label) <= 100),
        instead boolean NOT NULL DEFAULT false,
        hours smallint NOT NULL DEFAULT 12 CHECK (hours BETWEEN 1 AND 72),
        file_issue integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz,
        CHECK ((state = 'revoked') = (revoked_at IS NOT NULL)),
        CHECK (state IN ('blank', 'revoked') OR member_id IS NOT NULL)
      )`);
    await db.query('CREATE INDEX flash_card_member ON flash_card (member_id, id)');
    // member_id: who is on the terminal now; the terminal itself stays its owner's.
    await db.query(`
      CREATE TABLE card_activation (
        id uuid PRIMARY KEY,
        card_id uuid NOT NULL REFERENCES flash_card (id) ON DELETE CASCADE,
        device_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        instead boolean NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        ended_by text CHECK (ended_by IN ('code', 'takeover', 'other-card', 'time-out', 'sign-out', 'terminal-lost', 'revoked', 'suspended')),
        CHECK ((ended_at IS NULL) = (ended_by IS NULL))
      )`);
    await db.query(
      'CREATE UNIQUE INDEX card_activation_card ON card_activation (card_id) WHERE ended_at IS NULL',
    );
    await db.query(
      'CREATE UNIQUE INDEX card_activation_device ON card_activation (device_id) WHERE ended_at IS NULL',
    );
    await db.query(
      'CREATE INDEX card_activation_holder ON card_activation (member_id) WHERE ended_at IS NULL',
    );
    await db.query(
      'CREATE INDEX card_activation_expiry ON card_activation (expires_at) WHERE ended_at IS NULL',
    );
    await db.query(
      'CREATE INDEX card_activation_recent ON card_activation (card_id, started_at DESC, id DESC)',
    );
    // Counted by rows: nothing drifts, parallel guesses all count. The number as it was tried, whether there is such a card or not.
    await db.query(`
      CREATE TABLE card_attempt (
        id uuid PRIMARY KEY,
        number text NOT NULL CHECK (length(number) <= 64),
        device_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX card_attempt_number ON card_attempt (number, at)');
    await db.query('CREATE INDEX card_attempt_device ON card_attempt (device_id, at)');
    await db.query('CREATE INDEX card_attempt_at ON card_attempt (at)');
    await db.query(`
      CREATE TABLE card_key (
        id text PRIMARY KEY CHECK (length(id) <= 1400),
        card_id uuid NOT NULL REFERENCES flash_card (id) ON DELETE CASCADE,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        label text NOT NULL DEFAULT '' CHECK (length(label) <= 100),
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX card_key_card ON card_key (card_id)');
    await db.query(`
      CREATE TABLE card_key_challenge (
        session_id uuid PRIMARY KEY REFERENCES user_session (id) ON DELETE CASCADE,
        challenge text NOT NULL,
        card_id uuid REFERENCES flash_card (id) ON DELETE CASCADE,
        expires_at timestamptz NOT NULL
      )`);
    await tells(db);
    await endsWithTheLine(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER member_card_ends ON member');
    await db.query('DROP TABLE card_key_challenge, card_key, card_attempt, card_activation, flash_card');
    await db.query('DROP FUNCTION tell_card, end_cards_of_member, end_card_of_terminal');
  }
}

/** Who calls from a terminal (`card_terminal`), and which telephones ring for the holder (`card_holder`), are facts of calls. */
async function tells(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION tell_card() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('directory', 'card_terminal:' || COALESCE(NEW.device_id, OLD.device_id));
      PERFORM pg_notify('directory', 'card_holder:' || COALESCE(NEW.member_id, OLD.member_id));
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER card_activation_changed AFTER INSERT OR UPDATE OR DELETE ON card_activation
      FOR EACH ROW EXECUTE FUNCTION tell_card()`);
}

/** A member who may not call any more does not call from other people's telephones either; a terminal that is removed frees the card. */
async function endsWithTheLine(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION end_cards_of_member() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE card_activation SET ended_at = now(), ended_by = 'suspended' WHERE member_id = NEW.id AND ended_at IS NULL;
      UPDATE flash_card SET state = 'ready' WHERE member_id = NEW.id AND state = 'active';
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER member_card_ends AFTER UPDATE OF status ON member
      FOR EACH ROW WHEN (NEW.status <> 'active') EXECUTE FUNCTION end_cards_of_member()`);
  await db.query(`
    CREATE FUNCTION end_card_of_terminal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE flash_card SET state = 'ready' WHERE id = OLD.card_id AND state = 'active';
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER card_activation_gone AFTER DELETE ON card_activation
      FOR EACH ROW WHEN (OLD.ended_at IS NULL) EXECUTE FUNCTION end_card_of_terminal()`);
}
