import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was agreed with carriers, their statements line by line, what differs from our accruals, and what is paid. */
export class Settlements1764000015000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // statement_columns: their column names to ours; time_zone: of times without one in their statements.
    await db.query(`
      CREATE TABLE agreement (
        carrier_id text PRIMARY KEY REFERENCES carrier (id),
        time_zone text NOT NULL,
        statement_columns jsonb NOT NULL DEFAULT '{}',
        clock_tolerance_ms integer NOT NULL CHECK (clock_tolerance_ms BETWEEN 0 AND 3600000),
        duration_tolerance_ms integer NOT NULL CHECK (duration_tolerance_ms BETWEEN 0 AND 60000),
        amount_tolerance_micros bigint NOT NULL CHECK (amount_tolerance_micros >= 0),
        total_tolerance_ppm integer NOT NULL CHECK (total_tolerance_ppm BETWEEN 0 AND 100000),
        payment_days integer NOT NULL CHECK (payment_days BETWEEN 0 AND 180),
        creditor_name text NOT NULL CHECK (length(creditor_name) BETWEEN 1 AND 70),
        creditor_iban text NOT NULL CHECK (creditor_iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
        debtor_name text NOT NULL CHECK (length(debtor_name) BETWEEN 1 AND 70),
        debtor_iban text NOT NULL CHECK (debtor_iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$')
      )`);
    await db.query(`
      CREATE TABLE settlement (
        id uuid PRIMARY KEY,
        carrier_id text NOT NULL REFERENCES agreement (carrier_id),
        currency char(3) NOT NULL,
        period tstzrange NOT NULL CHECK (NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)),
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'imported', 'review', 'approved', 'paying', 'paid')),
        import_id uuid,
        source text,
        sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        statement_lines integer,
        bad_lines integer,
        ours_micros bigint,
        theirs_micros bigint,
        matched integer,
        agreed_micros bigint,
        opened_by text NOT NULL,
        approved_by text CHECK (approved_by <> opened_by),
        CHECK ((state IN ('approved', 'paying', 'paid')) = (approved_by IS NOT NULL)),
        UNIQUE (carrier_id, sha256),
        UNIQUE (carrier_id, period)
      )`);
    await db.query(`
      CREATE TABLE statement_line (
        settlement_id uuid NOT NULL REFERENCES settlement (id) ON DELETE CASCADE,
        line integer NOT NULL,
        number text NOT NULL,
        answered_at timestamptz NOT NULL,
        duration_ms bigint NOT NULL CHECK (duration_ms >= 0),
        amount_micros bigint NOT NULL CHECK (amount_micros >= 0),
        PRIMARY KEY (settlement_id, line)
      )`);
    await db.query('CREATE INDEX statement_line_time ON statement_line (settlement_id, answered_at, line)');
    await db.query(`
      CREATE TABLE statement_bad_line (
        settlement_id uuid NOT NULL REFERENCES settlement (id) ON DELETE CASCADE,
        line integer NOT NULL,
        field text NOT NULL,
        reason text NOT NULL,
        row_text text NOT NULL,
        PRIMARY KEY (settlement_id, line)
      )`);
    // What was not matched. Rejected: a person insisted on ours; the difference is settled at ours.
    await db.query(`
      CREATE TABLE settlement_difference (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        settlement_id uuid NOT NULL REFERENCES settlement (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('duration-differs', 'rate-differs', 'only-ours', 'only-theirs')),
        number text NOT NULL,
        answered_at timestamptz NOT NULL,
        call_id uuid,
        leg smallint,
        line integer,
        ours_ms bigint,
        theirs_ms bigint,
        ours_micros bigint NOT NULL,
        theirs_micros bigint NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'disputed', 'settled-at-ours', 'settled-at-theirs'))
      )`);
    await db.query(
      'CREATE INDEX settlement_difference_list ON settlement_difference (settlement_id, kind, id)',
    );
    await db.query(`
      CREATE INDEX settlement_difference_unsettled ON settlement_difference (settlement_id)
       WHERE state IN ('open', 'disputed')`);
    await db.query(`
      CREATE TABLE difference_note (
        id uuid PRIMARY KEY,
        difference_id bigint NOT NULL REFERENCES settlement_difference (id) ON DELETE CASCADE,
        written_at timestamptz NOT NULL DEFAULT now(),
        written_by text NOT NULL,
        state text NOT NULL,
        note text NOT NULL CHECK (length(note) BETWEEN 1 AND 2000)
      )`);
    await db.query('CREATE INDEX difference_note_of ON difference_note (difference_id, id)');
    // sending without an outcome: the process died in between; nobody sends it again without asking the port first.
    await db.query(`
      CREATE TABLE payment_order (
        settlement_id uuid PRIMARY KEY REFERENCES settlement (id),
        amount_micros bigint NOT NULL CHECK (amount_micros > 0),
        currency char(3) NOT NULL,
        debtor_name text NOT NULL,
        debtor_iban text NOT NULL,
        creditor_name text NOT NULL,
        creditor_iban text NOT NULL,
        about text NOT NULL CHECK (length(about) <= 140),
        due_on date NOT NULL,
        attempt integer NOT NULL DEFAULT 1,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'paid', 'failed')),
        sending_since timestamptz,
        port_reference text,
        document text,
        detail text,
        CHECK ((state = 'waiting') = (sending_since IS NULL))
      )`);
    await db.query(
      `CREATE INDEX payment_order_open ON payment_order (settlement_id) WHERE state IN ('waiting', 'sending')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE payment_order, difference_note, settlement_difference, statement_bad_line, statement_line, settlement, agreement',
    );
  }
}
