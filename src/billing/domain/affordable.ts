import type { Money } from '../../kernel/money.js';
import { type Conversion, sameCurrency } from './conversion.js';
import { findRate, type RateDeck } from './rate-deck.js';
import { rate, type Talk } from './rating.js';

/** Nobody talks longer than this in one go; it also bounds what a free call is asked about. */
export const LONGEST_TALK_MS = 24 * 3_600_000;

/**
 * How long (ms, whole increments, at most `LONGEST_TALK_MS`) somebody may talk for `amount`, connect fee and minimum
 * included; only the free time when it doesn't buy the first increment, so 0 on most rates. Undefined when the deck has
 * no rate for the number.
 */
export function affordable(
  deck: RateDeck,
  talk: Omit<Talk, 'durationMs'>,
  amount: Money,
  conversion: Conversion = sameCurrency(deck.currency),
): number | undefined {
  const cost = (durationMs: number) => rate(deck, { ...talk, durationMs }, conversion);
  const longest = cost(LONGEST_TALK_MS);
  if (longest.kind === 'unrated') return undefined;
  if (longest.amount.micros <= amount.micros) return LONGEST_TALK_MS;
  const found = findRate(deck, talk.e164, talk.answeredAt);
  if (found === undefined) return undefined;
  const lengthOf = (increments: number) =>
    increments === 0 ? found.freeMs : found.freeMs + found.firstMs + (increments - 1) * found.nextMs;
  let bought = 0;
  let refused = Math.ceil(LONGEST_TALK_MS / Math.min(found.firstMs, found.nextMs)) + 1;
  while (refused - bought > 1) {
    const middle = Math.floor((bought + refused) / 2);
    if (cost(lengthOf(middle)).amount.micros <= amount.micros) bought = middle;
    else refused = middle;
  }
  return Math.min(LONGEST_TALK_MS, lengthOf(bought));
}
