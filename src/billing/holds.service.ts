import type { Sql } from '../infra/db/sql.js';
import type { Tx } from '../infra/db/tx.js';

export interface HoldWish {
  /** The call's or the order's id: one hold each. */
  readonly id: string;
  readonly accountId: bigint;
  /** The member whose call it is, for his own day's cap. */
  readonly memberId?: string;
  /** Micro-units of the account's currency that the hold should have in all; less is taken when less is available … */
  readonly wanted: bigint;
  /** … but not less than this in all: then nothing is taken. 0 never fails (free calls). */
  readonly least: bigint;
}

/**
 * Sets money aside. Returns what is held now for this id, undefined when there isn't enough (or the call is over).
 * Asked again for an open hold it changes nothing. One statement on one locked row: calls of one account never take the
 * same money. To join it into a statement of one's own: `SELECT open_hold($id, $account, 'call', $wanted, $least, $member)`.
 */
export const openHold = (sql: Sql, wish: HoldWish, purpose: 'call' | 'order'): Promise<bigint | undefined> =>
  held(sql, 'SELECT open_hold($1, $2, $5, $3, $4, $6) AS held', wish, [purpose, wish.memberId ?? null]);

/**
 * Raises an open hold to `wanted` in all, or to what can be had if that is at least `least`. Never lowers it. Returns what
 * is held then; undefined, and nothing changed, when `least` cannot be had or the hold is closed.
 */
export const extendHold = (sql: Sql, wish: HoldWish): Promise<bigint | undefined> =>
  held(sql, 'SELECT extend_hold($1, $2, $3, $4) AS held', wish, []);

/**
 * Gives holds back (`released`) or ends them because the charge is posted in the same transaction (`captured`). Returns
 * the ids that were open; closing twice is harmless. In SQL: `close_holds($ids, 'released')`.
 */
export async function closeHolds(
  sql: Sql,
  ids: readonly string[],
  outcome: 'captured' | 'released',
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await sql.rows<{ id: string }>('SELECT close_holds($1, $2) AS id', [ids, outcome]);
  return rows.map(({ id }) => id);
}

/**
 * Sets the payer's own money aside for an order or a refund: no credit limit counts, and no day's cap, which is there to
 * stop calls; what a barred account has does not. False, and nothing changed, when there isn't that much. Asked again for an open hold it changes nothing.
 */
export async function holdOwnMoney(
  tx: Tx,
  wish: { readonly id: string; readonly accountId: bigint; readonly micros: bigint },
): Promise<boolean> {
  const [has] = await tx.rows<{ micros: string; open: boolean }>(
    `SELECT CASE WHEN a.barred THEN 0 ELSE -b.balance_micros - b.held_micros END AS micros,
            EXISTS (SELECT FROM hold WHERE id = $2 AND closed_at IS NULL) AS open
       FROM account_balance b JOIN ledger_account a ON a.id = b.account_id
      WHERE b.account_id = $1 AND b.shard = 0 FOR UPDATE OF b`,
    [wish.accountId, wish.id],
  );
  if (has?.open === true) return true;
  if (BigInt(has?.micros ?? 0) < wish.micros) return false;
  await tx.run(`INSERT INTO hold (id, account_id, purpose, amount_micros) VALUES ($1, $2, 'order', $3)`, [
    wish.id,
    wish.accountId,
    wish.micros,
  ]);
  return true;
}

/** Whether the payer's own money is that much, and stays so until the transaction ends. */
export async function ownMoneyCovers(tx: Tx, account: bigint, micros: bigint): Promise<boolean> {
  const [has] = await tx.rows<{ micros: string }>(
    `SELECT CASE WHEN a.barred THEN 0 ELSE -b.balance_micros - b.held_micros END AS micros
       FROM account_balance b JOIN ledger_account a ON a.id = b.account_id
      WHERE b.account_id = $1 AND b.shard = 0 FOR UPDATE OF b`,
    [account],
  );
  return BigInt(has?.micros ?? 0) >= micros;
}

/** Closed holds are kept as long as a set-up may be replayed; then they go. Returns how many went. */
export const purgeClosedHolds = (sql: Sql, closedBefore: Date): Promise<number> =>
  sql.run('DELETE FROM hold WHERE closed_at < $1', [closedBefore]);

async function held(
  sql: Sql,
  statement: string,
  wish: HoldWish,
  more: readonly unknown[],
): Promise<bigint | undefined> {
  const [row] = await sql.rows<{ held: string | null }>(statement, [
    wish.id,
    wish.accountId,
    wish.wanted,
    wish.least,
    ...more,
  ]);
  return row?.held == null ? undefined : BigInt(row.held);
}
