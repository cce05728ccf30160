import { type Currency, currency as currencyOf, type Money, money } from '../../kernel/money.js';
import type { Tier } from './tier.js';

export type ProductKind = 'person' | 'company';
export type ProductForm = 'own-telephone' | 'identification' | 'company';
export type Interval = 'month' | 'year';

/** In micro-units of the product's currency, without tax. */
export interface Prices {
  readonly setup: bigint;
  readonly monthly: bigint;
  readonly yearly: bigint;
}

export interface Product {
  readonly id: string;
  readonly country: string;
  readonly kind: ProductKind;
  readonly form: ProductForm;
  readonly currency: string;
  readonly prices: Readonly<Partial<Record<Tier, Prices>>>;
  /** Of each further country; only companies' numbers have any. */
  readonly branch: Prices | undefined;
}

export interface PriceLine {
  readonly about: 'setup' | 'period' | 'branch-setup' | 'branch-period';
  readonly count: number;
  readonly amount: Money;
}

export interface Price {
  readonly lines: readonly PriceLine[];
  readonly net: Money;
  /** What comes back every month or year. */
  readonly recurring: Money;
}

/**
 * What an order costs: the set-up fees, and the first year where one pays by the year (a month is charged when it is
 * over). Undefined where the product has no price for the tier.
 */
export function priceOf(
  product: Product,
  wish: { readonly tier: Tier; readonly interval: Interval; readonly branches: number },
): Price | undefined {
  const prices = product.prices[wish.tier];
  if (prices === undefined || (wish.branches > 0 && product.branch === undefined)) return undefined;
  const unit = currencyOf(product.currency);
  const yearly = wish.interval === 'year';
  const branch = product.branch ?? { setup: 0n, monthly: 0n, yearly: 0n };
  const count = BigInt(wish.branches);
  const lines = [
    line('setup', 1, prices.setup, unit),
    ...(yearly ? [line('period', 1, prices.yearly, unit)] : []),
    ...(wish.branches > 0 ? [line('branch-setup', wish.branches, branch.setup * count, unit)] : []),
    ...(wish.branches > 0 && yearly
      ? [line('branch-period', wish.branches, branch.yearly * count, unit)]
      : []),
  ];
  const recurring = yearly ? prices.yearly + branch.yearly * count : prices.monthly + branch.monthly * count;
  const net = lines.reduce((sum, { amount }) => sum + amount.micros, 0n);
  return { lines, net: money(net, unit), recurring: money(recurring, unit) };
}

const line = (about: PriceLine['about'], count: number, micros: bigint, unit: Currency): PriceLine => ({
  about,
  count,
  amount: money(micros, unit),
});
