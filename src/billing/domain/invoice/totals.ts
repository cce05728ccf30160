import { type Money, money, roundToMinor, scale, split, subtract } from '../../../kernel/money.js';

/** What an invoice asks for, in what can be paid: gross = net + tax. `rounding` is what that is more than the exact lines. */
export interface Totals {
  /** Exact sum of the lines, to the micro-unit. */
  readonly lines: Money;
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
  readonly rounding: Money;
}

const WHOLE = 1_000_000n;

/**
 * Rounds once per invoice, half up to the minor unit: prices without tax make the net and the tax is added; prices with tax
 * make the gross and the tax is contained. `ppm`: the tax rate in millionths.
 */
export function totalsOf(lines: Money, ppm: number, taxIncluded: boolean): Totals {
  const rounded = roundToMinor(lines, 'half-up');
  const rate = BigInt(ppm);
  const rounding = subtract(rounded, lines);
  if (!taxIncluded) {
    const tax = roundToMinor(scale(rounded, rate, WHOLE, 'half-up'), 'half-up');
    return { lines, net: rounded, tax, gross: money(rounded.micros + tax.micros, lines.currency), rounding };
  }
  const tax = roundToMinor(scale(rounded, rate, WHOLE + rate, 'half-up'), 'half-up');
  return { lines, net: subtract(rounded, tax), tax, gross: rounded, rounding };
}

/** Shares an amount by weights of any sign; the parts add up to it. By the first part alone where the weights add up to 0. */
export function shareOut(amount: Money, weights: readonly bigint[]): readonly Money[] {
  const sizes = weights.map((weight) => (weight < 0n ? -weight : weight));
  if (sizes.every((size) => size === 0n))
    return weights.map((_, index) => money(index === 0 ? amount.micros : 0n, amount.currency));
  return split(amount, sizes);
}
