import { currency } from '../../kernel/money.js';
import { type Period, type PeriodText, parsePeriod } from './period.js';
import { type Rate, type RateDeck, rateDeck } from './rate-deck.js';

/** A rate for specs: 0.06 per minute by the second, always valid, nothing else, unless said otherwise. */
export const sampleRate = (changes: Partial<Rate> = {}): Rate => ({
  prefix: '82',
  destination: 'Korea',
  validFrom: Number.NEGATIVE_INFINITY,
  validTo: Number.POSITIVE_INFINITY,
  connectFee: 0n,
  perMinute: 60_000n,
  perPeriod: [],
  firstMs: 1_000,
  nextMs: 1_000,
  minimumMs: 0,
  freeMs: 0,
  ...changes,
});

/** A deck for specs: USD, exact to the micro-unit, on-net free. */
export const sampleDeck = (rates: readonly Rate[], terms: Partial<RateDeck> = {}): RateDeck =>
  rateDeck(
    { id: 'sample', currency: currency('USD'), roundTo: 1n, onNetFree: true, periods: [], ...terms },
    rates,
  );

/** A period for specs; throws on a typing error. */
export function samplePeriod(text: Omit<PeriodText, 'name'>): Period {
  const parsed = parsePeriod({ name: 'sample', ...text });
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
}
