import { assertNever } from './result.js';

/** `half-even` for statistics and FX, `half-up` for invoices, `up`/`down` away from/towards zero, `ceiling`/`floor` towards ±∞. */
export type Rounding = 'half-even' | 'half-up' | 'up' | 'down' | 'ceiling' | 'floor';

/** The one place where anything is rounded: numerator / denominator to a whole number. Throws on denominator 0. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const negative = numerator < 0n !== denominator < 0n;
  const twice = 2n * absolute(remainder);
  const half = absolute(denominator);
  const awayFromZero = quotient + (negative ? -1n : 1n);
  switch (rounding) {
    case 'up':
      return awayFromZero;
    case 'down':
      return quotient;
    case 'ceiling':
      return negative ? quotient : awayFromZero;
    case 'floor':
      return negative ? awayFromZero : quotient;
    case 'half-up':
      return twice >= half ? awayFromZero : quotient;
    case 'half-even':
      return twice > half || (twice === half && quotient % 2n !== 0n) ? awayFromZero : quotient;
    default:
      return assertNever(rounding);
  }
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
