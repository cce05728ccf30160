import { accountId, closeHolds, holdOwnMoney, standingOf } from '../../billing/index.js';
import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Outbox } from '../../infra/outbox/outbox.js';
import { newId } from '../../kernel/ids.js';
import { formatMoney, money } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { keepNumber } from '../numbers/claims.service.js';
import { orderGone, orderNotNow, paidAlready, walletTooLow } from '../sales.failures.js';
import { moveOrder } from './move.js';
import { lockOrder, type Order } from './orders.rows.js';

/** The wallet that an order is paid from: its holder's account in the order's currency. */
export const walletOf = (tx: Tx, { holderKind, holderId, total }: Order): Promise<bigint> =>
  accountId(tx, {
    kind: holderKind === 'company' ? 'company' : 'member',
    owner: holderId,
    currency: total.currency,
  });

/** Whether this order, locked, waits for money now. */
export function payable(order: Order): Result<undefined, Failure> {
  if (order.state === 'paid') return err(paidAlready());
  if (order.late) return err(orderGone());
  const waits = order.kind === 'number' ? 'selected' : 'held';
  return order.state === waits ? ok(undefined) : err(orderNotNow(order.state, 'paid'));
}

/** Pays from the wallet: the money is set aside now, and is ours when what was bought is given. */
export async function payFromWallet(
  tx: Tx,
  outbox: Outbox,
  id: string,
  by: string,
): Promise<Result<Order, Failure>> {
  const order = await lockOrder(tx, id);
  if (!order.ok) return order;
  const can = payable(order.value);
  if (!can.ok) return can;
  const account = await walletOf(tx, order.value);
  const paymentId = newId();
  const paid = await settle(tx, outbox, order.value, { paymentId, account, by });
  if (!paid.ok) return paid;
  await tx.run(
    `INSERT INTO order_payment (id, order_id, method, account_id, amount_micros, state)
     SELECT $1, $2, 'wallet', $3, $4, 'held' WHERE $4::bigint > 0`,
    [paymentId, id, account, order.value.total.micros],
  );
  return paid;
}

/** Sets the whole price aside and moves the order on; nothing of it is done when one of it cannot be. */
export async function settle(
  tx: Tx,
  outbox: Outbox,
  order: Order,
  { paymentId, account, by }: { readonly paymentId: string; readonly account: bigint; readonly by: string },
): Promise<Result<Order, Failure>> {
  const { micros } = order.total;
  const held = micros === 0n || (await holdOwnMoney(tx, { id: paymentId, accountId: account, micros }));
  if (!held) return err(walletTooLow(await missing(tx, order, account)));
  if (order.kind === 'number' && !(await keepNumber(tx, order.id, null))) {
    // Whoever goes on in this transaction (money that came too late) must not find it set aside.
    await closeHolds(tx, [paymentId], 'released');
    return err(orderGone());
  }
  const paid = await moveOrder(tx, order, { event: 'pay', to: 'paid', by, minutes: null });
  if (paid.ok) await outbox.add(tx, event('order.paid', { orderId: order.id, kind: order.kind }));
  return paid;
}

async function missing(tx: Tx, { total }: Order, account: bigint): Promise<string> {
  const standing = await standingOf(tx, account);
  const own = (standing?.credit.micros ?? 0n) - (standing?.held.micros ?? 0n);
  return formatMoney(money(total.micros - (own > 0n ? own : 0n), total.currency));
}
