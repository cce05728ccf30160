import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Money that comes in before it is spent: vouchers, and payments through a payment provider. */
export class TopUps1764200002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await vouchers(db);
    await payments(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE test_payment, provider_event, top_up_refund, top_up, voucher_attempt, voucher, voucher_batch',
    );
  }
}

async function vouchers(db: QueryRunner): Promise<void> {
  await db.query(`
      CREATE TABLE voucher_batch (
        id uuid PRIMARY KEY,
        about text NOT NULL CHECK (length(about) BETWEEN 1 AND 200),
        value_micros bigint NOT NULL CHECK (value_micros > 0),
        currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        expires_at timestamptz NOT NULL,
        cancelled_at timestamptz,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
  // A code has 80 random bits: its plain hash cannot be guessed backwards. The code itself is kept nowhere.
  await db.query(`
      CREATE TABLE voucher (
        code_hash bytea PRIMARY KEY CHECK (length(code_hash) = 32),
        batch_id uuid NOT NULL REFERENCES voucher_batch (id),
        serial integer NOT NULL CHECK (serial > 0),
        redeemed_at timestamptz,
        redeemed_by text,
        account_id bigint REFERENCES ledger_account (id),
        UNIQUE (batch_id, serial),
        CHECK ((redeemed_at IS NULL) = (account_id IS NULL) AND (redeemed_at IS NULL) = (redeemed_by IS NULL))
      )`);
  // Counted rows, as for signing in: parallel guesses all count, nothing drifts.
  await db.query(`
      CREATE TABLE voucher_attempt (
        id uuid PRIMARY KEY,
        asked_by text NOT NULL,
        source text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      )`);
  await db.query('CREATE INDEX voucher_attempt_who ON voucher_attempt (asked_by, at)');
  await db.query('CREATE INDEX voucher_attempt_source ON voucher_attempt (source, at)');
  await db.query('CREATE INDEX voucher_attempt_at ON voucher_attempt (at)');
}

async function payments(db: QueryRunner): Promise<void> {
  // reference: the provider's own. asked -> pending (the payer was sent there) -> paid, failed or expired; money counts
  // before what was told of it: a payment that was given up and then arrives is paid.
  await db.query(`
      CREATE TABLE top_up (
        id uuid PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES ledger_account (id),
        amount_micros bigint NOT NULL CHECK (amount_micros > 0),
        currency char(3) NOT NULL,
        port text NOT NULL,
        state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'pending', 'paid', 'failed', 'expired')),
        reference text,
        redirect_url text,
        payment text,
        detail text,
        asked_by text NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz,
        UNIQUE (port, reference),
        CHECK (state IN ('asked', 'failed', 'expired') OR reference IS NOT NULL)
      )`);
  await db.query('CREATE INDEX top_up_account ON top_up (account_id, id)');
  await db.query(`CREATE INDEX top_up_open ON top_up (asked_at) WHERE state IN ('asked', 'pending')`);
  await db.query('CREATE INDEX top_up_payment ON top_up (port, payment) WHERE payment IS NOT NULL');
  // waiting: held on the payer's account, the provider is (to be) told. provider_id: its own refund.
  await db.query(`
      CREATE TABLE top_up_refund (
        id uuid PRIMARY KEY,
        top_up_id uuid NOT NULL REFERENCES top_up (id),
        amount_micros bigint NOT NULL CHECK (amount_micros > 0),
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
        provider_id text,
        detail text,
        asked_by text NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (top_up_id, provider_id)
      )`);
  await db.query('CREATE INDEX top_up_refund_of ON top_up_refund (top_up_id)');
  await db.query(`CREATE INDEX top_up_refund_open ON top_up_refund (asked_at) WHERE state = 'waiting'`);
  // What a provider told, once for each of its event ids, and what it did.
  await db.query(`
      CREATE TABLE provider_event (
        port text NOT NULL,
        event_id text NOT NULL CHECK (length(event_id) BETWEEN 1 AND 200),
        kind text NOT NULL,
        reference text NOT NULL,
        effect text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (port, event_id)
      )`);
  await db.query('CREATE INDEX provider_event_age ON provider_event (received_at)');
  // The built-in test provider's own books: it is another company as far as we are concerned.
  await db.query(`
      CREATE TABLE test_payment (
        reference text PRIMARY KEY,
        key text NOT NULL UNIQUE,
        amount_micros bigint NOT NULL,
        currency char(3) NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'declined', 'expired')),
        refunds jsonb NOT NULL DEFAULT '{}',
        return_url text NOT NULL
      )`);
}
