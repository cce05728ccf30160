import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `open_hold` and `extend_hold` as before, in PL/pgSQL: a function in plain SQL is parsed and planned anew by every statement
 * that calls it, which took longer than what it does; PL/pgSQL keeps its plans for the session.
 */
export class HoldsPlannedOnce1764100001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await define(db, (body) => [
      'plpgsql',
      `DECLARE held bigint; BEGIN ${body.replace('/* into */', 'INTO held')}; RETURN held; END`,
    ]);
  }

  async down(db: QueryRunner): Promise<void> {
    await define(db, (body) => ['sql', body.replace('/* into */', '')]);
  }
}

async function define(
  db: QueryRunner,
  as: (body: string) => readonly [language: string, text: string],
): Promise<void> {
  const [language, open] = as(OPEN);
  const [, extend] = as(EXTEND);
  await db.query(`
    CREATE OR REPLACE FUNCTION open_hold(hold_id uuid, on_account bigint, for_purpose text, wanted bigint, least_wanted bigint)
    RETURNS bigint LANGUAGE ${language} AS $$ ${open} $$`);
  await db.query(`
    CREATE OR REPLACE FUNCTION extend_hold(hold_id uuid, on_account bigint, wanted bigint, least_wanted bigint)
    RETURNS bigint LANGUAGE ${language} AS $$ ${extend} $$`);
}

/** See 1764000011000-holds.ts, which these bodies are from. */
const OPEN = `
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
  SELECT amount_micros /* into */ FROM (SELECT amount_micros FROM known UNION ALL SELECT amount_micros FROM taken) both_ways`;

const EXTEND = `
  UPDATE hold
     SET amount_micros = GREATEST(amount_micros, LEAST(wanted, amount_micros + GREATEST(available, 0)))
    FROM (SELECT available_micros(a, b) AS available
            FROM account_balance b JOIN ledger_account a ON a.id = b.account_id
           WHERE b.account_id = on_account AND b.shard = 0
             FOR UPDATE OF b) locked
   WHERE hold.id = hold_id AND hold.account_id = on_account AND closed_at IS NULL
     AND amount_micros + GREATEST(available, 0) >= least_wanted
  RETURNING amount_micros /* into */`;
