import { type DeskProduct, PRICES, type Prices, TIERS, type Words } from './catalogue-contract.js';

/** A price as it is typed; all three empty: not sold at this tier. */
export interface ProductValues {
  readonly title: Words;
  readonly body: Words;
  readonly onSale: boolean;
  readonly prices: Readonly<Record<(typeof TIERS)[number], Prices>>;
  readonly branch: Prices;
}

const NONE: Prices = { setup: '', monthly: '', yearly: '' };

export const valuesOf = ({ title, body, onSale, prices, branch }: DeskProduct): ProductValues => ({
  title,
  body,
  onSale,
  prices: Object.fromEntries(
    TIERS.map((tier) => [tier, pricesOf(prices.find((one) => one.tier === tier) ?? NONE)]),
  ) as ProductValues['prices'],
  branch: pricesOf(branch ?? NONE),
});

const pricesOf = ({ setup, monthly, yearly }: Prices): Prices => ({ setup, monthly, yearly });

/** The body of `PUT /v1/shop/products/:id`: what stands empty is not sent. */
export function bodyOf(product: DeskProduct, values: ProductValues) {
  const { country, kind, form, currency } = product;
  const { title, body, onSale, prices, branch } = values;
  return {
    country,
    kind,
    form,
    currency,
    title: filled(title),
    body: filled(body),
    onSale,
    prices: Object.fromEntries(
      TIERS.filter((tier) => PRICES.some((name) => prices[tier][name].trim() !== '')).map((tier) => [
        tier,
        trimmed(prices[tier]),
      ]),
    ),
    ...(form === 'company' ? { branch: trimmed(branch) } : {}),
  };
}

const trimmed = (prices: Prices): Prices => ({
  setup: prices.setup.trim(),
  monthly: prices.monthly.trim(),
  yearly: prices.yearly.trim(),
});

/** Languages with something in them. */
export const filled = (words: Words): Words =>
  Object.fromEntries(
    Object.entries(words).flatMap(([language, text]) =>
      text.trim() === '' ? [] : [[language, text.trim()]],
    ),
  );
