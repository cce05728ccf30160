import { describe, expect, it } from '@jest/globals';
import { currency } from '../../kernel/money.js';
import { type Rate, rateDeck } from './rate-deck.js';
import { rate, type Talk } from './rating.js';
import { sampleDeck, samplePeriod, sampleRate } from './sample-deck.js';

const at = (iso: string) => Date.parse(iso);
const noon = at('2026-11-23T12:00:00Z');
const talk = (changes: Partial<Talk> = {}): Talk => ({
  e164: '+82262006200',
  onNet: false,
  answeredAt: noon,
  durationMs: 60_000,
  ...changes,
});
const micros = (of: Partial<Rate>, durationMs: number) =>
  rate(sampleDeck([sampleRate(of)]), talk({ durationMs })).amount.micros;

describe('rating a talk', () => {
  it('charges by the longest prefix in force at the answer', () => {
    const deck = sampleDeck([
      sampleRate(),
      sampleRate({ prefix: '8210', perMinute: 120_000n, validFrom: noon + 1 }),
      sampleRate({ prefix: '8210', perMinute: 90_000n, validTo: noon - 1000 }),
    ]);
    expect(rate(deck, talk({ e164: '+821012345678' })).amount.micros).toBe(60_000n);
    expect(rate(deck, talk({ e164: '+821012345678', answeredAt: noon + 1 })).amount.micros).toBe(120_000n);
    expect(rate(deck, talk({ e164: '821012345678', answeredAt: noon - 1001 })).amount.micros).toBe(90_000n);
  });

  it('takes the rate that began last when two are in force', () => {
    const deck = sampleDeck([sampleRate({ validFrom: 0 }), sampleRate({ validFrom: 1, perMinute: 1n })]);
    expect(rate(deck, talk()).amount.micros).toBe(1n);
  });

  it('keeps the rate of the answer when the tariff changes during the call', () => {
    const deck = sampleDeck([
      sampleRate({ validTo: noon + 30_000 }),
      sampleRate({ validFrom: noon + 30_000, perMinute: 999_999n }),
    ]);
    expect(rate(deck, talk()).amount.micros).toBe(60_000n);
  });

  it('says so when the deck does not reach the number, and charges nothing', () => {
    expect(rate(sampleDeck([sampleRate()]), talk({ e164: '+12025550100' }))).toMatchObject({
      kind: 'unrated',
      amount: { micros: 0n },
    });
  });

  it('charges begun increments in full: 30/6', () => {
    const of = { firstMs: 30_000, nextMs: 6_000 };
    expect(micros(of, 1)).toBe(30_000n);
    expect(micros(of, 30_000)).toBe(30_000n);
    expect(micros(of, 30_001)).toBe(36_000n);
    expect(micros(of, 36_000)).toBe(36_000n);
    expect(micros(of, 61_000)).toBe(66_000n);
  });

  it('charges nothing for an answered call of zero length, not even the connect fee', () => {
    expect(micros({ connectFee: 5_000n }, 0)).toBe(0n);
    expect(micros({ connectFee: 5_000n }, 1)).toBe(6_000n);
  });

  it('raises short talks to the minimum', () => {
    expect(micros({ minimumMs: 20_000 }, 3_000)).toBe(20_000n);
    expect(micros({ minimumMs: 20_000 }, 21_000)).toBe(21_000n);
  });

  it('gives free seconds first, and lets a call that ends within them off altogether', () => {
    const of = { freeMs: 10_000, connectFee: 5_000n, firstMs: 6_000, nextMs: 6_000 };
    expect(micros(of, 10_000)).toBe(0n);
    expect(micros(of, 10_001)).toBe(11_000n);
    expect(micros(of, 17_000)).toBe(17_000n);
  });

  it('makes calls that stay on the net free only where the deck says so', () => {
    const rates = [sampleRate({ connectFee: 1n })];
    expect(rate(sampleDeck(rates), talk({ onNet: true }))).toMatchObject({
      kind: 'on-net',
      amount: { micros: 0n },
    });
    expect(rate(sampleDeck(rates, { onNetFree: false }), talk({ onNet: true })).kind).toBe('rated');
  });

  it('rounds once, half up, to what the deck says', () => {
    // 1 second of 0.000090 per minute is 1.5 micro-units.
    expect(micros({ perMinute: 90n }, 1_000)).toBe(2n);
    expect(micros({ perMinute: 89n }, 1_000)).toBe(1n);
    const cents = sampleDeck([sampleRate()], { roundTo: 10_000n });
    expect(rate(cents, talk({ durationMs: 14_000 })).amount.micros).toBe(10_000n);
    expect(rate(cents, talk({ durationMs: 15_000 })).amount.micros).toBe(20_000n);
  });

  it('converts into the payer’s currency within the same rounding', () => {
    const usd = currency('USD');
    const krw = currency('KRW');
    const deck = sampleDeck([sampleRate({ perMinute: 90n })]);
    const byDay = { from: usd, to: krw, numerator: 14_005n, denominator: 10n };
    // 1.5 micro-USD × 1400.5 = 2100.75; rounding the dollars first would have given 2801.
    expect(rate(deck, talk({ durationMs: 1_000 }), byDay).amount).toEqual({ micros: 2_101n, currency: krw });
  });
});

