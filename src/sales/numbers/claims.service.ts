import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import {
  assignedKeys,
  assignmentKey,
  type NumberForSale,
  type Plan,
  saleKeys,
} from '../../numbering/index.js';

/** Which of these keys an order holds or are in quarantine. `except`: an order whose own holds do not count. */
export async function claimedKeys(
  sql: Sql,
  keys: readonly string[],
  except?: string,
): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ key: string }>(
    `SELECT key FROM number_claim WHERE key = ANY ($1) AND until > now()
        AND ($2::uuid IS NULL OR order_id IS DISTINCT FROM $2)`,
    [keys, except ?? null],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Keys that stand in a number's way: sold, held or resting. */
export async function keysInTheWay(
  sql: Sql,
  number: NumberForSale,
  plan: Plan,
  except?: string,
): Promise<ReadonlySet<string>> {
  const keys = saleKeys(number, plan);
  const sold = await assignedKeys(sql, keys);
  const claimed = await claimedKeys(sql, keys, except);
  return new Set([...sold, ...claimed]);
}

/** Which of these numbers the operator keeps back. */
export async function reservedOf(sql: Sql, digits: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ digits: string }>(
    `SELECT d.digits FROM unnest($1::text[]) AS d (digits)
      WHERE EXISTS (SELECT FROM reserved_number r
                     WHERE d.digits = r.pattern
                        OR (r.pattern LIKE '%*' AND starts_with(d.digits, rtrim(r.pattern, '*'))))`,
    [digits],
  );
  return new Set(rows.map((row) => row.digits));
}

/**
 * Takes a number for an order until then: of any number of orders at the same time one, by the key. Sales of numbers that
 * stand in each other's way under different keys go one after the other, by the lock.
 */
export async function takeNumber(
  tx: Tx,
  wish: {
    readonly number: NumberForSale;
    readonly digits: string;
    readonly orderId: string;
    readonly minutes: number;
    readonly plan: Plan;
  },
): Promise<boolean> {
  await tx.rows(`SELECT pg_advisory_xact_lock(hashtext('number sale'))`);
  const inTheWay = await keysInTheWay(tx, wish.number, wish.plan, wish.orderId);
  if (inTheWay.size > 0 || (await reservedOf(tx, [wish.digits])).size > 0) return false;
  const taken = await tx.run(
    `INSERT INTO number_claim AS c (key, kind, order_id, until)
     VALUES ($1, 'held', $2, now() + make_interval(mins => $3))
     ON CONFLICT (key) DO UPDATE SET kind = 'held', order_id = excluded.order_id, until = excluded.until, reason = NULL
      WHERE c.until <= now() OR c.order_id = excluded.order_id`,
    [assignmentKey(wish.number), wish.orderId, wish.minutes],
  );
  return taken === 1;
}

/** Keeps what the order holds until then (null: for good). False when it ran out meanwhile. */
export async function keepNumber(tx: Tx, orderId: string, minutes: number | null): Promise<boolean> {
  const kept = await tx.run(
    `UPDATE number_claim SET until = COALESCE(now() + make_interval(mins => $2::int), 'infinity')
      WHERE order_id = $1 AND until > now()`,
    [orderId, minutes],
  );
  return kept === 1;
}

/** Lets go of what an order holds: the next one may have it at once. */
export const dropNumber = (tx: Tx, orderId: string): Promise<number> =>
  tx.run('DELETE FROM number_claim WHERE order_id = $1', [orderId]);

/** A number that was used rests, so that calls for the one before do not ring the next. */
export async function restNumber(tx: Tx, key: string, days: number, why: string): Promise<void> {
  await tx.run(
    `INSERT INTO number_claim (key, kind, until, reason) VALUES ($1, 'quarantine', now() + make_interval(days => $2), $3)
     ON CONFLICT (key) DO UPDATE SET kind = 'quarantine', order_id = NULL, until = excluded.until, reason = excluded.reason`,
    [key, days, why],
  );
}

/** Forgets what has run out. */
export const sweepClaims = (sql: Sql): Promise<number> =>
  sql.run(
    `DELETE FROM number_claim WHERE key IN (SELECT key FROM number_claim WHERE until < now() - interval '1 hour' LIMIT 5000)`,
  );
