import type { Sql } from '../../infra/db/sql.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { type Words, wordsIn } from '../languages.js';
import type { BillingAddress, Order } from '../orders/orders.rows.js';
import { receiptPdf } from './receipt-pdf.js';

/** The receipt of an order whose money is ours; before that, and of free orders, there is none. */
export async function receiptOf(sql: Sql, order: Order): Promise<Result<Buffer, Failure>> {
  const [paid] = await sql.rows<{ at: Date }>(
    `SELECT occurred_at AS at FROM posting WHERE key = 'order:' || $1::text`,
    [order.id],
  );
  const [seller] = await sql.rows<BillingAddress>(
    `SELECT name, street, city, postcode, country, tax_id AS "taxId" FROM seller WHERE id = $1`,
    [order.sellerId],
  );
  if (paid === undefined || seller === undefined) return err(noReceipt());
  const titles = await titlesOf(sql, order);
  const what = await whatOf(sql, order);
  return ok(await receiptPdf({ order, seller, what, paidOn: paid.at, titles }));
}

/** What was bought, in few words of the buyer's language. */
export async function whatOf(sql: Sql, order: Order): Promise<string> {
  if (order.number !== null) return order.number.display;
  return [...(await titlesOf(sql, order)).values()].join(', ');
}

async function titlesOf(sql: Sql, order: Order): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.rows<{ id: string; title: Words }>(
    `SELECT g.id, g.title FROM goods_line l JOIN goods g ON g.id = l.goods_id WHERE l.order_id = $1 ORDER BY g.id`,
    [order.id],
  );
  return new Map(rows.map(({ id, title }) => [id, wordsIn(title, order.language)]));
}

const noReceipt = (): Failure =>
  failure('receipt.not-found', 'There is no receipt for this order (yet).', {
    hint: 'it is there when what was paid for was given',
  });
