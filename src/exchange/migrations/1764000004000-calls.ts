import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Call records: written before the call is let through, at answer and at its end; and their legs, written with the end. */
export class Calls1764000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // snapshot: the machine's state while the call is open (recovery reads it), NULL once ended. trace: what the console shows.
    await db.query(`
      CREATE TABLE call (
        id uuid PRIMARY KEY,
        version integer NOT NULL,
        node text NOT NULL,
        state text NOT NULL,
        origin text NOT NULL CHECK (origin IN ('member', 'trunk')),
        caller_channel text NOT NULL,
        member_id uuid,
        device_id uuid,
        trunk_id text,
        dialled text NOT NULL,
        reading text,
        called text,
        calling text,
        started_at timestamptz NOT NULL,
        ringing_at timestamptz,
        answered_at timestamptz,
        ended_at timestamptz,
        ended_by text CHECK (ended_by IN ('caller', 'callee', 'exchange', 'network', 'node-lost')),
        reason text,
        q850 smallint,
        sip smallint,
        billable boolean,
        trace jsonb NOT NULL,
        snapshot jsonb,
        CHECK (answered_at IS NULL OR answered_at >= started_at),
        CHECK (ended_at IS NULL OR ended_at >= COALESCE(answered_at, started_at)),
        CHECK ((ended_at IS NULL) = (snapshot IS NOT NULL)),
        CHECK ((ended_at IS NULL) = (reason IS NULL))
      )`);
    await db.query('CREATE INDEX call_open ON call (node) WHERE ended_at IS NULL');
    await db.query('CREATE INDEX call_recent ON call (started_at DESC, id DESC)');
    await db.query(
      'CREATE INDEX call_member_recent ON call (member_id, started_at DESC, id DESC) WHERE member_id IS NOT NULL',
    );
    await db.query(`
      CREATE TABLE call_leg (
        call_id uuid NOT NULL REFERENCES call (id) ON DELETE CASCADE,
        leg smallint NOT NULL,
        channel_id text NOT NULL,
        attempt smallint NOT NULL,
        kind text NOT NULL CHECK (kind IN ('device', 'trunk')),
        target text NOT NULL,
        called text NOT NULL,
        calling text,
        created_at timestamptz NOT NULL,
        ringing_at timestamptz,
        answered_at timestamptz,
        ended_at timestamptz NOT NULL,
        q850 smallint NOT NULL,
        sip smallint,
        PRIMARY KEY (call_id, leg)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE call_leg, call');
  }
}
