import { minorUnitDecimals } from './currencies.js';
import { err, type Failure, failure, ok, type Result } from './result.js';
import { divideRounded, type Rounding } from './rounding.js';

/** An amount in micro-units (one millionth of the currency's major unit), exact. Never a float, never without its currency. */
export interface Money {
  readonly micros: bigint;
  readonly currency: Currency;
}
/** An active ISO 4217 code. */
export type Currency = string & { readonly __currency: true };

export type MoneyFailure = Failure<'money.currency-unknown' | 'money.amount-malformed'>;

const MICRO_DECIMALS = 6;
const MICROS_PER_UNIT = 10n ** 6n;

/** `USD` → a currency; `money.currency-unknown` for anything that isn't an active ISO 4217 code in capitals. */
export function parseCurrency(code: string): Result<Currency, MoneyFailure> {
  if (!minorUnitDecimals.has(code)) {
    return err(
      failure('money.currency-unknown', `${JSON.stringify(code.slice(0, 8))} is not an ISO 4217 currency`, {
        hint: 'use three capital letters, for example KRW, USD or JPY',
      }),
    );
  }
  return ok(code as Currency);
}

/** A currency written in our own source: throws on a typing error. */
export function currency(code: string): Currency {
  const parsed = parseCurrency(code);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
}

/** Decimals of the currency's minor unit (ISO 4217): KRW 0, USD 2, KWD 3. */
export function decimalsOf(code: Currency): number {
  const decimals = minorUnitDecimals.get(code);
  if (decimals === undefined) throw new Error(`no such currency: ${code}`);
  return decimals;
}

export const money = (micros: bigint, of: Currency): Money => ({ micros, currency: of });
export const zero = (of: Currency): Money => money(0n, of);
export const negate = (a: Money): Money => money(-a.micros, a.currency);
export const add = (a: Money, b: Money): Money => money(a.micros + sameCurrency(a, b).micros, a.currency);
export const subtract = (a: Money, b: Money): Money => add(a, negate(b));
export const compare = (a: Money, b: Money): -1 | 0 | 1 => {
  const difference = a.micros - sameCurrency(a, b).micros;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
export const sum = (amounts: readonly Money[], of: Currency): Money => amounts.reduce(add, zero(of));

/** amount × numerator / denominator, rounded to a micro-unit: a rate per minute × seconds / 60, a share, an exchange rate. */
export function scale(amount: Money, numerator: bigint, denominator: bigint, rounding: Rounding): Money {
  return money(divideRounded(amount.micros * numerator, denominator, rounding), amount.currency);
}

/** To what can be paid or printed on an invoice: whole minor units (cents, won, fils). */
export function roundToMinor(amount: Money, rounding: Rounding): Money {
  const microsPerMinor = 10n ** BigInt(MICRO_DECIMALS - decimalsOf(amount.currency));
  return money(divideRounded(amount.micros, microsPerMinor, rounding) * microsPerMinor, amount.currency);
}

/**
 * Shares an amount by weights (non-negative, not all 0); the shares add up to it exactly. What rounding down leaves
 * goes, one micro-unit each, to the largest remainders first, then to the earlier share.
 */
export function split(amount: Money, weights: readonly bigint[]): readonly Money[] {
  const total = weights.reduce((a, b) => a + b, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n))
    throw new Error('weights must be ≥ 0 and not all 0');
  const shares = weights.map((weight, index) => {
    const floor = divideRounded(amount.micros * weight, total, 'floor');
    return { index, floor, remainder: amount.micros * weight - floor * total };
  });
  const left = amount.micros - shares.reduce((a, share) => a + share.floor, 0n);
  const lucky = shares
    .toSorted((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    )
    .slice(0, Number(left))
    .map((share) => share.index);
  return shares.map((share) => money(share.floor + (lucky.includes(share.index) ? 1n : 0n), amount.currency));
}

/** `"-12.5"` and a currency → Money. Refuses exponents, separators, more than 6 decimals and more than 12 whole digits. */
export function parseMoney(amount: string, code: string): Result<Money, MoneyFailure> {
  const parsed = parseCurrency(code);
  if (!parsed.ok) return parsed;
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/.exec(amount);
  if (match === null) {
    return err(
      failure('money.amount-malformed', 'not an amount of money', {
        hint: 'write digits with at most 6 decimals after a point, for example 12.50',
      }),
    );
  }
  const [, sign, whole = '0', fraction = ''] = match;
  const micros = BigInt(whole) * MICROS_PER_UNIT + BigInt(fraction.padEnd(MICRO_DECIMALS, '0'));
  return ok(money(sign === '-' ? -micros : micros, parsed.value));
}

/** `12.50`: exact, with at least the currency's own decimals; `parseMoney` reads it back. */
export function formatAmount(amount: Money): string {
  const positive = amount.micros < 0n ? -amount.micros : amount.micros;
  const fraction = (positive % MICROS_PER_UNIT).toString().padStart(MICRO_DECIMALS, '0');
  const shown = fraction.replace(/0+$/, '').padEnd(decimalsOf(amount.currency), '0');
  const sign = amount.micros < 0n ? '-' : '';
  return `${sign}${positive / MICROS_PER_UNIT}${shown === '' ? '' : `.${shown}`}`;
}

/** `12.50 USD`. */
export const formatMoney = (amount: Money): string => `${formatAmount(amount)} ${amount.currency}`;

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`${a.currency} and ${b.currency} don't mix: convert first`);
  return b;
}
