import type { Tx } from '../../infra/db/tx.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { tooManyHolds, tooManyQuotes } from '../sales.failures.js';
import { settingsOf } from '../settings.js';

const HOLDING = ['held', 'awaiting-verification', 'awaiting-approval', 'approved', 'selected'];

/** Whether an account may ask for one more price: each is a row of ours until it expires. */
export async function mayAskMore(tx: Tx, buyerId: string): Promise<Result<undefined, Failure>> {
  await tx.rows(`SELECT pg_advisory_xact_lock(hashtext('quotes of ' || $1))`, [buyerId]);
  const { mostQuotes } = await settingsOf(tx);
  const [row] = await tx.rows<{ count: string }>(
    `SELECT count(*) AS count FROM shop_order WHERE buyer_id = $1 AND is_open AND state = 'quoted'`,
    [buyerId],
  );
  return Number(row?.count ?? 0) < mostQuotes ? ok(undefined) : err(tooManyQuotes(mostQuotes));
}

/** Whether an account may keep one more thing from everybody else: nobody holds the whole shop. One at a time for each account. */
export async function mayHoldMore(tx: Tx, buyerId: string): Promise<Result<undefined, Failure>> {
  await tx.rows(`SELECT pg_advisory_xact_lock(hashtext('holds of ' || $1))`, [buyerId]);
  const { mostHolds } = await settingsOf(tx);
  const [row] = await tx.rows<{ count: string }>(
    'SELECT count(*) AS count FROM shop_order WHERE buyer_id = $1 AND is_open AND state = ANY ($2)',
    [buyerId, HOLDING],
  );
  return Number(row?.count ?? 0) < mostHolds ? ok(undefined) : err(tooManyHolds(mostHolds));
}
