import {
  advanceRefund,
  askRefund,
  findTopUp,
  noteTopUp,
  type TopUpPort,
  tellOfTopUp,
} from '../../billing/index.js';
import type { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Outbox } from '../../infra/outbox/outbox.js';
import { newId } from '../../kernel/ids.js';
import { type Money, money } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { MEMBERS } from '../../membership/index.js';
import { orderUnknown } from '../sales.failures.js';
import { lockOrder, type Order } from './orders.rows.js';
import { payable, setAside, settle, setWalletAside, walletOf } from './paying.service.js';

/**
 * Begins a payment through the provider: noted with its order, then the provider is told with no transaction open, then its
 * answer is noted. With `walletFirst` what the wallet has is set aside at once, and the provider is asked for the rest. Asked again
 * while it is open (a double click, the back button, an answer that was lost) it is the same payment, told under the same key.
 */
export async function beginDirectPayment(
  db: Db,
  outbox: Outbox,
  port: TopUpPort,
  orderId: string,
  wish: { readonly by: string; readonly returnUrl: string; readonly walletFirst: boolean },
): Promise<Result<undefined, Failure>> {
  const noted = await db.inTx((tx) => noteDirectPayment(tx, outbox, port, orderId, wish));
  if (!noted.ok || noted.value === 'nothing-left') return noted.ok ? ok(undefined) : noted;
  const { id, amount, begun } = noted.value;
  if (begun) return ok(undefined);
  const told = await tellOfTopUp(db.inTx.bind(db), port, { id, amount, returnUrl: wish.returnUrl });
  return told.ok ? ok(undefined) : told;
}

interface Noted {
  readonly id: string;
  readonly amount: Money;
  /** The provider has answered: the payer knows where to pay. */
  readonly begun: boolean;
}

async function noteDirectPayment(
  tx: Tx,
  outbox: Outbox,
  port: TopUpPort,
  orderId: string,
  {
    by,
    returnUrl,
    walletFirst,
  }: { readonly by: string; readonly returnUrl: string; readonly walletFirst: boolean },
): Promise<Result<Noted | 'nothing-left', Failure>> {
  const order = await lockOrder(tx, orderId);
  if (!order.ok) return order;
  const can = payable(order.value);
  if (!can.ok) return can;
  const { currency } = order.value.total;
  const [open] = await tx.rows<{ id: string; micros: string; begun: boolean }>(
    `SELECT t.id, t.amount_micros AS micros, t.state = 'pending' AS begun FROM order_payment p JOIN top_up t ON t.id = p.top_up_id
      WHERE p.order_id = $1 AND p.state = 'asked' AND t.state IN ('asked', 'pending')`,
    [orderId],
  );
  if (open !== undefined) return ok({ ...open, amount: money(BigInt(open.micros), currency) });
  const left = walletFirst
    ? await setWalletAside(tx, order.value)
    : order.value.total.micros - (await setAside(tx, orderId));
  const account = await walletOf(tx, order.value);
  if (left === 0n) {
    const paid = await settle(tx, outbox, order.value, { paymentId: newId(), account, by });
    return paid.ok ? ok('nothing-left') : paid;
  }
  const amount = money(left, currency);
  const topUp = await noteTopUp(tx, port, { account, amount, askedBy: by, returnUrl });
  if (!topUp.ok) return topUp;
  await tx.run(
    `INSERT INTO order_payment (id, order_id, method, account_id, amount_micros, state, top_up_id)
     VALUES ($1, $2, 'direct', $3, $4, 'asked', $5)`,
    [newId(), orderId, account, left, topUp.value],
  );
  return ok({ id: topUp.value, amount, begun: false });
}

/** Told by billing, once for each payment's end; may be asked again. What it asks to give back is told by `tellProvider`. */
export async function settleDirectPayment(
  tx: Tx,
  outbox: Outbox,
  { topUpId, outcome }: { readonly topUpId: string; readonly outcome: 'paid' | 'failed' | 'expired' },
  tellProvider: (refundId: string) => void,
): Promise<void> {
  const [known] = await tx.rows<{ orderId: string }>(
    'SELECT order_id AS "orderId" FROM order_payment WHERE top_up_id = $1',
    [topUpId],
  );
  if (known === undefined) return;
  const order = await lockOrder(tx, known.orderId);
  const [payment] = await tx.rows<{ id: string; accountId: string; state: string }>(
    `SELECT id, account_id AS "accountId", state FROM order_payment WHERE top_up_id = $1 FOR UPDATE`,
    [topUpId],
  );
  if (!order.ok || payment === undefined || !['asked', 'failed'].includes(payment.state)) return;
  if (outcome !== 'paid')
    return void (await tx.run(`UPDATE order_payment SET state = 'failed', detail = $2 WHERE id = $1`, [
      payment.id,
      outcome,
    ]));
  // What the wallet has given since counts: of the provider's money only the rest is needed.
  const rest = order.value.total.micros - (await setAside(tx, order.value.id));
  const paid = payable(order.value).ok
    ? await settle(tx, outbox, order.value, {
        paymentId: payment.id,
        account: BigInt(payment.accountId),
        by: 'provider',
      })
    : err(orderUnknown());
  if (paid.ok)
    return void (await tx.run(`UPDATE order_payment SET state = 'held', amount_micros = $2 WHERE id = $1`, [
      payment.id,
      rest,
    ]));
  await keepOrReturn(tx, order.value, { paymentId: payment.id, topUpId }, tellProvider);
}

/** Money that no order waits for (any more): a member finds it in his wallet, anybody else gets it back the way it came. */
async function keepOrReturn(
  tx: Tx,
  order: Order,
  { paymentId, topUpId }: { readonly paymentId: string; readonly topUpId: string },
  tellProvider: (refundId: string) => void,
): Promise<void> {
  const topUp = await findTopUp(tx, topUpId);
  if (topUp === undefined) throw new Error(`top-up ${topUpId} is gone`);
  const detail = 'the money came when the order did not wait for it (any more)';
  const refund =
    (await MEMBERS.one(tx, { id: order.holderId })) !== undefined
      ? undefined
      : await askRefund(tx, { topUpId, amount: topUp.amount, askedBy: 'shop' });
  const refundId = refund?.ok ? refund.value : null;
  await tx.run('UPDATE order_payment SET state = $2, refund_id = $3, detail = $4 WHERE id = $1', [
    paymentId,
    refundId === null ? 'credited' : 'refunding',
    refundId,
    detail,
  ]);
  if (refundId !== null) tx.afterCommit(() => tellProvider(refundId));
}

/** Tells the provider of a refund, with no transaction open. Lost on the way, billing's own sweep tells it within minutes. */
export const tellProviderOf = (db: Db, port: TopUpPort, refundId: string): Promise<unknown> =>
  advanceRefund(db.inTx.bind(db), db, port, refundId);
