import type { Tx } from '../../infra/db/tx.js';
import type { Failure, Result } from '../../kernel/result.js';
import { releasePieces } from '../goods/stock.service.js';
import { dropNumber } from '../numbers/claims.service.js';
import { tellBuyer } from '../receipts/tell-buyer.js';
import { settingsOf } from '../settings.js';
import { keeping, lockNumberOrder, rejected } from './applying.service.js';
import { moveOrder } from './move.js';
import { lockOrder, type Order } from './orders.rows.js';
import { releasePart } from './paying.service.js';
import { giveMoneyBack } from './refunding.service.js';

/** An operator's yes. */
export async function approveOrder(
  tx: Tx,
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<Result<Order, Failure>> {
  const order = await lockNumberOrder(tx, id);
  if (!order.ok) return order;
  const { selectMinutes: minutes } = await settingsOf(tx);
  const moved = await keeping(tx, order.value, { event: 'approve', to: 'approved', by, reason, minutes });
  if (moved.ok) await tellBuyer(tx, id, 'approved');
  return moved;
}

/** An operator's no. What was paid already goes back. */
export async function rejectOrder(
  tx: Tx,
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<Result<Order, Failure>> {
  const order = await lockOrder(tx, id);
  if (!order.ok) return order;
  if (order.value.state === 'paid') return undo(tx, order.value, { event: 'reject', by, reason });
  return rejected(tx, order.value, { event: 'reject', by, reason });
}

/** The buyer's final selection: what is left is to pay. */
export async function selectOrder(tx: Tx, id: string, by: string): Promise<Result<Order, Failure>> {
  const order = await lockNumberOrder(tx, id);
  if (!order.ok) return order;
  const { payMinutes: minutes } = await settingsOf(tx);
  return keeping(tx, order.value, { event: 'select', to: 'selected', by, minutes });
}

/** The buyer does not want it any more. What was paid already goes back. */
export async function cancelOrder(
  tx: Tx,
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string | null },
): Promise<Result<Order, Failure>> {
  const order = await lockOrder(tx, id);
  if (!order.ok) return order;
  if (order.value.state === 'paid') return undo(tx, order.value, { event: 'cancel', by, reason });
  const moved = await moveOrder(tx, order.value, {
    event: 'cancel',
    to: 'cancelled',
    by,
    reason,
    minutes: null,
  });
  if (moved.ok) {
    await letGo(tx, order.value);
    await releasePart(tx, id);
  }
  return moved;
}

/** A paid order that nothing was given for yet. */
export async function undo(
  tx: Tx,
  order: Order,
  {
    event,
    by,
    reason,
  }: { readonly event: 'reject' | 'cancel' | 'fail'; readonly by: string; readonly reason: string | null },
): Promise<Result<Order, Failure>> {
  const due = await moveOrder(tx, order, { event, to: 'refund-due', by, reason, minutes: null });
  if (!due.ok) return due;
  await letGo(tx, order);
  return giveMoneyBack(tx, due.value, by);
}

/** What the order held is free for others. */
export async function letGo(tx: Tx, order: Order): Promise<void> {
  if (order.kind === 'number') await dropNumber(tx, order.id);
  else await releasePieces(tx, order.id);
}
