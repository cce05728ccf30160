import { longestPrefix, type PrefixTable, prefixTable } from '../../kernel/prefix-table.js';

/** Why a number costs more than anybody expects. */
export const guardedKinds = ['premium', 'satellite', 'international-network'] as const;
export type GuardedKind = (typeof guardedKinds)[number];

export interface GuardedRange {
  /** E.164 digits without `+`. */
  readonly prefix: string;
  /** `open`: a hole in a guarded range. */
  readonly kind: GuardedKind | 'open';
}
export type GuardedRanges = PrefixTable<GuardedRange['kind']>;

export const guardedRanges = (ranges: readonly GuardedRange[]): GuardedRanges =>
  prefixTable(new Map(ranges.map(({ prefix, kind }) => [prefix, kind])));

/** By which kind of range a call to that number (E.164, `+` optional) is barred for somebody with these allowances. */
export function barredBy(
  ranges: GuardedRanges,
  e164: string,
  allowed: ReadonlySet<GuardedKind>,
): GuardedKind | undefined {
  const digits = e164.startsWith('+') ? e164.slice(1) : e164;
  const kind = longestPrefix(ranges, digits);
  return kind === undefined || kind === 'open' || allowed.has(kind) ? undefined : kind;
}
