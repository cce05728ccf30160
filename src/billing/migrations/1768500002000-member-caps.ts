import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What one member may spend a day (UTC) of an account that several share: a company's employees and branches. Holds know whose they are,
 * so that calls at once cannot pass it together.
 */
export class MemberCaps1768500002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE member_cap (
        member_id uuid PRIMARY KEY REFERENCES payer (member_id) ON DELETE CASCADE,
        daily_cap_micros bigint NOT NULL CHECK (daily_cap_micros >= 0),
        spent_on date NOT NULL,
        spent_micros bigint NOT NULL CHECK (spent_micros >= 0)
      )`);
    await db.query('ALTER TABLE hold ADD COLUMN member_id uuid');
    await db.query(
      'CREATE INDEX hold_open_member ON hold (member_id) WHERE closed_at IS NULL AND member_id IS NOT NULL',
    );
    await db.query(SPENT);
    await db.query(`
      CREATE TRIGGER charge_counts AFTER INSERT ON charge
        FOR EACH ROW WHEN (NEW.revision = 0 AND NEW.amount_micros > 0) EXECUTE FUNCTION member_spent()`);
    await db.query(LEFT);
    await db.query('DROP FUNCTION open_hold');
    await db.query(open('for_member uuid DEFAULT NULL', true));
    await db.query(extend(true));
    await db.query('ALTER TABLE fraud_alert DROP CONSTRAINT fraud_alert_kind_check');
    await db.query(kinds([...KINDS, 'member-spend-80', 'member-spend-100']));
    await db.query(
      `INSERT INTO audit_rule (name, mode, why) VALUES ('member_cap', 'open', 'limits, amounts')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM audit_rule WHERE name = 'member_cap'`);
    await db.query(`DELETE FROM fraud_alert WHERE kind LIKE 'member-%'`);
    await db.query('ALTER TABLE fraud_alert DROP CONSTRAINT fraud_alert_kind_check');
    await db.query(kinds(KINDS));
    await db.query('DROP FUNCTION open_hold');
    await db.query(open('', false));
    await db.query(extend(false));
    await db.query('DROP FUNCTION member_left');
    await db.query('DROP TRIGGER charge_counts ON charge');
    await db.query('DROP FUNCTION member_spent');
    await db.query('ALTER TABLE hold DROP COLUMN member_id');
    await db.query('DROP TABLE member_cap');
  }
}

const KINDS = ['spend-80', 'spend-100', 'short-calls', 'many-calls'];
const kinds = (allowed: readonly string[]): string =>
  `ALTER TABLE fraud_alert ADD CONSTRAINT fraud_alert_kind_check CHECK (kind IN (${allowed.map((one) => `'${one}'`).join(', ')}))`;

const SPENT = `
  CREATE FUNCTION member_spent() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE member_cap
       SET spent_on = today, spent_micros = NEW.amount_micros + CASE WHEN spent_on = today THEN spent_micros ELSE 0 END
      FROM (SELECT (now() AT TIME ZONE 'UTC')::date AS today) d
     WHERE member_id = NEW.member_id;
    RETURN NULL;
  END $$`;

/** Of a day's cap what is neither spent nor held; NULL: no cap. */
const LEFT = `
  CREATE FUNCTION member_left(who uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT c.daily_cap_micros - CASE WHEN c.spent_on = (now() AT TIME ZONE 'UTC')::date THEN c.spent_micros ELSE 0 END
           - (SELECT coalesce(sum(amount_micros), 0)::bigint FROM hold WHERE member_id = who AND closed_at IS NULL)
      FROM member_cap c WHERE c.member_id = who
  $$`;

/** The balance row is locked before it is asked what the member has left: a statement sees what was there when it began. */
const leftOf = (who: string): string => `
  IF EXISTS (SELECT FROM member_cap WHERE member_id = ${who}) THEN
    PERFORM FROM account_balance WHERE account_id = on_account AND shard = 0 FOR UPDATE;
    room := member_left(${who});
  END IF;`;

/** As in 1764100001000-holds-planned-once.ts, and no more than the member's own cap leaves. */
const open = (more: string, capped: boolean): string => `
  CREATE FUNCTION open_hold(hold_id uuid, on_account bigint, for_purpose text, wanted bigint, least_wanted bigint${more && `, ${more}`})
  RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE held bigint; room bigint;
  BEGIN ${capped ? leftOf('for_member') : ''}
    WITH known AS (
      SELECT amount_micros FROM hold WHERE id = hold_id AND closed_at IS NULL
    ), taken AS (
      INSERT INTO hold (id, account_id, purpose, amount_micros${capped ? ', member_id' : ''})
      SELECT hold_id, on_account, for_purpose, LEAST(wanted, GREATEST(available, 0))${capped ? ', for_member' : ''}
        FROM (SELECT LEAST(available_micros(a, b), room) AS available
                FROM account_balance b JOIN ledger_account a ON a.id = b.account_id
               WHERE b.account_id = on_account AND b.shard = 0
                 FOR UPDATE OF b) locked
       WHERE (available >= least_wanted OR least_wanted = 0) AND NOT EXISTS (SELECT FROM known)
      ON CONFLICT (id) DO NOTHING
      RETURNING amount_micros
    )
    SELECT amount_micros INTO held FROM (SELECT amount_micros FROM known UNION ALL SELECT amount_micros FROM taken) both_ways;
    RETURN held;
  END $$`;

const extend = (capped: boolean): string => `
  CREATE OR REPLACE FUNCTION extend_hold(hold_id uuid, on_account bigint, wanted bigint, least_wanted bigint)
  RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE held bigint; room bigint; ${capped ? 'whose uuid := (SELECT member_id FROM hold WHERE id = hold_id);' : ''}
  BEGIN ${capped ? leftOf('whose') : ''}
    UPDATE hold
       SET amount_micros = GREATEST(amount_micros, LEAST(wanted, amount_micros + GREATEST(available, 0)))
      FROM (SELECT LEAST(available_micros(a, b), room) AS available
              FROM account_balance b JOIN ledger_account a ON a.id = b.account_id
             WHERE b.account_id = on_account AND b.shard = 0
               FOR UPDATE OF b) locked
     WHERE hold.id = hold_id AND hold.account_id = on_account AND closed_at IS NULL
       AND amount_micros + GREATEST(available, 0) >= least_wanted
    RETURNING amount_micros INTO held;
    RETURN held;
  END $$`;