describe('rating with periods', () => {
  const offpeak = samplePeriod({
    timeZone: 'America/New_York',
    windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '19:00', to: '07:00' }],
  });
  const deck = (changes: Partial<Rate> = {}) =>
    sampleDeck([sampleRate({ perPeriod: [6_000n], ...changes })], { periods: [offpeak] });
  const from = (iso: string, durationMs: number, changes?: Partial<Rate>) =>
    rate(deck(changes), talk({ answeredAt: at(iso), durationMs })).amount.micros;

  it('prices each increment by the period in which it starts', () => {
    // 19:00 in New York is midnight UTC in winter.
    expect(from('2026-11-23T23:59:30Z', 60_000)).toBe(30_000n + 3_000n);
    expect(from('2026-11-23T23:59:30Z', 120_000, { firstMs: 60_000, nextMs: 60_000 })).toBe(66_000n);
  });

  it('goes over midnight without a seam', () => {
    expect(from('2026-11-24T04:59:00Z', 120_000)).toBe(12_000n); // 23:59 to 00:01, all off-peak
  });

  it('follows the clock change: the same instant in UTC is peak in summer and off-peak in winter', () => {
    expect(from('2026-07-01T23:00:00Z', 60_000)).toBe(6_000n); // 19:00 EDT
    expect(from('2026-12-01T23:00:00Z', 60_000)).toBe(60_000n); // 18:00 EST
  });

  it('talks through the night of a clock change are charged by what the clock shows', () => {
    // 2026-03-08: 06:59 EST … 07:00 EDT is only 11 hours after 19:00.
    expect(from('2026-03-08T00:00:00Z', 11 * 3_600_000 + 60_000)).toBe(11n * 60n * 6_000n + 60_000n);
    // 2026-11-01: 19:00 EDT to 07:00 EST takes 13 hours.
    expect(from('2026-10-31T23:00:00Z', 13 * 3_600_000 + 60_000)).toBe(13n * 60n * 6_000n + 60_000n);
  });

  it('lets the first period that has a price and covers the instant count', () => {
    const always = samplePeriod({
      timeZone: 'UTC',
      windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
    });
    const two = rateDeck({ ...deck(), periods: [offpeak, always] }, [
      sampleRate({ perPeriod: [6_000n, 1n] }),
    ]);
    expect(rate(two, talk({ answeredAt: at('2026-11-24T00:00:00Z') })).amount.micros).toBe(6_000n);
    expect(rate(two, talk({ answeredAt: noon })).amount.micros).toBe(1n); // 07:00: no longer off-peak
  });
});
