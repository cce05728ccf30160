import { accountId, closeHolds, credit, debit, type Entry, post } from '../../billing/index.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Order } from './orders.rows.js';

/** Dr payer / Cr revenue and Cr the tax authority of the country that gets it. */
export async function saleEntries(tx: Tx, order: Order, account: bigint): Promise<readonly Entry[]> {
  const { currency } = order.total;
  const owner = order.kind === 'number' ? 'numbers' : 'goods';
  const revenue = await accountId(tx, { kind: 'revenue', owner, currency });
  const tax = await accountId(tx, { kind: 'tax', owner: order.appliedTax.country, currency });
  return [
    debit(account, order.total),
    ...(order.net.micros === 0n ? [] : [credit(revenue, order.net)]),
    ...(order.tax.micros === 0n ? [] : [credit(tax, order.tax)]),
  ];
}

/** What was set aside, the wallet's part and the provider's, becomes ours, once: the key is the order's. Free orders move nothing. */
export async function capture(tx: Tx, order: Order): Promise<void> {
  if (order.total.micros === 0n) return;
  const paid = await tx.rows<{ id: string; accountId: string; micros: string }>(
    `UPDATE order_payment SET state = 'captured' WHERE order_id = $1 AND state = 'held'
     RETURNING id, account_id AS "accountId", amount_micros AS micros`,
    [order.id],
  );
  const [first] = paid;
  const sum = paid.reduce((total, { micros }) => total + BigInt(micros), 0n);
  if (first === undefined || sum !== order.total.micros)
    throw new Error(`order ${order.id} has ${sum} of ${order.total.micros} set aside`);
  const ids = paid.map(({ id }) => id);
  const closed = await closeHolds(tx, ids, 'captured');
  if (closed.length !== paid.length) throw new Error(`a hold of order ${order.id} is not open`);
  const entries = await saleEntries(tx, order, BigInt(first.accountId));
  await post(tx, [{ key: `order:${order.id}`, kind: 'sale', occurredAt: new Date(), entries }]);
}
