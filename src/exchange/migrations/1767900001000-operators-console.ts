import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators wish of an exchange, what exchanges tell of trunks and registrations, and what the console looks calls up by. */
export class OperatorsConsole1767900001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // node: whose exchange does it. Kept: who ended or heard whose call, and why. One who listens is rung by a call order instead.
    await db.query(`
      CREATE TABLE operator_wish (
        id uuid PRIMARY KEY,
        node text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('hang-up', 'listen', 'end-registration')),
        call_id uuid,
        contact text,
        account_id uuid NOT NULL,
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300),
        asked_at timestamptz NOT NULL DEFAULT now(),
        taken_at timestamptz,
        CHECK ((kind = 'end-registration') = (call_id IS NULL)),
        CHECK ((kind = 'end-registration') = (contact IS NOT NULL))
      )`);
    await db.query(
      `CREATE INDEX operator_wish_waiting ON operator_wish (node, asked_at) WHERE taken_at IS NULL`,
    );
    await db.query('CREATE INDEX operator_wish_call ON operator_wish (call_id) WHERE call_id IS NOT NULL');
    await db.query(`
      CREATE TABLE trunk_state (
        trunk_id text NOT NULL,
        node text NOT NULL,
        state text NOT NULL CHECK (state IN ('closed', 'open', 'half-open')),
        sign text,
        since timestamptz NOT NULL,
        PRIMARY KEY (trunk_id, node)
      )`);
    await db.query(`
      CREATE TABLE trunk_event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        trunk_id text NOT NULL,
        node text NOT NULL,
        state text NOT NULL CHECK (state IN ('closed', 'open', 'half-open')),
        sign text NOT NULL,
        at timestamptz NOT NULL
      )`);
    await db.query('CREATE INDEX trunk_event_recent ON trunk_event (trunk_id, id DESC)');
    await db.query('CREATE INDEX trunk_event_age ON trunk_event (at)');
    await db.query(`
      CREATE TABLE registration (
        node text NOT NULL,
        contact text NOT NULL,
        username text NOT NULL,
        uri text NOT NULL,
        address text,
        user_agent text,
        since timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (node, contact)
      )`);
    await db.query('CREATE INDEX registration_username ON registration (username text_pattern_ops, contact)');
    await db.query('CREATE INDEX registration_address ON registration (address text_pattern_ops)');
    await db.query(`CREATE INDEX call_leg_trunk ON call_leg (target, created_at DESC) WHERE kind = 'trunk'`);
    await db.query('CREATE INDEX call_called ON call (called, started_at DESC) WHERE called IS NOT NULL');
    await db.query('CREATE INDEX call_calling ON call (calling, started_at DESC) WHERE calling IS NOT NULL');
    await db.query('ALTER TABLE call_order ADD COLUMN ring_trunk_id text');
    await db.query(`CREATE INDEX member_words ON member USING gin (to_tsvector('simple', name))`);
    await db.query(
      `CREATE INDEX customer_words ON customer USING gin (to_tsvector('simple', coalesce(name, '')))`,
    );
    await db.query('CREATE INDEX customer_email ON customer (lower(email)) WHERE email IS NOT NULL');
    await db.query('CREATE INDEX customer_number_any ON customer_number (number)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX member_words, customer_words, customer_email, customer_number_any');
    await db.query('ALTER TABLE call_order DROP COLUMN ring_trunk_id');
    await db.query('DROP INDEX call_calling, call_called, call_leg_trunk');
    await db.query('DROP TABLE registration, trunk_event, trunk_state, operator_wish');
  }
}
