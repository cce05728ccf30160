import { askRefund, closeHolds, post } from '../../billing/index.js';
import type { Tx } from '../../infra/db/tx.js';
import { money, negate } from '../../kernel/money.js';
import { type Failure, ok, type Result } from '../../kernel/result.js';
import { tellBuyer } from '../receipts/tell-buyer.js';
import { moveOrder } from './move.js';
import { lockOrder, type Order } from './orders.rows.js';
import { saleEntries } from './sale-postings.js';

interface PaidRow {
  readonly id: string;
  readonly method: 'wallet' | 'direct';
  readonly state: 'held' | 'captured';
  readonly accountId: string;
  readonly micros: string;
  readonly topUpId: string | null;
}

/**
 * Gives the money of an order that is `refund-due` back: what was only held is let go, what was ours is posted back. Each part goes
 * the way it came: the wallet's is there at once, the provider says when his has gone back.
 */
export async function giveMoneyBack(tx: Tx, order: Order, by: string): Promise<Result<Order, Failure>> {
  const paid = await tx.rows<PaidRow>(
    `SELECT id, method, state, account_id AS "accountId", amount_micros AS micros, top_up_id AS "topUpId" FROM order_payment
      WHERE order_id = $1 AND state IN ('held', 'captured') ORDER BY id FOR UPDATE`,
    [order.id],
  );
  const [first] = paid;
  if (first === undefined) return refunded(tx, order, by, null);
  if (first.state === 'held')
    await closeHolds(
      tx,
      paid.map(({ id }) => id),
      'released',
    );
  else await takeSaleBack(tx, order, BigInt(first.accountId));
  const asked = [];
  for (const part of paid) asked.push(await givePartBack(tx, order, part, by));
  return asked.includes(true) ? ok(order) : refunded(tx, order, by, 'the money is in the wallet');
}

/** True: the provider is asked, and says when it is done. */
async function givePartBack(
  tx: Tx,
  order: Order,
  { id, method, micros, topUpId }: PaidRow,
  by: string,
): Promise<boolean> {
  const amount = money(BigInt(micros), order.total.currency);
  const asked = topUpId === null ? undefined : await askRefund(tx, { topUpId, amount, askedBy: by });
  const state = asked?.ok ? 'refunding' : method === 'wallet' ? 'released' : 'credited';
  await tx.run(`UPDATE order_payment SET state = $2, refund_id = $3 WHERE id = $1`, [
    id,
    state,
    asked?.ok ? asked.value : null,
  ]);
  return state === 'refunding';
}

/** Told by billing: the provider gave a refund back, or could not: then the money stays in the wallet. */
export async function settleRefund(
  tx: Tx,
  { refundId, outcome }: { readonly refundId: string; readonly outcome: 'done' | 'failed' },
): Promise<void> {
  const [known] = await tx.rows<{ orderId: string }>(
    'SELECT order_id AS "orderId" FROM order_payment WHERE refund_id = $1',
    [refundId],
  );
  if (known === undefined) return;
  const order = await lockOrder(tx, known.orderId);
  await tx.run(`UPDATE order_payment SET state = $2 WHERE refund_id = $1`, [
    refundId,
    outcome === 'done' ? 'refunded' : 'credited',
  ]);
  if (!order.ok || order.value.state !== 'refund-due') return;
  await refunded(tx, order.value, 'provider', outcome === 'done' ? null : 'the money is in the wallet');
}

async function refunded(
  tx: Tx,
  order: Order,
  by: string,
  reason: string | null,
): Promise<Result<Order, Failure>> {
  const moved = await moveOrder(tx, order, { event: 'refund', to: 'refunded', by, reason, minutes: null });
  if (moved.ok && order.total.micros > 0n) await tellBuyer(tx, order.id, 'refunded');
  return moved;
}

/** The sale's entries with the opposite sign, under a key of their own: once. */
async function takeSaleBack(tx: Tx, order: Order, account: bigint): Promise<void> {
  const entries = await saleEntries(tx, order, account);
  const back = entries.map((entry) => ({ ...entry, amount: negate(entry.amount) }));
  await post(tx, [{ key: `order-refund:${order.id}`, kind: 'sale', occurredAt: new Date(), entries: back }]);
}
