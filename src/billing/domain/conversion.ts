import type { Currency } from '../../kernel/money.js';

/** An exchange rate of one day as an exact fraction: amount in `from` × numerator / denominator = amount in `to`. */
export interface Conversion {
  readonly from: Currency;
  readonly to: Currency;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const sameCurrency = (currency: Currency): Conversion => ({
  from: currency,
  to: currency,
  numerator: 1n,
  denominator: 1n,
});

/** The way back, without loss. */
export const inverse = (conversion: Conversion): Conversion => ({
  from: conversion.to,
  to: conversion.from,
  numerator: conversion.denominator,
  denominator: conversion.numerator,
});

/** From a decimal of PostgreSQL's `numeric`, exactly: `1400.500000000000`. Throws on anything else. */
export function conversionOf(from: Currency, to: Currency, decimal: string): Conversion {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (match === null) throw new Error(`not a decimal: ${decimal}`);
  const [, whole = '', fraction = ''] = match;
  return { from, to, numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) };
}
