import type { Money } from '../../kernel/money.js';
import { type Conversion, sameCurrency } from './conversion.js';
import { findRate, type RateDeck } from './rate-deck.js';
import { rate, type Talk } from './rating.js';

/** Money is set aside for this much talk at a time: rarely enough to cost little, often enough to leave other calls room. */
export const SLICE_MS = 180_000;

/** What to ask of `openHold` and `extendHold`: both amounts are for the whole talk so far and on. */
export interface SliceWish {
  readonly wanted: Money;
  readonly least: Money;
}

/**
 * What a talk needs held to go on beyond the `coveredMs` that are held already (0 at set-up): a whole slice if it can be
 * had, at least one more increment that costs something (free seconds alone are no reason to let an empty account call:
 * whoever is cut late after them owes the first increment). Undefined when the deck has no rate. Free talk needs 0.
 */
export function sliceAfter(
  deck: RateDeck,
  talk: Omit<Talk, 'durationMs'>,
  coveredMs: number,
  conversion: Conversion = sameCurrency(deck.currency),
): SliceWish | undefined {
  const freeMs = findRate(deck, talk.e164, talk.answeredAt)?.freeMs ?? 0;
  const from = Math.max(coveredMs, freeMs);
  const wanted = rate(deck, { ...talk, durationMs: from + SLICE_MS }, conversion);
  const least = rate(deck, { ...talk, durationMs: from + 1 }, conversion);
  return wanted.kind === 'unrated' ? undefined : { wanted: wanted.amount, least: least.amount };
}
