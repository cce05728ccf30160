import type { Tx } from '../../infra/db/tx.js';
import { err, type Failure, type Result } from '../../kernel/result.js';
import { revokeContract } from '../contracts/ending.service.js';
import { orderNotNow } from '../sales.failures.js';
import { undo } from './deciding.service.js';
import { moveOrder } from './move.js';
import { lockOrder, type Order } from './orders.rows.js';
import { giveMoneyBack } from './refunding.service.js';

/** An operator gives the money of a paid order back; a number that was given for it is taken back, and rests. */
export async function refundOrder(
  tx: Tx,
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<Result<Order, Failure>> {
  const order = await lockOrder(tx, id);
  if (!order.ok) return order;
  if (order.value.state === 'paid') return undo(tx, order.value, { event: 'reject', by, reason });
  if (order.value.state !== 'active') return err(orderNotNow(order.value.state, 'paid back'));
  const revoked = await revokeContract(tx, id, { by, reason });
  if (!revoked.ok) return revoked;
  const due = await moveOrder(tx, order.value, {
    event: 'give-back',
    to: 'refund-due',
    by,
    reason,
    minutes: null,
  });
  return due.ok ? giveMoneyBack(tx, due.value, by) : due;
}
