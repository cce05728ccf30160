import type { Money } from '../../kernel/money.js';

/** Up to which amount, in micro-units by currency, one person is enough. */
export type OnePersonLimits = ReadonlyMap<string, bigint>;

export const takesTwo = (limits: OnePersonLimits, { currency, micros }: Money): boolean =>
  micros > (limits.get(currency) ?? 0n);
