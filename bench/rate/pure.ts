import type { DeckRow } from '../../src/billing/domain/deck-row.js';
import { type PeriodText, parsePeriod } from '../../src/billing/domain/period.js';
import { type RateDeck, rateDeck } from '../../src/billing/domain/rate-deck.js';
import { rate } from '../../src/billing/domain/rating.js';
import { currency } from '../../src/kernel/money.js';
import { sampleNumbers, seeded } from './sample.js';

export const offpeak: PeriodText = {
  name: 'offpeak',
  timeZone: 'America/New_York',
  windows: [
    { days: [1, 2, 3, 4, 5], from: '19:00', to: '07:00' },
    { days: [6, 7], from: '00:00', to: '24:00' },
  ],
};

export interface PureReport {
  readonly prefixes: number;
  readonly buildMs: number;
  readonly deckMb: number;
  /** One core, one thread; each round's figure. */
  readonly ratingsPerSecond: readonly number[];
}

const ROUNDS = 5;
const TALKS = 200_000;

/** Rating alone: no I/O, one core. A third of the rates have an off-peak price with a DST zone. */
export function measurePure(rows: readonly DeckRow[]): PureReport {
  globalThis.gc?.();
  const memoryBefore = process.memoryUsage();
  const started = performance.now();
  const deck = deckOf(rows);
  const buildMs = performance.now() - started;
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const deckMb = (heapUsed + arrayBuffers - memoryBefore.heapUsed - memoryBefore.arrayBuffers) / 2 ** 20;

  const numbers = sampleNumbers(rows, TALKS);
  const random = seeded(3);
  const year = Date.parse('2026-01-01T00:00:00Z');
  const talks = numbers.map((e164) => ({
    e164,
    onNet: false,
    answeredAt: year + Math.floor(random() * 365 * 86_400_000),
    durationMs: Math.floor(random() * 600_000),
  }));
  const ratingsPerSecond: number[] = [];
  let total = 0n;
  for (let round = 0; round <= ROUNDS; round++) {
    const from = performance.now();
    for (const talk of talks) total += rate(deck, talk).amount.micros;
    const perSecond = (TALKS / (performance.now() - from)) * 1_000;
    if (round > 0) ratingsPerSecond.push(Math.round(perSecond)); // the first warms up
  }
  if (total === 0n) throw new Error('nothing was rated');
  return {
    prefixes: deck.rates.size,
    buildMs: Math.round(buildMs),
    deckMb: Math.round(deckMb),
    ratingsPerSecond,
  };
}

function deckOf(rows: readonly DeckRow[]): RateDeck {
  const period = parsePeriod(offpeak);
  if (!period.ok) throw new Error(period.failure.message);
  const terms = {
    id: 'bench',
    currency: currency('USD'),
    roundTo: 1n,
    onNetFree: true,
    periods: [period.value],
  };
  return rateDeck(
    terms,
    rows.map((row) => ({
      ...row,
      validFrom: Number.NEGATIVE_INFINITY,
      validTo: Number.POSITIVE_INFINITY,
      firstMs: row.firstS * 1000,
      nextMs: row.nextS * 1000,
      minimumMs: row.minimumS * 1000,
      freeMs: row.freeS * 1000,
    })),
  );
}
