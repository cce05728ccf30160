import { advanceRefund, askRefund, beginTopUp, findTopUp, type TopUpPort } from '../../billing/index.js';
import type { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Outbox } from '../../infra/outbox/outbox.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { MEMBERS } from '../../membership/index.js';
import { orderUnknown } from '../sales.failures.js';
import { lockOrder, type Order } from './orders.rows.js';
import { payable, settle, walletOf } from './paying.service.js';

/**
 * Begins a payment through the provider for the whole price: noted, then the provider is told with no transaction open. Asked
 * again while it is open (a double click, the back button) it is the same payment.
 */
export async function beginDirectPayment(
  db: Db,
  port: TopUpPort,
  orderId: string,
  { by, returnUrl }: { readonly by: string; readonly returnUrl: string },
): Promise<Result<undefined, Failure>> {
  const wish = await db.inTx(async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (!order.ok) return order;
    const can = payable(order.value);
    if (!can.ok) return can;
    const [open] = await tx.rows(
      `SELECT FROM order_payment p JOIN top_up t ON t.id = p.top_up_id
        WHERE p.order_id = $1 AND p.state = 'asked' AND t.state = 'pending'`,
      [orderId],
    );
    const account = await walletOf(tx, order.value);
    return ok({ account, amount: order.value.total, open: open !== undefined });
  });
  if (!wish.ok) return wish;
  const { account, amount, open } = wish.value;
  if (open) return ok(undefined);
  const begun = await beginTopUp(db.inTx.bind(db), port, { account, amount, askedBy: by, returnUrl });
  if (!begun.ok) return begun;
  await db.run(
    `INSERT INTO order_payment (id, order_id, method, account_id, amount_micros, state, top_up_id)
     VALUES ($1, $2, 'direct', $3, $4, 'asked', $5)`,
    [newId(), orderId, account, amount.micros, begun.value],
  );
  return ok(undefined);
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
  const paid = payable(order.value).ok
    ? await settle(tx, outbox, order.value, {
        paymentId: payment.id,
        account: BigInt(payment.accountId),
        by: 'provider',
      })
    : err(orderUnknown());
  if (paid.ok)
    return void (await tx.run(`UPDATE order_payment SET state = 'held' WHERE id = $1`, [payment.id]));
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
