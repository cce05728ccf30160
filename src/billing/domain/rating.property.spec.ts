import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { currency, money } from '../../kernel/money.js';
import { affordable, LONGEST_TALK_MS } from './affordable.js';
import { inverse, sameCurrency } from './conversion.js';
import { findRate, priceAt, type Rate, type RateDeck } from './rate-deck.js';
import { exactCharge, rate } from './rating.js';
import { sampleDeck, samplePeriod, sampleRate } from './sample-deck.js';

const SECOND = 1_000;
const price = fc.bigInt({ min: 0n, max: 5_000_000n });
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * SECOND);
const periods = [
  samplePeriod({
    timeZone: 'Europe/Berlin',
    windows: [{ days: [1, 2, 3, 4, 5], from: '18:00', to: '08:00' }],
  }),
  samplePeriod({ timeZone: 'America/New_York', windows: [{ days: [6, 7], from: '00:00', to: '24:00' }] }),
];
const anyRate: fc.Arbitrary<Rate> = fc
  .record({
    connectFee: price,
    perMinute: price,
    perPeriod: fc.array(fc.option(price, { nil: undefined }), { maxLength: 2 }),
    firstMs: seconds(1, 60),
    nextMs: seconds(1, 60),
    minimumMs: seconds(0, 90),
    freeMs: seconds(0, 30),
  })
  .map(sampleRate);
const anyDeck: fc.Arbitrary<RateDeck> = fc
  .tuple(anyRate, fc.constantFrom(1n, 100n, 10_000n))
  .map(([only, roundTo]) => sampleDeck([only], { roundTo, periods }));
/** Around both clock changes of both zones, and anywhere. */
const anyInstant = fc.oneof(
  ...['2026-03-08T00:00:00Z', '2026-03-29T00:00:00Z', '2026-10-25T00:00:00Z', '2026-11-01T00:00:00Z'].map(
    (day) => fc.integer({ min: Date.parse(day) - 86_400_000, max: Date.parse(day) + 86_400_000 }),
  ),
  fc.integer({ min: 0, max: Date.parse('2040-01-01T00:00:00Z') }),
);
const anyDuration = fc.oneof(
  fc.integer({ min: 0, max: 200_000 }),
  fc.integer({ min: 0, max: 7 * 3_600_000 }),
);
const number = '+82262006200';
const onlyRate = (deck: RateDeck): Rate => {
  const found = findRate(deck, number, 0);
  if (found === undefined) throw new Error('the sample deck has one rate for everything');
  return found;
};
const cost = (deck: RateDeck, answeredAt: number, durationMs: number) =>
  rate(deck, { e164: number, onNet: false, answeredAt, durationMs }).amount.micros;

describe('rating, whatever the tariff and the hour', () => {
  it('adds up: the charge is the connect fee and each increment on its own', () => {
    fc.assert(
      fc.property(anyDeck, anyInstant, anyDuration, (deck, answeredAt, durationMs) => {
        const of = onlyRate(deck);
        const { billedMs, exact } = exactCharge(deck, of, answeredAt, durationMs);
        if (billedMs === 0) return expect(exact).toBe(0n);
        let one = of.connectFee * 60_000n;
        for (let at = 0; at < billedMs; at += at === 0 ? of.firstMs : of.nextMs) {
          const length = at === 0 ? of.firstMs : of.nextMs;
          one += priceAt(deck, of, answeredAt + of.freeMs + at).perMinute * BigInt(length);
        }
        return expect(exact).toBe(one);
      }),
      { numRuns: 300 },
    );
  });

  it('never costs less for a longer talk, and never less than nothing', () => {
    fc.assert(
      fc.property(anyDeck, anyInstant, anyDuration, anyDuration, (deck, answeredAt, a, b) => {
        const [shorter, longer] = a < b ? [a, b] : [b, a];
        expect(cost(deck, answeredAt, shorter)).toBeGreaterThanOrEqual(0n);
        expect(cost(deck, answeredAt, longer)).toBeGreaterThanOrEqual(cost(deck, answeredAt, shorter));
      }),
    );
  });

  it('charges at least what was talked, at most an increment or the minimum more', () => {
    fc.assert(
      fc.property(anyDeck, anyInstant, anyDuration, (deck, answeredAt, durationMs) => {
        const of = onlyRate(deck);
        const { billedMs } = exactCharge(deck, of, answeredAt, durationMs);
        const charged = durationMs - of.freeMs;
        if (charged <= 0) return expect(billedMs).toBe(0);
        expect(billedMs).toBeGreaterThanOrEqual(charged);
        return expect(billedMs).toBeLessThan(
          Math.max(charged, of.minimumMs, 1) + Math.max(of.firstMs, of.nextMs),
        );
      }),
    );
  });

  it('is off by at most half a rounding step, however long the talk', () => {
    fc.assert(
      fc.property(anyDeck, anyInstant, anyDuration, (deck, answeredAt, durationMs) => {
        const { exact } = exactCharge(deck, onlyRate(deck), answeredAt, durationMs);
        const off = cost(deck, answeredAt, durationMs) * 60_000n - exact;
        expect(2n * (off < 0n ? -off : off)).toBeLessThanOrEqual(deck.roundTo * 60_000n);
      }),
    );
  });

  it('converts there and back without loss before rounding', () => {
    const usd = currency('USD');
    const there = { from: usd, to: currency('KRW'), numerator: 14_005n, denominator: 10n };
    expect(inverse(inverse(there))).toEqual(there);
    expect(sameCurrency(usd)).toEqual(inverse(sameCurrency(usd)));
  });
});

describe('how long an amount lasts', () => {
  it('is the longest talk that it pays: one more increment costs more', () => {
    fc.assert(
      fc.property(
        anyDeck,
        anyInstant,
        fc.bigInt({ min: 0n, max: 100_000_000n }),
        (deck, answeredAt, micros) => {
          const talk = { e164: number, onNet: false, answeredAt };
          const lasts = affordable(deck, talk, money(micros, deck.currency));
          if (lasts === undefined) throw new Error('the sample deck reaches everywhere');
          expect(cost(deck, answeredAt, lasts)).toBeLessThanOrEqual(micros);
          if (lasts < LONGEST_TALK_MS) expect(cost(deck, answeredAt, lasts + 1)).toBeGreaterThan(micros);
        },
      ),
    );
  });

  it('is unknown where the deck has no rate, unlimited where talk is free', () => {
    const deck = sampleDeck([sampleRate({ perMinute: 0n })]);
    const nothing = money(0n, deck.currency);
    const talk = { e164: number, onNet: false, answeredAt: 0 };
    expect(affordable(deck, talk, nothing)).toBe(LONGEST_TALK_MS);
    expect(affordable(deck, { ...talk, e164: '+1' }, nothing)).toBeUndefined();
    expect(affordable(deck, { ...talk, e164: '+1', onNet: true }, nothing)).toBe(LONGEST_TALK_MS);
  });
});
