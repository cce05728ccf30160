import { type Currency, decimalsOf, type Money, money } from '../../kernel/money.js';

/**
 * Stripe counts in the smallest unit, but for currencies that its API knows with two decimals although they have none:
 * https://docs.stripe.com/currencies (ISK and UGX, "backward compatibility"); three-decimal amounts end in 0 there.
 */
const AS_TWO_DECIMALS: ReadonlySet<string> = new Set(['ISK', 'UGX']);

const unitOf = (currency: Currency): bigint =>
  10n ** BigInt(6 - (AS_TWO_DECIMALS.has(currency) ? 2 : decimalsOf(currency)));

/** What to ask Stripe for; undefined when the amount has a fraction that Stripe cannot take. */
export function toStripe({ micros, currency }: Money): bigint | undefined {
  const coarsest =
    AS_TWO_DECIMALS.has(currency) || decimalsOf(currency) === 0
      ? 10n ** 6n
      : decimalsOf(currency) === 3
        ? 10n ** 4n
        : unitOf(currency);
  return micros % coarsest === 0n ? micros / unitOf(currency) : undefined;
}

export const fromStripe = (amount: number, currency: Currency): Money =>
  money(BigInt(amount) * unitOf(currency), currency);
