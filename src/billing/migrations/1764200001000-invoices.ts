import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who invoices whom on which terms, taxes as dated data, number fees, runs, and what was invoiced: for ever. */
export class Invoices1764200001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await parties(db);
    await taxes(db);
    await fees(db);
    await runs(db);
    await documents(db);
    // Rows come in the order of time: a few pages tell which blocks a night or a month lies in, and an insert costs nothing.
    await db.query('CREATE INDEX charge_rated ON charge USING brin (rated_at) WITH (autosummarize = on)');
    await db.query('CREATE INDEX accrual_rated ON accrual USING brin (rated_at) WITH (autosummarize = on)');
    await db.query('CREATE INDEX posting_posted ON posting USING brin (posted_at) WITH (autosummarize = on)');
    await db.query(`CREATE INDEX posting_money_in ON posting (posted_at) WHERE kind IN ('top-up', 'refund')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX posting_money_in, posting_posted, accrual_rated, charge_rated');
    await db.query(`DROP TABLE invoice_payment, invoice_line, invoice, invoice_job, invoice_run, subscription_charge,
                               subscription, tax_rate, tax_rule, invoice_party, invoice_series, seller`);
    await db.query('DROP FUNCTION invoice_follows, subscription_keeps_price');
  }
}

async function parties(db: QueryRunner): Promise<void> {
  const address = `
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        street text NOT NULL CHECK (length(street) BETWEEN 1 AND 200),
        city text NOT NULL CHECK (length(city) BETWEEN 1 AND 100),
        postcode text NOT NULL CHECK (length(postcode) BETWEEN 1 AND 20),
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        tax_id text CHECK (length(tax_id) BETWEEN 4 AND 30)`;
  // Our company of a country. A month is a month of its wall clock.
  await db.query(`
      CREATE TABLE seller (
        id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
        ${address},
        iban text CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
        time_zone text NOT NULL
      )`);
  // One row a series: whoever takes the next number holds the row until the document is committed, so there is no gap.
  await db.query(`
      CREATE TABLE invoice_series (
        seller_id text NOT NULL REFERENCES seller (id),
        kind text NOT NULL CHECK (kind IN ('invoice', 'credit-note')),
        prefix text NOT NULL UNIQUE CHECK (prefix ~ '^[A-Z0-9-]{1,20}$'),
        last_number bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (seller_id, kind)
      )`);
  // billed_through: what was answered before is on an invoice, but for what was rated after billed_at or came late.
  // Prepaid money is spent at prices with tax, so that an invoice never takes anything from the balance.
  await db.query(`
      CREATE TABLE invoice_party (
        account_id bigint PRIMARY KEY REFERENCES ledger_account (id),
        seller_id text NOT NULL REFERENCES seller (id),
        ${address},
        language text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'ko', 'ja')),
        terms text NOT NULL CHECK (terms IN ('prepaid', 'postpaid')),
        tax_included boolean NOT NULL,
        payment_days smallint NOT NULL CHECK (payment_days BETWEEN 0 AND 180),
        billed_through timestamptz NOT NULL DEFAULT '-infinity',
        billed_at timestamptz,
        CHECK (terms <> 'prepaid' OR tax_included)
      )`);
  await db.query('CREATE INDEX invoice_party_seller ON invoice_party (seller_id, billed_at)');
}

async function taxes(db: QueryRunner): Promise<void> {
  // NULL = any. Of the rules that fit, a named country counts before any, then a named registration, then the latest.
  await db.query(`
      CREATE TABLE tax_rule (
        id uuid PRIMARY KEY,
        seller_country char(2) NOT NULL CHECK (seller_country ~ '^[A-Z]{2}$'),
        buyer_country char(2) CHECK (buyer_country ~ '^[A-Z]{2}$'),
        buyer_has_tax_id boolean,
        valid_from date NOT NULL,
        treatment text NOT NULL CHECK (treatment IN ('seller-rate', 'buyer-rate', 'reverse-charge', 'outside-scope')),
        note text NOT NULL CHECK (length(note) BETWEEN 1 AND 300),
        UNIQUE NULLS NOT DISTINCT (seller_country, buyer_country, buyer_has_tax_id, valid_from)
      )`);
  await db.query(`
      CREATE TABLE tax_rate (
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        valid_from date NOT NULL,
        ppm integer NOT NULL CHECK (ppm BETWEEN 0 AND 1000000),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
        PRIMARY KEY (country, valid_from)
      )`);
}

async function fees(db: QueryRunner): Promise<void> {
  // Regular income from numbers: a fee a month, from the day of the start to the day before the end.
  await db.query(`
      CREATE TABLE subscription (
        id uuid PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES ledger_account (id),
        member_id uuid,
        about text NOT NULL CHECK (length(about) BETWEEN 1 AND 200),
        fee_micros bigint NOT NULL CHECK (fee_micros > 0),
        started_on date NOT NULL,
        ended_on date CHECK (ended_on > started_on),
        charged_through date,
        created_by text NOT NULL
      )`);
  await db.query('CREATE INDEX subscription_account ON subscription (account_id, id)');
  await db.query(`
      CREATE FUNCTION subscription_keeps_price() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a fee that was begun keeps its price, payer and start: end it and begin another'
          USING ERRCODE = 'integrity_constraint_violation';
      END $$`);
  await db.query(`
      CREATE TRIGGER subscription_keeps_price BEFORE UPDATE ON subscription FOR EACH ROW
        WHEN ((OLD.account_id, OLD.fee_micros, OLD.started_on) IS DISTINCT FROM (NEW.account_id, NEW.fee_micros, NEW.started_on))
        EXECUTE FUNCTION subscription_keeps_price()`);
  await db.query(`
      CREATE TABLE subscription_charge (
        subscription_id uuid NOT NULL REFERENCES subscription (id),
        from_day date NOT NULL,
        to_day date NOT NULL CHECK (to_day > from_day),
        account_id bigint NOT NULL,
        amount_micros bigint NOT NULL CHECK (amount_micros >= 0),
        PRIMARY KEY (subscription_id, from_day)
      )`);
  await db.query('CREATE INDEX subscription_charge_account ON subscription_charge (account_id, from_day)');
}

async function runs(db: QueryRunner): Promise<void> {
  await db.query(`
      CREATE TABLE invoice_run (
        id uuid PRIMARY KEY,
        seller_id text NOT NULL REFERENCES seller (id),
        from_day date NOT NULL,
        to_day date NOT NULL CHECK (to_day > from_day),
        ends_at timestamptz NOT NULL,
        planned_at timestamptz NOT NULL DEFAULT now(),
        asked_by text NOT NULL,
        UNIQUE (seller_id, from_day)
      )`);
  await db.query(`
      CREATE TABLE invoice_job (
        run_id uuid NOT NULL REFERENCES invoice_run (id),
        account_id bigint NOT NULL REFERENCES invoice_party (account_id),
        charges_from timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'blocked', 'empty', 'done')),
        reason text,
        invoice_id uuid,
        done_at timestamptz,
        PRIMARY KEY (run_id, account_id),
        CHECK ((state = 'done') = (invoice_id IS NOT NULL)),
        CHECK ((state = 'blocked') = (reason IS NOT NULL))
      )`);
  await db.query(
    `CREATE INDEX invoice_job_open ON invoice_job (run_id, account_id) WHERE state IN ('waiting', 'blocked')`,
  );
  await db.query('CREATE INDEX invoice_job_done ON invoice_job (done_at)');
}

async function documents(db: QueryRunner): Promise<void> {
  // seller, buyer, tax: as they were when it was issued. lines_micros: exact; the rest as it is to be paid.
  await db.query(`
      CREATE TABLE invoice (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('invoice', 'credit-note')),
        seller_id text NOT NULL,
        number bigint NOT NULL CHECK (number > 0),
        number_text text NOT NULL UNIQUE,
        account_id bigint NOT NULL REFERENCES ledger_account (id),
        run_id uuid REFERENCES invoice_run (id),
        corrects uuid REFERENCES invoice (id),
        reason text,
        from_day date NOT NULL,
        to_day date NOT NULL,
        issued_on date NOT NULL,
        due_on date,
        currency char(3) NOT NULL,
        terms text NOT NULL CHECK (terms IN ('prepaid', 'postpaid')),
        tax_included boolean NOT NULL,
        language text NOT NULL,
        seller jsonb NOT NULL,
        buyer jsonb NOT NULL,
        tax jsonb NOT NULL,
        lines_micros bigint NOT NULL,
        net_micros bigint NOT NULL,
        tax_micros bigint NOT NULL,
        gross_micros bigint NOT NULL,
        issued_by text NOT NULL,
        issued_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (seller_id, kind, number),
        UNIQUE (run_id, account_id),
        FOREIGN KEY (seller_id, kind) REFERENCES invoice_series (seller_id, kind),
        CHECK (gross_micros = net_micros + tax_micros),
        CHECK ((kind = 'credit-note') = (corrects IS NOT NULL)),
        CHECK ((kind = 'credit-note') = (reason IS NOT NULL))
      )`);
  await db.query('CREATE INDEX invoice_account ON invoice (account_id, id)');
  await db.query('CREATE INDEX invoice_corrects ON invoice (corrects) WHERE corrects IS NOT NULL');
  await db.query('CREATE INDEX invoice_issued ON invoice (issued_at)');
  // A line is one call (its newest revision less what was invoiced of it), or one fee of one month, or takes a line back.
  await db.query(`
      CREATE TABLE invoice_line (
        invoice_id uuid NOT NULL REFERENCES invoice (id) DEFERRABLE INITIALLY DEFERRED,
        line integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('call', 'subscription')),
        member_id uuid,
        call_id uuid,
        revision smallint,
        subscription_id uuid,
        from_day date,
        to_day date,
        started_at timestamptz,
        called text,
        about text NOT NULL,
        duration_ms bigint NOT NULL DEFAULT 0,
        billed_ms bigint NOT NULL DEFAULT 0,
        amount_micros bigint NOT NULL,
        credits_invoice uuid,
        credits_line integer,
        PRIMARY KEY (invoice_id, line),
        FOREIGN KEY (credits_invoice, credits_line) REFERENCES invoice_line (invoice_id, line),
        UNIQUE (credits_invoice, credits_line),
        CHECK ((kind = 'call') = (call_id IS NOT NULL AND revision IS NOT NULL AND started_at IS NOT NULL)),
        CHECK ((kind = 'subscription') = (subscription_id IS NOT NULL AND from_day IS NOT NULL AND to_day IS NOT NULL))
      )`);
  await db.query(
    'CREATE UNIQUE INDEX invoice_line_call ON invoice_line (call_id, revision) WHERE credits_invoice IS NULL',
  );
  await db.query(
    'CREATE UNIQUE INDEX invoice_line_fee ON invoice_line (subscription_id, from_day) WHERE credits_invoice IS NULL',
  );
  await db.query('CREATE INDEX invoice_line_member ON invoice_line (invoice_id, member_id, line)');
  // Money that came in, or went back, shown on the first invoice after it.
  await db.query(`
      CREATE TABLE invoice_payment (
        posting_id bigint NOT NULL,
        account_id bigint NOT NULL,
        kind text NOT NULL,
        occurred_at timestamptz NOT NULL,
        amount_micros bigint NOT NULL,
        invoice_id uuid REFERENCES invoice (id) DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (posting_id, account_id)
      )`);
  await db.query(
    'CREATE INDEX invoice_payment_waiting ON invoice_payment (account_id) WHERE invoice_id IS NULL',
  );
  await db.query(
    'CREATE INDEX invoice_payment_shown ON invoice_payment (invoice_id) WHERE invoice_id IS NOT NULL',
  );
  for (const table of ['invoice', 'invoice_line', 'subscription_charge'])
    await db.query(`
      CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
  await db.query(`
      CREATE FUNCTION invoice_follows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.number > 1 AND NOT EXISTS (
          SELECT FROM invoice WHERE (seller_id, kind, number) = (NEW.seller_id, NEW.kind, NEW.number - 1)) THEN
          RAISE EXCEPTION 'invoice %: the number before is missing', NEW.number_text
            USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
      END $$`);
  await db.query(`
      CREATE TRIGGER invoice_follows AFTER INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION invoice_follows()`);
}
