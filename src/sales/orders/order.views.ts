import type { Sql } from '../../infra/db/sql.js';
import { type Currency, formatAmount, money } from '../../kernel/money.js';
import { nextAction } from '../domain/next-action.js';
import { warningsView } from '../domain/reasons.js';
import { type GoodsView, goodsOf } from '../goods/goods-of-order.js';
import type { Order } from './orders.rows.js';

export interface PaymentView {
  readonly id: string;
  readonly method: 'wallet' | 'direct';
  readonly state: string;
  readonly amount: string;
  readonly currency: string;
  readonly redirectUrl: string | null;
  readonly detail: string | null;
  readonly at: Date;
}

/** An order as its buyer sees it: with what was paid, what was packed, and what to do next. */
export async function orderView(sql: Sql, order: Order) {
  const [view] = await orderViews(sql, [order]);
  if (view === undefined) throw new Error('no view');
  return view;
}

/** Many at once: two look-ups, however many there are. */
export async function orderViews(sql: Sql, orders: readonly Order[]) {
  const ids = orders.map(({ id }) => id);
  const payments = Map.groupBy(await paymentsOf(sql, ids), ({ orderId }) => orderId);
  const goods = await goodsOf(
    sql,
    orders.filter(({ kind }) => kind === 'goods'),
  );
  return orders.map((order) => ({
    ...viewOf(order),
    ...(order.kind === 'goods' ? goodsPart(goods.get(order.id)) : numberPart(order)),
    payments: (payments.get(order.id) ?? []).map(({ orderId: _, ...payment }) => payment),
  }));
}

const viewOf = (order: Order) => ({
  id: order.id,
  kind: order.kind,
  state: order.state,
  next: { action: order.late ? 'none' : nextAction(order.kind, order.state), until: order.until },
  country: order.country,
  language: order.language,
  billing: order.billing,
  price: {
    currency: order.total.currency,
    lines: order.lines.map(({ about, count, micros }) => ({
      about,
      count,
      amount: formatAmount(money(BigInt(micros), order.total.currency)),
    })),
    net: formatAmount(order.net),
    tax: {
      name: order.appliedTax.name,
      percent: String(order.appliedTax.ppm / 10_000),
      amount: formatAmount(order.tax),
      note: order.appliedTax.note,
    },
    total: formatAmount(order.total),
    recurring:
      order.number === null
        ? null
        : { interval: order.number.interval, total: formatAmount(order.number.recurring) },
  },
  reason: order.reason,
  holderKind: order.holderKind,
  memberId: isGiven(order) ? order.holderId : null,
  createdAt: order.createdAt,
  version: order.version,
});

/** Before that the member may not be there. */
const isGiven = ({ kind, state }: Order): boolean =>
  kind === 'number' ? ['registered', 'active', 'closed'].includes(state) : !['held', 'paid'].includes(state);

function numberPart({ number, until, state }: Order) {
  if (number === null) throw new Error('an order of a number has one');
  const holding = ['held', 'awaiting-verification', 'awaiting-approval', 'approved', 'selected'];
  return {
    product: number.productId,
    number: number.number.kind === 'pin' ? number.number.areaNumber : number.number.number,
    shown: number.display,
    countries: number.countries,
    interval: number.interval,
    tier: number.tier,
    contact: number.telephone,
    proved: number.proved,
    warnings: warningsView(number.warnings),
    heldUntil: holding.includes(state) ? until : null,
  };
}

/** Every order has the same fields. */
const NO_NUMBER = {
  product: null,
  number: null,
  shown: null,
  countries: null,
  interval: null,
  tier: null,
  contact: null,
  proved: null,
  warnings: [] as ReturnType<typeof warningsView>,
  heldUntil: null,
};

const goodsPart = (goods: GoodsView | undefined) => ({
  ...NO_NUMBER,
  lines: goods?.lines ?? [],
  shipTo: goods?.shipTo ?? null,
  shipment: goods?.shipment ?? null,
});

interface PaymentRow extends PaymentView {
  readonly orderId: string;
}

async function paymentsOf(sql: Sql, orderIds: readonly string[]): Promise<readonly PaymentRow[]> {
  const rows = await sql.rows<Omit<PaymentRow, 'amount'> & { micros: string; currency: Currency }>(
    `SELECT p.id, p.order_id AS "orderId", p.method, p.state, p.amount_micros AS micros, a.currency,
            CASE WHEN p.state = 'asked' THEN t.redirect_url END AS "redirectUrl", p.detail, p.created_at AS at
       FROM order_payment p JOIN ledger_account a ON a.id = p.account_id LEFT JOIN top_up t ON t.id = p.top_up_id
      WHERE p.order_id = ANY ($1) ORDER BY p.id DESC`,
    [orderIds],
  );
  return rows.map(({ micros, ...row }) => ({
    ...row,
    amount: formatAmount(money(BigInt(micros), row.currency)),
  }));
}
