import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a company calls by itself: segments of its customers, campaigns with their contacts and attempts, and who must not be called. */
export class Campaigns1765604000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE customer_segment (
        id uuid PRIMARY KEY,
        owner text NOT NULL,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        filter jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (owner, name)
      )`);
    // from_time, to_time, days (1 = Monday): when somebody may be called, by the clock where he is.
    await db.query(`
      CREATE TABLE campaign (
        id uuid PRIMARY KEY,
        owner text NOT NULL,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        script text NOT NULL DEFAULT '' CHECK (length(script) <= 5000),
        status text NOT NULL,
        from_time time NOT NULL,
        to_time time NOT NULL CHECK (to_time > from_time),
        days smallint[] NOT NULL CHECK (cardinality(days) BETWEEN 1 AND 7 AND days <@ '{1,2,3,4,5,6,7}'),
        max_attempts smallint NOT NULL CHECK (max_attempts BETWEEN 1 AND 10),
        retry_minutes integer NOT NULL CHECK (retry_minutes BETWEEN 5 AND 43200),
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (owner, id)
      )`);
    await db.query('CREATE INDEX campaign_of_owner ON campaign (owner, id DESC)');
    // zones: where he may be; he is called when it is the right time in all of them.
    await db.query(`
      CREATE TABLE campaign_contact (
        id uuid PRIMARY KEY,
        campaign_id uuid NOT NULL,
        owner text NOT NULL,
        customer_id uuid NOT NULL,
        number text NOT NULL,
        language text NOT NULL,
        zones text[] NOT NULL CHECK (cardinality(zones) > 0),
        state text NOT NULL,
        attempts smallint NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL DEFAULT now(),
        taken_by uuid,
        taken_until timestamptz,
        outcome text,
        done_at timestamptz,
        UNIQUE (campaign_id, number),
        FOREIGN KEY (owner, campaign_id) REFERENCES campaign (owner, id) ON DELETE CASCADE,
        FOREIGN KEY (owner, customer_id) REFERENCES customer (owner, id) ON DELETE CASCADE,
        CHECK ((state = 'taken') = (taken_by IS NOT NULL AND taken_until IS NOT NULL))
      )`);
    await db.query(
      `CREATE INDEX campaign_contact_due ON campaign_contact (campaign_id, next_at, id) WHERE state IN ('waiting', 'taken')`,
    );
    await db.query(
      `CREATE INDEX campaign_contact_taken ON campaign_contact (taken_by) WHERE state = 'taken'`,
    );
    await db.query('CREATE INDEX campaign_contact_list ON campaign_contact (campaign_id, id)');
    await db.query('CREATE INDEX campaign_contact_customer ON campaign_contact (customer_id)');
    await db.query(`
      CREATE TABLE campaign_attempt (
        order_id uuid PRIMARY KEY,
        contact_id uuid NOT NULL REFERENCES campaign_contact (id) ON DELETE CASCADE,
        owner text NOT NULL,
        account_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        call_id uuid,
        cause text,
        connected_at timestamptz,
        ended_at timestamptz
      )`);
    await db.query('CREATE INDEX campaign_attempt_contact ON campaign_attempt (contact_id, at DESC)');
    await db.query(
      'CREATE INDEX campaign_attempt_call ON campaign_attempt (call_id) WHERE call_id IS NOT NULL',
    );
    // owner: a company for itself, or everybody.
    await db.query(`
      CREATE TABLE do_not_call (
        owner text NOT NULL,
        number text NOT NULL CHECK (length(number) BETWEEN 3 AND 40),
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
        account_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (owner, number)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE do_not_call, campaign_attempt, campaign_contact, campaign, customer_segment');
  }
}
