import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Double-entry ledger. Amounts are micro-units, debit positive, credit negative. The database itself keeps what must always
 * hold, whoever writes: entries are never changed, a posting's entries sum to 0 per currency, a posting gets no entry
 * after its transaction, and `account_balance` is the sum of the entries. What is money to a payer is a credit, so a
 * prepaid account with 10 USD on it has the balance -10,000,000.
 */
export class Ledger1764000010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ledger_account (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN
          ('member', 'company', 'revenue', 'carrier-payable', 'carrier-cost', 'bank', 'tax', 'conversion', 'adjustment')),
        owner text NOT NULL CHECK (length(owner) BETWEEN 1 AND 100),
        currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        credit_limit_micros bigint NOT NULL DEFAULT 0 CHECK (credit_limit_micros >= 0),
        daily_cap_micros bigint CHECK (daily_cap_micros >= 0),
        opened_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (kind, owner, currency)
      )`);
    await db.query(`
      CREATE TABLE posting (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 200),
        kind text NOT NULL CHECK (kind ~ '^[a-z][a-z-]{1,39}$'),
        occurred_at timestamptz NOT NULL,
        posted_at timestamptz NOT NULL DEFAULT now(),
        transaction xid8 NOT NULL DEFAULT pg_current_xact_id()
      )`);
    // No foreign keys here: the trigger below checks account, currency and posting of every entry without locking the
    // few account rows that every posting shares (a foreign key would share-lock them in every transaction).
    await db.query(`
      CREATE TABLE entry (
        posting_id bigint NOT NULL,
        line smallint NOT NULL,
        account_id bigint NOT NULL,
        currency char(3) NOT NULL,
        amount_micros bigint NOT NULL CHECK (amount_micros <> 0),
        PRIMARY KEY (posting_id, line)
      )`);
    await db.query('CREATE INDEX entry_account ON entry (account_id, posting_id)');
    // An account's balance is the sum over its shards. Payers have shard 0 only, because what they may spend is decided
    // on that row; our own accounts have 16, so that postings of different sessions don't queue for one row.
    await db.query(`
      CREATE TABLE account_balance (
        account_id bigint NOT NULL,
        shard smallint NOT NULL,
        balance_micros bigint NOT NULL DEFAULT 0,
        held_micros bigint NOT NULL DEFAULT 0 CHECK (held_micros >= 0),
        spent_on date,
        spent_micros bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (account_id, shard)
      ) WITH (fillfactor = 50)`);
    await neverChanged(db);
    await keptBalances(db);
    await balancedPostings(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE account_balance, entry, posting, ledger_account');
    await db.query(`
      DROP FUNCTION ledger_is_append_only, ledger_account_keeps_identity, ledger_account_opened, entries_added,
                    balance_follows_entries, posting_is_balanced`);
  }
}

async function neverChanged(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only: post a correction instead of a %', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
    END $$`);
  for (const table of ['posting', 'entry'])
    await db.query(`
      CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
  for (const table of ['ledger_account', 'account_balance'])
    await db.query(`
      CREATE TRIGGER ${table}_stays BEFORE DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
  await db.query(`
    CREATE FUNCTION ledger_account_keeps_identity() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'kind, owner and currency of an account never change'
        USING ERRCODE = 'integrity_constraint_violation';
    END $$`);
  await db.query(`
    CREATE TRIGGER ledger_account_identity BEFORE UPDATE ON ledger_account
      FOR EACH ROW WHEN ((OLD.kind, OLD.owner, OLD.currency) IS DISTINCT FROM (NEW.kind, NEW.owner, NEW.currency))
      EXECUTE FUNCTION ledger_account_keeps_identity()`);
}

async function keptBalances(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION ledger_account_opened() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO account_balance (account_id, shard) VALUES (NEW.id, 0);
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER ledger_account_opened AFTER INSERT ON ledger_account
      FOR EACH ROW EXECUTE FUNCTION ledger_account_opened()`);
  // Rows are taken in the order of account and shard: two postings never wait for each other in a circle.
  await db.query(`
    CREATE FUNCTION entries_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM added LEFT JOIN posting ON posting.id = added.posting_id
                  WHERE posting.transaction IS DISTINCT FROM pg_current_xact_id()) THEN
        RAISE EXCEPTION 'an entry comes with its posting, in the same transaction'
          USING ERRCODE = 'foreign_key_violation';
      END IF;
      IF EXISTS (SELECT FROM added LEFT JOIN ledger_account a ON (a.id, a.currency) = (added.account_id, added.currency)
                  WHERE a.id IS NULL) THEN
        RAISE EXCEPTION 'an entry needs an account that exists, in the account''s currency'
          USING ERRCODE = 'foreign_key_violation';
      END IF;
      INSERT INTO account_balance AS b (account_id, shard, balance_micros, spent_on, spent_micros)
      SELECT added.account_id,
             CASE WHEN a.kind IN ('member', 'company') THEN 0 ELSE pg_backend_pid() % 16 END AS shard,
             sum(added.amount_micros)::bigint,
             (now() AT TIME ZONE 'UTC')::date,
             COALESCE(sum(added.amount_micros) FILTER (WHERE posting.kind = 'call-charge'), 0)::bigint
        FROM added
        JOIN posting ON posting.id = added.posting_id
        JOIN ledger_account a ON a.id = added.account_id
       GROUP BY added.account_id, 2
       ORDER BY added.account_id, 2
      ON CONFLICT (account_id, shard) DO UPDATE
         SET balance_micros = b.balance_micros + excluded.balance_micros,
             spent_micros = excluded.spent_micros
               + CASE WHEN b.spent_on >= excluded.spent_on THEN b.spent_micros ELSE 0 END,
             spent_on = GREATEST(b.spent_on, excluded.spent_on);
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER entries_added AFTER INSERT ON entry REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION entries_added()`);
  // Depth 1 is this trigger itself: a statement of a session, not one of entries_added or ledger_account_opened.
  await db.query(`
    CREATE FUNCTION balance_follows_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF pg_trigger_depth() = 1 THEN
        RAISE EXCEPTION 'balances follow entries and holds: nobody writes them directly'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER balance_follows_entries BEFORE INSERT OR UPDATE ON account_balance
      FOR EACH STATEMENT EXECUTE FUNCTION balance_follows_entries()`);
}

async function balancedPostings(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION posting_is_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT count(*) = 0 OR bool_or(total <> 0)
            FROM (SELECT sum(amount_micros) AS total FROM entry WHERE posting_id = NEW.id GROUP BY currency) sums) THEN
        RAISE EXCEPTION 'posting %: its entries must sum to 0 in each currency', NEW.key
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE CONSTRAINT TRIGGER posting_is_balanced AFTER INSERT ON posting
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION posting_is_balanced()`);
}
