import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a company's centre knows of those who call it, whichever country's branch they called: one card a customer, notes, how each
 * call ended for him (dispositions, as data), cases with their history, mails from templates. `owner`: the company's member id, or `operator`.
 */
export class Customers1765601000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await cards(db);
    await work(db);
    await mails(db);
    await pastCalls(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX queue_call_caller_number, queue_call_caller_member');
    await db.query(`DROP TABLE customer_mail, mail_template, case_event, customer_case, call_disposition, disposition,
                               customer_note, customer_number, customer`);
  }
}

const OWNER = `owner text NOT NULL CHECK (owner = 'operator' OR owner ~ '^[0-9a-f-]{36}$')`;

async function cards(db: QueryRunner): Promise<void> {
  // What is null is not known: then the member's own, or what the number says.
  await db.query(`
    CREATE TABLE customer (
      id uuid PRIMARY KEY,
      ${OWNER},
      member_id uuid,
      name text CHECK (length(name) BETWEEN 1 AND 200),
      language text CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
      country char(2) CHECK (country ~ '^[A-Z]{2}$'),
      time_zone text CHECK (length(time_zone) BETWEEN 1 AND 60),
      email text CHECK (length(email) <= 254 AND email ~ '^[^@\\s]+@[^@\\s]+$'),
      calls integer NOT NULL DEFAULT 0,
      last_call_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (owner, member_id),
      UNIQUE (owner, id)
    )`);
  await db.query("CREATE INDEX customer_recent ON customer (owner, coalesce(last_call_at, '-infinity'), id)");
  await db.query("CREATE INDEX customer_newest ON customer (coalesce(last_call_at, '-infinity'), id)");
  await db.query('CREATE INDEX customer_place ON customer (owner, country, language)');
  // number: as call records have it: E.164 with +, or the key of one of ours.
  await db.query(`
    CREATE TABLE customer_number (
      owner text NOT NULL,
      number text NOT NULL CHECK (number ~ '^\\+[1-9][0-9]{2,14}$|^[0-9]{4,32}$|^[0-9]{3,12}#([0-9]{3})?$'),
      customer_id uuid NOT NULL,
      PRIMARY KEY (owner, number),
      FOREIGN KEY (owner, customer_id) REFERENCES customer (owner, id) ON DELETE CASCADE
    )`);
  await db.query('CREATE INDEX customer_number_customer ON customer_number (customer_id)');
}

/** A customer's calls to queues are found by who called. */
async function pastCalls(db: QueryRunner): Promise<void> {
  await db.query('CREATE INDEX queue_call_caller_number ON queue_call (caller_number, id DESC)');
  await db.query(
    'CREATE INDEX queue_call_caller_member ON queue_call (caller_member_id, id DESC) WHERE caller_member_id IS NOT NULL',
  );
}

async function work(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE customer_note (
      id uuid PRIMARY KEY,
      owner text NOT NULL,
      customer_id uuid NOT NULL,
      call_id uuid,
      account_id uuid NOT NULL,
      author text NOT NULL,
      text text NOT NULL CHECK (length(text) BETWEEN 1 AND 5000),
      created_at timestamptz NOT NULL DEFAULT now(),
      FOREIGN KEY (owner, customer_id) REFERENCES customer (owner, id) ON DELETE CASCADE
    )`);
  await db.query('CREATE INDEX customer_note_customer ON customer_note (customer_id, id DESC)');
  await db.query(`
    CREATE TABLE disposition (
      id uuid PRIMARY KEY,
      ${OWNER},
      code text NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
      label jsonb NOT NULL,
      position smallint NOT NULL DEFAULT 0,
      active boolean NOT NULL DEFAULT true,
      UNIQUE (owner, code)
    )`);
  await db.query(`
    CREATE TABLE call_disposition (
      owner text NOT NULL,
      call_id uuid NOT NULL,
      customer_id uuid,
      code text NOT NULL,
      account_id uuid NOT NULL,
      at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (owner, call_id),
      FOREIGN KEY (owner, code) REFERENCES disposition (owner, code)
    )`);
  await db.query(`
    CREATE TABLE customer_case (
      id uuid PRIMARY KEY,
      owner text NOT NULL,
      customer_id uuid NOT NULL,
      call_id uuid,
      subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
      status text NOT NULL,
      assignee_id uuid,
      due_on date,
      opened_by uuid NOT NULL,
      opened_at timestamptz NOT NULL DEFAULT now(),
      closed_at timestamptz,
      version integer NOT NULL DEFAULT 1,
      FOREIGN KEY (owner, customer_id) REFERENCES customer (owner, id) ON DELETE CASCADE
    )`);
  await db.query('CREATE INDEX customer_case_customer ON customer_case (customer_id, id DESC)');
  await db.query('CREATE INDEX customer_case_newest ON customer_case (owner, id DESC)');
  await db.query(
    'CREATE INDEX customer_case_assignee ON customer_case (assignee_id, id DESC) WHERE closed_at IS NULL',
  );
  await db.query(`
    CREATE TABLE case_event (
      id uuid PRIMARY KEY,
      case_id uuid NOT NULL REFERENCES customer_case (id) ON DELETE CASCADE,
      account_id uuid NOT NULL,
      author text NOT NULL,
      what text NOT NULL,
      changes jsonb NOT NULL DEFAULT '{}',
      comment text CHECK (length(comment) BETWEEN 1 AND 5000),
      at timestamptz NOT NULL DEFAULT now()
    )`);
  await db.query('CREATE INDEX case_event_case ON case_event (case_id, id)');
}

async function mails(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE mail_template (
      owner text NOT NULL CHECK (owner = 'operator' OR owner ~ '^[0-9a-f-]{36}$'),
      code text NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
      language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
      subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
      body text NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
      PRIMARY KEY (owner, code, language)
    )`);
  // The text itself is kept: the template may change, what was written to somebody does not.
  await db.query(`
    CREATE TABLE customer_mail (
      id uuid PRIMARY KEY,
      owner text NOT NULL,
      customer_id uuid NOT NULL,
      case_id uuid REFERENCES customer_case (id) ON DELETE SET NULL,
      template text NOT NULL,
      language text NOT NULL,
      address text NOT NULL,
      subject text NOT NULL,
      body text NOT NULL,
      account_id uuid NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      FOREIGN KEY (owner, customer_id) REFERENCES customer (owner, id) ON DELETE CASCADE
    )`);
  await db.query('CREATE INDEX customer_mail_customer ON customer_mail (customer_id, id DESC)');
}
