import { hasTaxId, taxOfSale } from '../../billing/index.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { type Currency, money } from '../../kernel/money.js';
import { err, type Failure, type Result } from '../../kernel/result.js';
import type { Buyer } from '../orders/buyer.js';
import { mayHoldMore } from '../orders/holds-of-buyer.js';
import { insertOrder } from '../orders/insert-order.js';
import { moveOrder } from '../orders/move.js';
import type { GoodsWish } from '../orders/order.requests.js';
import { findOrder, lockOrder, type Order } from '../orders/orders.rows.js';
import { countryUnknown, goodsUnknown, orderGone, soldOut } from '../sales.failures.js';
import { settingsOf } from '../settings.js';
import { takePieces } from './stock.service.js';

interface Priced {
  readonly goods: string;
  readonly count: number;
  readonly micros: bigint;
  readonly currency: Currency;
}

/** Orders goods at the shop's price and sets the pieces aside until they are paid, or the time is over. */
export async function orderGoods(tx: Tx, wish: GoodsWish, buyer: Buyer): Promise<Result<Order, Failure>> {
  const [shop] = await tx.rows<{ sellerId: string }>(
    'SELECT seller_id AS "sellerId" FROM shop_country WHERE country = $1',
    [wish.country],
  );
  if (shop === undefined) return err(countryUnknown(wish.country));
  const may = await mayHoldMore(tx, buyer.accountId);
  if (!may.ok) return may;
  const priced = await pricesOf(tx, wish);
  if (!priced.ok) return priced;
  const lines = priced.value;
  const [first] = lines;
  if (first === undefined) throw new Error('an order of nothing');
  const net = money(
    lines.reduce((sum, { micros, count }) => sum + micros * BigInt(count), 0n),
    first.currency,
  );
  const taxed = await taxOfSale(tx, {
    sellerId: shop.sellerId,
    net,
    buyerCountry: wish.billing.country,
    buyerHasTaxId: hasTaxId(wish.billing),
    day: new Date().toISOString().slice(0, 10),
  });
  if (!taxed.ok) return taxed;
  const id = newId();
  const { payMinutes } = await settingsOf(tx);
  await insertOrder(tx, {
    id,
    kind: 'goods',
    state: 'held',
    buyer,
    holderKind: buyer.companyId === null ? 'person' : 'company',
    country: wish.country,
    language: wish.language,
    sellerId: shop.sellerId,
    taxed: taxed.value,
    lines: lines.map(({ goods, count, micros }) => ({
      about: goods,
      count,
      micros: String(micros * BigInt(count)),
    })),
    billing: wish.billing,
    minutes: payMinutes,
  });
  for (const { goods, count, micros } of lines) {
    await tx.run('INSERT INTO goods_line (order_id, goods_id, count, price_micros) VALUES ($1, $2, $3, $4)', [
      id,
      goods,
      count,
      micros,
    ]);
    if (!(await takePieces(tx, id, { goods, count }))) return err(soldOut(goods));
  }
  await tx.run('INSERT INTO shipment (order_id, ship_to) VALUES ($1, $2)', [id, wish.shipTo]);
  return findOrder(tx, id);
}

async function pricesOf(tx: Tx, wish: GoodsWish): Promise<Result<readonly Priced[], Failure>> {
  const rows = await tx.rows<{ goods: string; micros: string; currency: Currency }>(
    `SELECT g.id AS goods, p.price_micros AS micros, p.currency FROM goods g JOIN goods_price p ON p.goods_id = g.id
      WHERE g.on_sale AND p.country = $1 AND g.id = ANY ($2)`,
    [wish.country, wish.lines.map(({ goods }) => goods)],
  );
  const [first] = rows;
  // In the order of their ids, so that two orders never wait for each other's pieces in a circle.
  const lines = wish.lines.toSorted((a, b) => (a.goods < b.goods ? -1 : 1));
  const priced: Priced[] = [];
  for (const { goods, count } of lines) {
    const row = rows.find((one) => one.goods === goods && one.currency === first?.currency);
    if (row === undefined) return err(goodsUnknown(goods));
    priced.push({ goods, count, micros: BigInt(row.micros), currency: row.currency });
  }
  return { ok: true, value: priced };
}

/** The buyer wants to send it back: an operator takes it in, or says why not. */
export async function askReturn(
  tx: Tx,
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string | null },
): Promise<Result<Order, Failure>> {
  const order = await lockOrder(tx, id);
  if (!order.ok) return order;
  if (order.value.late) return err(orderGone());
  return moveOrder(tx, order.value, { event: 'ask-return', to: 'return-asked', by, reason, minutes: null });
}
