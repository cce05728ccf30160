import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Price lists in versions, who pays by which, and exchange rates of a day. */
export class Decks1764000012000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // direction: what we sell at, or what a carrier asks of us. Charges are rounded half up to round_to_micros.
    await db.query(`
      CREATE TABLE rate_deck (
        id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        direction text NOT NULL CHECK (direction IN ('sale', 'carrier')),
        currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        round_to_micros bigint NOT NULL DEFAULT 1 CHECK (round_to_micros > 0),
        on_net_free boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    // A draft has no active_from; a scheduled version rates what is answered from then on until the next one's time.
    await db.query(`
      CREATE TABLE deck_version (
        id uuid PRIMARY KEY,
        deck_id text NOT NULL REFERENCES rate_deck (id),
        periods jsonb NOT NULL DEFAULT '[]',
        source text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
        sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        good_rows integer NOT NULL DEFAULT 0,
        bad_rows integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        imported_at timestamptz,
        active_from timestamptz,
        scheduled_by text,
        CHECK (active_from IS NULL OR imported_at IS NOT NULL),
        CHECK ((active_from IS NULL) = (scheduled_by IS NULL)),
        UNIQUE (deck_id, active_from)
      )`);
    // prefix: E.164 digits without '+'. Prices: micro-units of the deck's currency; times in seconds; per_period_micros
    // follows the version's periods, NULL = per_minute_micros.
    await db.query(`
      CREATE TABLE deck_rate (
        version_id uuid NOT NULL REFERENCES deck_version (id) ON DELETE CASCADE,
        prefix text NOT NULL CHECK (prefix ~ '^[0-9]{0,15}$'),
        valid_from timestamptz NOT NULL DEFAULT '-infinity',
        valid_to timestamptz NOT NULL DEFAULT 'infinity',
        destination text NOT NULL CHECK (length(destination) <= 200),
        connect_fee_micros bigint NOT NULL DEFAULT 0 CHECK (connect_fee_micros >= 0),
        per_minute_micros bigint NOT NULL CHECK (per_minute_micros >= 0),
        per_period_micros bigint[] NOT NULL DEFAULT '{}' CHECK (0 <= ALL (per_period_micros)),
        first_s integer NOT NULL DEFAULT 1 CHECK (first_s BETWEEN 1 AND 3600),
        next_s integer NOT NULL DEFAULT 1 CHECK (next_s BETWEEN 1 AND 3600),
        minimum_s integer NOT NULL DEFAULT 0 CHECK (minimum_s BETWEEN 0 AND 3600),
        free_s integer NOT NULL DEFAULT 0 CHECK (free_s BETWEEN 0 AND 86400),
        PRIMARY KEY (version_id, prefix, valid_from),
        CHECK (valid_to > valid_from)
      )`);
    await db.query(`
      CREATE TABLE deck_bad_row (
        version_id uuid NOT NULL REFERENCES deck_version (id) ON DELETE CASCADE,
        line integer NOT NULL,
        field text NOT NULL,
        reason text NOT NULL,
        row_text text NOT NULL,
        PRIMARY KEY (version_id, line)
      )`);
    await scheduledVersionsStay(db);
    // Who rates calls holds its decks' locks shared until it commits, scheduling takes them alone: whoever re-rates after
    // a version was scheduled finds every call that was rated without it. (plpgsql: the query sees what committed while
    // the lock was waited for.) Newest first, so that the first that is not later than an answer is the one in force.
    await db.query(`
      CREATE FUNCTION deck_lock(deck text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
        SELECT hashtextextended('rate deck ' || deck, 0)
      $$`);
    await db.query(`
      CREATE FUNCTION scheduled_versions(deck_ids text[])
      RETURNS TABLE (id uuid, deck_id text, active_from timestamptz, periods jsonb, currency char(3),
                     round_to_micros bigint, on_net_free boolean) LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(deck_lock(deck)) FROM unnest(deck_ids) AS deck ORDER BY deck;
        RETURN QUERY
          SELECT v.id, v.deck_id, v.active_from, v.periods, d.currency, d.round_to_micros, d.on_net_free
            FROM deck_version v JOIN rate_deck d ON d.id = v.deck_id
           WHERE v.deck_id = ANY (deck_ids) AND v.active_from IS NOT NULL
           ORDER BY v.active_from DESC;
      END $$`);
    // 1 unit of from_currency = rate units of to_currency on that day (UTC) and until the next day that has a rate.
    await db.query(`
      CREATE TABLE exchange_rate (
        from_currency char(3) NOT NULL CHECK (from_currency ~ '^[A-Z]{3}$'),
        to_currency char(3) NOT NULL CHECK (to_currency ~ '^[A-Z]{3}$' AND to_currency <> from_currency),
        day date NOT NULL,
        rate numeric(24, 12) NOT NULL CHECK (rate > 0),
        source text NOT NULL,
        PRIMARY KEY (from_currency, to_currency, day)
      )`);
    // A company's members all point to its account: parallel calls share one balance.
    await db.query(`
      CREATE TABLE payer (
        member_id uuid PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES ledger_account (id),
        deck_id text NOT NULL REFERENCES rate_deck (id)
      )`);
    await db.query(`
      CREATE TABLE carrier (
        id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        deck_id text NOT NULL REFERENCES rate_deck (id)
      )`);
    await db.query(`
      CREATE TABLE carrier_trunk (
        trunk_id text PRIMARY KEY,
        carrier_id text NOT NULL REFERENCES carrier (id)
      )`);
    await changesAreTold(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE carrier_trunk, carrier, payer, exchange_rate, deck_bad_row, deck_rate, deck_version, rate_deck',
    );
    await db.query(
      'DROP FUNCTION scheduled_rates_stay, rated_version_stays, scheduled_versions, deck_lock, notify_billing',
    );
  }
}

/** What calls were or may be rated by never changes: charges name their version, and re-rating must find it as it was. */
async function scheduledVersionsStay(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION scheduled_rates_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM deck_version WHERE active_from IS NOT NULL AND id IN (SELECT version_id FROM changed)) THEN
        RAISE EXCEPTION 'rates of a scheduled version do not change: import a new version'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NULL;
    END $$`);
  for (const [verb, table] of [
    ['INSERT', 'NEW'],
    ['DELETE', 'OLD'],
  ])
    await db.query(`
      CREATE TRIGGER scheduled_rates_stay_${verb} AFTER ${verb} ON deck_rate REFERENCING ${table} TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION scheduled_rates_stay()`);
  await db.query(`
    CREATE TRIGGER deck_rate_never_edited BEFORE UPDATE OR TRUNCATE ON deck_rate
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
  await db.query(`
    CREATE FUNCTION rated_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'a version that is in force stays as it is: schedule a new one'
        USING ERRCODE = 'integrity_constraint_violation';
    END $$`);
  await db.query(`
    CREATE TRIGGER rated_version_stays BEFORE UPDATE OR DELETE ON deck_version
      FOR EACH ROW WHEN (OLD.active_from <= now()) EXECUTE FUNCTION rated_version_stays()`);
}

/** Channel `billing`: `payer:<member>`, `deck:<deck>`, `rates:`; whoever keeps prices in memory forgets them then. */
async function changesAreTold(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION notify_billing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('billing', TG_ARGV[0] || ':' || COALESCE(to_jsonb(COALESCE(NEW, OLD)) ->> TG_ARGV[1], ''));
      RETURN NULL;
    END $$`);
  for (const [table, when, args] of [
    ['payer', 'INSERT OR UPDATE OR DELETE', `'payer', 'member_id'`],
    ['deck_version', 'UPDATE OF active_from', `'deck', 'deck_id'`],
    ['exchange_rate', 'INSERT', `'rates', ''`],
  ])
    await db.query(`
      CREATE TRIGGER ${table}_told AFTER ${when} ON ${table} FOR EACH ROW EXECUTE FUNCTION notify_billing(${args})`);
}
