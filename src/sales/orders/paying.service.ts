import { accountId, closeHolds, holdOwnMoney, standingOf } from '../../billing/index.js';
import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Outbox } from '../../infra/outbox/outbox.js';
import { newId } from '../../kernel/ids.js';
import { formatMoney, type Money, money } from '../../kernel/money.js';
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

/** What of the order is set aside already, in micro-units: a part that the wallet had. */
export async function setAside(tx: Tx, orderId: string): Promise<bigint> {
  const [row] = await tx.rows<{ micros: string }>(
    `SELECT COALESCE(sum(amount_micros), 0)::bigint AS micros FROM order_payment WHERE order_id = $1 AND state = 'held'`,
    [orderId],
  );
  return BigInt(row?.micros ?? 0);
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
  const rest = order.value.total.micros - (await setAside(tx, id));
  const paid = await settle(tx, outbox, order.value, { paymentId, account, by });
  if (paid.ok) await noteFromWallet(tx, { id: paymentId, orderId: id, account, micros: rest });
  return paid;
}

/** Sets aside what the wallet has, at most the whole price: the rest is paid by the provider. Returns what is left to pay. */
export async function setWalletAside(tx: Tx, order: Order): Promise<bigint> {
  const left = order.total.micros - (await setAside(tx, order.id));
  const account = await walletOf(tx, order);
  const own = await ownMoneyOf(tx, account);
  if (own <= 0n) return left;
  const covers = own >= left;
  const micros = covers ? left : own;
  const id = newId();
  if (!(await holdOwnMoney(tx, { id, accountId: account, micros }))) return left;
  await noteFromWallet(tx, { id, orderId: order.id, account, micros });
  return left - micros;
}

interface FromWallet {
  readonly id: string;
  readonly orderId: string;
  readonly account: bigint;
  readonly micros: bigint;
}
const noteFromWallet = (tx: Tx, { id, orderId, account, micros }: FromWallet): Promise<number> =>
  tx.run(
    `INSERT INTO order_payment (id, order_id, method, account_id, amount_micros, state)
     SELECT $1, $2, 'wallet', $3, $4, 'held' WHERE $4::bigint > 0`,
    [id, orderId, account, micros],
  );

/** The order is over before all of it was paid: what was set aside for it is the wallet's again. */
export async function releasePart(tx: Tx, orderId: string): Promise<void> {
  const parts = await tx.rows<{ id: string }>(
    `UPDATE order_payment SET state = 'released' WHERE order_id = $1 AND state = 'held' RETURNING id`,
    [orderId],
  );
  const ids = parts.map(({ id }) => id);
  await closeHolds(tx, ids, 'released');
}

/** Sets aside what is left of the price and moves the order on; nothing of it is done when one of it cannot be. */
export async function settle(
  tx: Tx,
  outbox: Outbox,
  order: Order,
  { paymentId, account, by }: { readonly paymentId: string; readonly account: bigint; readonly by: string },
): Promise<Result<Order, Failure>> {
  const micros = order.total.micros - (await setAside(tx, order.id));
  const held = micros === 0n || (await holdOwnMoney(tx, { id: paymentId, accountId: account, micros }));
  if (!held) return err(walletTooLow(await missing(tx, account, money(micros, order.total.currency))));
  if (order.kind === 'number' && !(await keepNumber(tx, order.id, null))) {
    // Whoever goes on in this transaction (money that came too late) must not find it set aside.
    await closeHolds(tx, [paymentId], 'released');
    return err(orderGone());
  }
  const paid = await moveOrder(tx, order, { event: 'pay', to: 'paid', by, minutes: null });
  if (paid.ok) await outbox.add(tx, event('order.paid', { orderId: order.id, kind: order.kind }));
  return paid;
}

async function missing(tx: Tx, account: bigint, price: Money): Promise<string> {
  const own = await ownMoneyOf(tx, account);
  return formatMoney(money(price.micros - (own > 0n ? own : 0n), price.currency));
}

async function ownMoneyOf(tx: Tx, account: bigint): Promise<bigint> {
  const standing = await standingOf(tx, account);
  return (standing?.credit.micros ?? 0n) - (standing?.held.micros ?? 0n);
}
