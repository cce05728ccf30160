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
  /** Per second of processor time of one core, one thread; each round's figure. */
  readonly ratingsPerCoreSecond: readonly number[];
}

const WARM_UP_ROUNDS = 2;
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
  const ratingsPerCoreSecond: number[] = [];
  let total = 0n;
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (const talk of talks) total += rate(deck, talk).amount.micros;
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) ratingsPerCoreSecond.push(Math.round((TALKS / (user + system)) * 1e6));
  }
  if (total === 0n) throw new Error('nothing was rated');
  return {
    prefixes: deck.rates.size,
    buildMs: Math.round(buildMs),
    deckMb: Math.round(deckMb),
    ratingsPerCoreSecond,
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
