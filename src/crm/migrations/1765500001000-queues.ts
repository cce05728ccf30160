import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Queues, who serves them, who waits in them, and which numbers lead to them. company_id NULL: the operator's own. */
export class Queues1765500001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // rules: text that parse-rule.ts reads. overflow: [{ afterSeconds, queueId }].
    await db.query(`
      CREATE TABLE call_queue (
        id uuid PRIMARY KEY,
        company_id uuid REFERENCES member (id) ON DELETE CASCADE,
        branch_id uuid REFERENCES vns_branch (id) ON DELETE SET NULL,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        extension text CHECK (extension ~ '^[0-9]{1,6}$'),
        languages text[] NOT NULL CHECK (cardinality(languages) BETWEEN 1 AND 9),
        skill text CHECK (skill ~ '^[a-z][a-z0-9-]{1,39}$'),
        rules text[] NOT NULL DEFAULT '{}',
        overflow jsonb NOT NULL DEFAULT '[]',
        answer text NOT NULL DEFAULT 'at-once' CHECK (answer IN ('at-once', 'late')),
        priority smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 9),
        max_waiting integer NOT NULL DEFAULT 100 CHECK (max_waiting BETWEEN 1 AND 10000),
        max_wait_seconds integer NOT NULL DEFAULT 1800 CHECK (max_wait_seconds BETWEEN 10 AND 14400),
        ring_seconds smallint NOT NULL DEFAULT 20 CHECK (ring_seconds BETWEEN 5 AND 120),
        wrap_up_seconds smallint NOT NULL DEFAULT 15 CHECK (wrap_up_seconds BETWEEN 0 AND 3600),
        announce_seconds smallint NOT NULL DEFAULT 30 CHECK (announce_seconds BETWEEN 10 AND 600),
        callback boolean NOT NULL DEFAULT true,
        survey boolean NOT NULL DEFAULT false,
        enabled boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query(
      'CREATE UNIQUE INDEX call_queue_extension ON call_queue (company_id, extension) NULLS NOT DISTINCT WHERE extension IS NOT NULL',
    );
    await db.query('CREATE INDEX call_queue_company ON call_queue (company_id, id)');
    await db.query('CREATE INDEX call_queue_branch ON call_queue (branch_id)');
    // next: {"to": "paused", "reason": …} or {"to": "offline"}. device: the SIP user name at which he is rung.
    await db.query(`
      CREATE TABLE queue_agent (
        id uuid PRIMARY KEY,
        company_id uuid REFERENCES member (id) ON DELETE CASCADE,
        account_id uuid UNIQUE REFERENCES user_account (id) ON DELETE SET NULL,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        number text NOT NULL UNIQUE CHECK (number ~ '^[0-9]{2,8}$'),
        pin_hash text,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        languages jsonb NOT NULL DEFAULT '{}',
        skills jsonb NOT NULL DEFAULT '{}',
        supervisor boolean NOT NULL DEFAULT false,
        enabled boolean NOT NULL DEFAULT true,
        state text NOT NULL DEFAULT 'offline'
          CHECK (state IN ('offline', 'ready', 'ringing', 'talking', 'wrap-up', 'paused')),
        reason text CHECK (length(reason) BETWEEN 1 AND 40),
        since timestamptz NOT NULL DEFAULT now(),
        until timestamptz,
        next jsonb,
        device text,
        queue_call_id uuid
      )`);
    await db.query('CREATE INDEX queue_agent_company ON queue_agent (company_id, id)');
    await db.query('CREATE INDEX queue_agent_member ON queue_agent (member_id)');
    await db.query(`
      CREATE TABLE queue_member (
        queue_id uuid NOT NULL REFERENCES call_queue (id) ON DELETE CASCADE,
        agent_id uuid NOT NULL REFERENCES queue_agent (id) ON DELETE CASCADE,
        PRIMARY KEY (queue_id, agent_id)
      )`);
    await db.query('CREATE INDEX queue_member_agent ON queue_member (agent_id)');
    // branch_id NULL: the number itself, and each of its branches that has no queue of its own.
    await db.query(`
      CREATE TABLE queue_number (
        queue_id uuid NOT NULL REFERENCES call_queue (id) ON DELETE CASCADE,
        assignment_id uuid NOT NULL REFERENCES number_assignment (id) ON DELETE CASCADE,
        branch_id uuid REFERENCES vns_branch (id) ON DELETE CASCADE,
        UNIQUE NULLS NOT DISTINCT (assignment_id, branch_id)
      )`);
    await db.query('CREATE INDEX queue_number_queue ON queue_number (queue_id)');
    await db.query('CREATE INDEX queue_number_branch ON queue_number (branch_id)');
    // One visit of a caller to a queue. call_id: the exchange's call; no reference, for its row may be written later.
    await db.query(`
      CREATE TABLE queue_call (
        id uuid PRIMARY KEY,
        call_id uuid NOT NULL,
        node text NOT NULL,
        queue_id uuid NOT NULL REFERENCES call_queue (id) ON DELETE CASCADE,
        company_id uuid,
        agent_id uuid REFERENCES queue_agent (id) ON DELETE SET NULL,
        only_agent_id uuid REFERENCES queue_agent (id) ON DELETE SET NULL,
        caller_number text CHECK (length(caller_number) BETWEEN 1 AND 255),
        caller_member_id uuid,
        dialled text NOT NULL,
        country char(2) NOT NULL,
        language text,
        priority smallint NOT NULL,
        entered_at timestamptz NOT NULL,
        rung_at timestamptz,
        answered_at timestamptz,
        ended_at timestamptz,
        state text NOT NULL DEFAULT 'waiting'
          CHECK (state IN ('waiting', 'ringing', 'talking', 'callback', 'calling-back', 'ended')),
        outcome text CHECK (outcome IN ('answered', 'abandoned', 'transferred', 'timed-out', 'full', 'closed',
                                        'called-back', 'callback-failed', 'lost')),
        waited_ms integer,
        talked_ms integer,
        missed smallint NOT NULL DEFAULT 0,
        callback_order_id uuid,
        score smallint CHECK (score BETWEEN 1 AND 5),
        CHECK ((state = 'ended') = (outcome IS NOT NULL)),
        CHECK ((state = 'ended') = (ended_at IS NOT NULL))
      )`);
    await db.query("CREATE UNIQUE INDEX queue_call_open ON queue_call (call_id) WHERE state <> 'ended'");
    await db.query("CREATE INDEX queue_call_open_node ON queue_call (node) WHERE state <> 'ended'");
    await db.query('CREATE INDEX queue_call_call ON queue_call (call_id)');
    await db.query('CREATE INDEX queue_call_of_queue ON queue_call (queue_id, entered_at DESC, id DESC)');
    await db.query('CREATE INDEX queue_call_of_company ON queue_call (company_id, entered_at DESC, id DESC)');
    await db.query('CREATE INDEX queue_call_newest ON queue_call (entered_at DESC, id DESC)');
    await db.query('CREATE INDEX queue_call_of_agent ON queue_call (agent_id, entered_at DESC, id DESC)');
    await db.query('CREATE INDEX queue_call_only_agent ON queue_call (only_agent_id)');
    await db.query(
      'CREATE INDEX queue_call_callback ON queue_call (callback_order_id) WHERE callback_order_id IS NOT NULL',
    );
    await db.query(`
      CREATE TABLE queue_caller (
        company_id uuid,
        number text NOT NULL CHECK (length(number) BETWEEN 1 AND 255),
        language text NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE NULLS NOT DISTINCT (company_id, number)
      )`);
    await db.query(functions);
    await db.query(`
      CREATE TRIGGER queue_number_changed AFTER INSERT OR UPDATE OR DELETE ON queue_number
        FOR EACH ROW EXECUTE FUNCTION tell_directory_of_queue_number()`);
    await db.query(`
      CREATE TRIGGER call_queue_answer_changed AFTER UPDATE OF answer ON call_queue
        FOR EACH ROW EXECUTE FUNCTION tell_directory_of_queue()`);
    for (const table of ['call_queue', 'queue_member']) {
      await db.query(`
        CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION tell_queues()`);
    }
    await db.query(`
      CREATE TRIGGER queue_agent_changed
        AFTER INSERT OR DELETE OR UPDATE OF name, country, languages, skills, supervisor, enabled, member_id ON queue_agent
        FOR EACH STATEMENT EXECUTE FUNCTION tell_queues()`);
    // What somebody at the web wants of agents and calls: done, and deleted, by the exchange that rings them (the one writer of states).
    await db.query(`
      CREATE TABLE queue_wish (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        wish jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query(`
      CREATE TRIGGER queue_wish_made AFTER INSERT ON queue_wish FOR EACH STATEMENT EXECUTE FUNCTION tell_queues()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE queue_wish, queue_caller, queue_call, queue_number, queue_member, queue_agent, call_queue',
    );
    await db.query('DROP FUNCTION tell_directory_of_queue_number, tell_directory_of_queue, tell_queues');
  }
}

/** Channel `queues`, payload the changed table: whoever decides in memory reads it anew. The directory hears which number leads elsewhere now. */
const functions = `
  CREATE FUNCTION tell_directory_of_queue_number() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('directory', 'vns_branch:' || key) FROM number_assignment
      WHERE id = (COALESCE(NEW, OLD)).assignment_id;
    RETURN NULL;
  END $$;
  CREATE FUNCTION tell_directory_of_queue() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('directory', 'vns_branch:' || a.key)
       FROM queue_number n JOIN number_assignment a ON a.id = n.assignment_id WHERE n.queue_id = NEW.id;
    RETURN NULL;
  END $$;
  CREATE FUNCTION tell_queues() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('queues', TG_TABLE_NAME);
    RETURN NULL;
  END $$`;
