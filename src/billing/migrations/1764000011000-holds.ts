import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Money set aside for what is not charged yet: one hold for each open call (or order). available = credit limit -
 * balance - held. The three functions are the only verbs; each decides and acts in one statement on the locked balance
 * row, and can be joined into the statement that saves a call. All lock the balance row first, then the hold.
 */
export class Holds1764000011000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // A closed hold stays for a while so that a replayed set-up finds it and does not open it again.
    await db.query(`
      CREATE TABLE hold (
        id uuid PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES ledger_account (id),
        purpose text NOT NULL CHECK (purpose IN ('call', 'order')),
        amount_micros bigint NOT NULL CHECK (amount_micros >= 0),
        opened_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz,
        outcome text CHECK (outcome IN ('captured', 'released')),
        CHECK ((closed_at IS NULL) = (outcome IS NULL))
      )`);
    await db.query('CREATE INDEX hold_open ON hold (account_id) WHERE closed_at IS NULL');
    await db.query('CREATE INDEX hold_closed ON hold (closed_at) WHERE closed_at IS NOT NULL');
    await heldFollowsHolds(db);
    await verbs(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP FUNCTION open_hold, extend_hold, close_holds, available_micros');
    await db.query('DROP TABLE hold');
    await db.query('DROP FUNCTION held_follows_holds');
  }
}

async function heldFollowsHolds(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION held_follows_holds() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      before bigint := 0;
      after bigint := 0;
    BEGIN
      IF TG_OP <> 'INSERT' AND OLD.closed_at IS NULL THEN before := OLD.amount_micros; END IF;
      IF TG_OP <> 'DELETE' AND NEW.closed_at IS NULL THEN after := NEW.amount_micros; END IF;
      IF after <> before THEN
        UPDATE account_balance SET held_micros = held_micros + after - before
         WHERE account_id = COALESCE(NEW.account_id, OLD.account_id) AND shard = 0;
      END IF;
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER held_follows_holds AFTER INSERT OR UPDATE OR DELETE ON hold
      FOR EACH ROW EXECUTE FUNCTION held_follows_holds()`);
  await db.query(`
    CREATE TRIGGER hold_stays BEFORE TRUNCATE ON hold
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
}

async function verbs(db: QueryRunner): Promise<void> {
  // What a new hold may take: the credit that is left, and of a day's cap what is neither spent today (UTC) nor held.
  await db.query(`
    CREATE FUNCTION available_micros(a ledger_account, b account_balance) RETURNS bigint LANGUAGE sql STABLE AS $$
      SELECT LEAST(
        a.credit_limit_micros - b.balance_micros - b.held_micros,
        a.daily_cap_micros - b.held_micros
          - CASE WHEN b.spent_on = (now() AT TIME ZONE 'UTC')::date THEN b.spent_micros ELSE 0 END)
    $$`);
  // FOR UPDATE waits for and then reads the newest balance row, so what is decided on is what is changed. Asked again
  // for an open hold (a replay) it answers with what is held; for a closed one with NULL.
  await db.query(`
    CREATE FUNCTION open_hold(hold_id uuid, on_account bigint, for_purpose text, wanted bigint, least_wanted bigint)
    RETURNS bigint LANGUAGE sql AS $$
      WITH known AS (
        SELECT amount_micros FROM hold WHERE id = hold_id AND closed_at IS NULL
      ), taken AS (
        INSERT INTO hold (id, account_id, purpose, amount_micros)
        SELECT hold_id, on_account, for_purpose, LEAST(wanted, GREATEST(available, 0))
          FROM (SELECT available_micros(a, b) AS available
                  FROM account_balance b JOIN ledger_account a ON a.id = b.account_id
                 WHERE b.account_id = on_account AND b.shard = 0
                   FOR UPDATE OF b) locked
         WHERE (available >= least_wanted OR least_wanted = 0) AND NOT EXISTS (SELECT FROM known)
        ON CONFLICT (id) DO NOTHING
        RETURNING amount_micros
      )
      SELECT amount_micros FROM known UNION ALL SELECT amount_micros FROM taken
    $$`);
  await db.query(`
    CREATE FUNCTION extend_hold(hold_id uuid, on_account bigint, wanted bigint, least_wanted bigint)
    RETURNS bigint LANGUAGE sql AS $$
      UPDATE hold
         SET amount_micros = GREATEST(amount_micros, LEAST(wanted, amount_micros + GREATEST(available, 0)))
        FROM (SELECT available_micros(a, b) AS available
                FROM account_balance b JOIN ledger_account a ON a.id = b.account_id
               WHERE b.account_id = on_account AND b.shard = 0
                 FOR UPDATE OF b) locked
       WHERE hold.id = hold_id AND hold.account_id = on_account AND closed_at IS NULL
         AND amount_micros + GREATEST(available, 0) >= least_wanted
      RETURNING amount_micros
    $$`);
  // Closing what is closed (or was never opened) changes nothing and says so by leaving the id out.
  await db.query(`
    CREATE FUNCTION close_holds(hold_ids uuid[], with_outcome text)
    RETURNS SETOF uuid LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM FROM account_balance
        WHERE shard = 0 AND account_id IN (SELECT account_id FROM hold WHERE id = ANY (hold_ids))
        ORDER BY account_id FOR UPDATE;
      RETURN QUERY
        UPDATE hold SET closed_at = now(), outcome = with_outcome
         WHERE id = ANY (hold_ids) AND closed_at IS NULL
        RETURNING id;
    END $$`);
}
