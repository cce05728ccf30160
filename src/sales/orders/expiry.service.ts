import type { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import type { StateTable } from '../../kernel/fsm.js';
import { targets } from '../../kernel/fsm.js';
import { goodsStates } from '../domain/goods-states.js';
import { orderStates } from '../domain/order-states.js';
import { letGo } from './deciding.service.js';
import { moveOrder } from './move.js';
import { lockOrder } from './orders.rows.js';
import { releasePart } from './paying.service.js';

const MOST = 200;

/** Ends what nobody went on with in time, each in a transaction of its own; returns how many. Safe to run anywhere, any time. */
export async function expireOrders(db: Db): Promise<number> {
  const due = await db.rows<{ id: string }>(
    `SELECT id FROM shop_order WHERE is_open AND until <= now() ORDER BY until LIMIT ${MOST}`,
  );
  return countMoved(
    due.map(({ id }) => id),
    (id) => db.inTx((tx) => expireOrder(tx, id)),
  );
}

/** One that fails keeps no other waiting; that it failed is told when all had their turn. */
export async function countMoved(
  ids: readonly string[],
  move: (id: string) => Promise<boolean>,
): Promise<number> {
  const errors: unknown[] = [];
  let moved = 0;
  for (const id of ids) {
    const done = await move(id).catch((error: unknown) => errors.push(error) < 0);
    if (done) moved++;
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of ${ids.length} failed`);
  return moved;
}

/** Looks again under the lock: it may have been moved meanwhile. */
async function expireOrder(tx: Tx, id: string): Promise<boolean> {
  const order = await lockOrder(tx, id);
  if (!order.ok || !order.value.late) return false;
  const table = (order.value.kind === 'number' ? orderStates : goodsStates) as StateTable<string, string>;
  const event = targets(table, order.value.state, 'expire').length > 0 ? 'expire' : 'close';
  const to = event === 'expire' ? 'expired' : 'done';
  const moved = await moveOrder(tx, order.value, { event, to, by: 'time', minutes: null });
  if (!moved.ok) return false;
  if (event === 'expire') {
    await letGo(tx, order.value);
    await releasePart(tx, id);
  }
  return true;
}
