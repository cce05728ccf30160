import type { TaxIdChecked } from '../../billing/index.js';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { type Currency, type Money, money } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import type { NumberForSale, SaleWarning } from '../../numbering/index.js';
import type { OrderKind, OrderState } from '../domain/next-action.js';
import type { Interval } from '../domain/product.js';
import type { Tier } from '../domain/tier.js';
import type { Language } from '../languages.js';
import { orderUnknown } from '../sales.failures.js';

/** Who is invoiced. */
export interface BillingAddress {
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
  readonly taxId: string | null;
  /** What was known of it when the price was told. */
  readonly taxIdChecked?: TaxIdChecked | undefined;
}
export interface AppliedTaxView {
  readonly name: string;
  readonly ppm: number;
  readonly country: string;
  readonly note: string | null;
}
/** Amounts in micro-units as text: what JSON keeps exactly. */
export interface StoredLine {
  readonly about: string;
  readonly count: number;
  readonly micros: string;
}

/** The request form: who the number will belong to. */
export interface Application {
  readonly name: string;
  readonly language: string;
  readonly area: string | null;
  /** Who answers in the countries of a company's number; where nothing is said, the company itself. */
  readonly branches?: readonly BranchWish[] | undefined;
}

export interface BranchWish {
  readonly country: string;
  readonly answer: BranchAnswer;
}
/** `telephone`: one that is proved to be the buyer's; `device`: a new one for the branch, which emergency calls find by that number. */
export type BranchAnswer =
  | { readonly by: 'company' }
  | { readonly by: 'member'; readonly memberId: string }
  | { readonly by: 'telephone'; readonly e164: string }
  | { readonly by: 'device'; readonly label: string; readonly locationNumber: string };

export interface NumberDetails {
  readonly productId: string;
  readonly number: NumberForSale;
  readonly key: string;
  readonly display: string;
  readonly region: string;
  readonly countries: readonly string[];
  readonly interval: Interval;
  readonly tier: Tier;
  readonly recurring: Money;
  readonly warnings: readonly SaleWarning[];
  readonly telephone: string | null;
  readonly proved: boolean;
  readonly application: Application | null;
}

export interface Order {
  readonly id: string;
  readonly kind: OrderKind;
  readonly state: OrderState;
  /** The account that ordered. */
  readonly buyerId: string;
  /** The member that it is for, who also pays; he may not be registered yet. */
  readonly holderId: string;
  readonly holderKind: 'person' | 'company';
  readonly country: string;
  readonly language: Language;
  readonly sellerId: string;
  readonly net: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly lines: readonly StoredLine[];
  readonly appliedTax: AppliedTaxView;
  readonly billing: BillingAddress;
  readonly until: Date | null;
  /** `until` is over: only expiry may move it. */
  readonly late: boolean;
  readonly reason: string | null;
  readonly version: number;
  readonly stateSince: Date;
  readonly createdAt: Date;
  readonly number: NumberDetails | null;
}

interface Row {
  readonly currency: Currency;
  readonly netMicros: string;
  readonly taxMicros: string;
  readonly totalMicros: string;
  readonly recurringMicros: string | null;
  readonly productId: string | null;
  readonly [name: string]: unknown;
}

export const ORDERS = `
  SELECT o.id, o.kind, o.state, o.buyer_id AS "buyerId", o.holder_id AS "holderId", o.holder_kind AS "holderKind", o.country,
         o.language, o.seller_id AS "sellerId", o.currency, o.net_micros AS "netMicros", o.tax_micros AS "taxMicros",
         o.total_micros AS "totalMicros", o.price_lines AS lines, o.tax AS "appliedTax", o.billing, o.until,
         COALESCE(o.until <= now(), false) AS late, o.reason, o.version, o.state_since AS "stateSince",
         o.created_at AS "createdAt",
         n.product_id AS "productId", n.number, n.key, n.display, n.region, n.countries, n.bill_interval AS "interval", n.tier,
         n.recurring_micros AS "recurringMicros", n.warnings, n.telephone, n.proved, n.application
    FROM shop_order o LEFT JOIN number_order n ON n.order_id = o.id`;

export function orderFrom(row: object): Order {
  const { netMicros, taxMicros, totalMicros, currency, recurringMicros, ...rest } = row as Row;
  const of = (micros: string) => money(BigInt(micros), currency);
  const { productId, number, key, display, region, countries, interval, tier, ...same } = rest;
  const { warnings, telephone, proved, application, ...order } = same;
  const details = { productId, number, key, display, region, countries, interval, tier };
  return {
    ...order,
    net: of(netMicros),
    tax: of(taxMicros),
    total: of(totalMicros),
    number:
      recurringMicros === null
        ? null
        : { ...details, recurring: of(recurringMicros), warnings, telephone, proved, application },
  } as unknown as Order;
}

export async function findOrder(sql: Sql, id: string): Promise<Result<Order, Failure>> {
  const [row] = await sql.rows(`${ORDERS} WHERE o.id = $1`, [id]);
  return row === undefined ? err(orderUnknown()) : ok(orderFrom(row));
}

/** The order, locked until the transaction ends: whatever moves it comes after or before this, never beside. */
export async function lockOrder(tx: Tx, id: string): Promise<Result<Order, Failure>> {
  const [row] = await tx.rows(`${ORDERS} WHERE o.id = $1 FOR UPDATE OF o`, [id]);
  return row === undefined ? err(orderUnknown()) : ok(orderFrom(row));
}
