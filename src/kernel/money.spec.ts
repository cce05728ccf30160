import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { minorUnitDecimals } from './currencies.js';
import {
  add,
  compare,
  currency,
  decimalsOf,
  formatAmount,
  formatMoney,
  money,
  negate,
  parseMoney,
  roundToMinor,
  scale,
  split,
  subtract,
  sum,
  zero,
} from './money.js';
import { divideRounded, type Rounding } from './rounding.js';

const USD = currency('USD');
const KRW = currency('KRW');
const anyCurrency = fc.constantFrom(...[...minorUnitDecimals.keys()].map((code) => currency(code)));
const anyMicros = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n });

describe('money', () => {
  test('decimals follow ISO 4217', () => {
    expect(['KRW', 'JPY', 'USD', 'KWD', 'CLF'].map((code) => decimalsOf(currency(code)))).toEqual([
      0, 0, 2, 3, 4,
    ]);
    expect(minorUnitDecimals.size).toBe(165);
  });

  test('what is formatted reads back as the same money', () => {
    fc.assert(
      fc.property(anyMicros, anyCurrency, (micros, of) => {
        const amount = money(micros, of);
        expect(parseMoney(formatAmount(amount), of)).toEqual({ ok: true, value: amount });
      }),
    );
  });

  test('prints at least the minor unit, and nothing is lost below it', () => {
    expect(formatMoney(money(12_500_000n, USD))).toBe('12.50 USD');
    expect(formatMoney(money(-1n, USD))).toBe('-0.000001 USD');
    expect(formatMoney(money(1_200_000_000n, KRW))).toBe('1200 KRW');
    expect(formatMoney(money(5_000n, currency('KWD')))).toBe('0.005 KWD');
  });

  test('amounts that could be misread are refused', () => {
    for (const text of [
      '',
      '1,5',
      '1e3',
      '.5',
      '5.',
      '1.0000001',
      '+1',
      ' 1',
      '1'.repeat(13),
      '0x10',
      'NaN',
      '١',
    ]) {
      expect(parseMoney(text, 'USD')).toMatchObject({
        ok: false,
        failure: { code: 'money.amount-malformed' },
      });
    }
    expect(parseMoney('1', 'usd')).toMatchObject({ ok: false, failure: { code: 'money.currency-unknown' } });
    expect(parseMoney('1', 'XAU')).toMatchObject({ ok: false, failure: { code: 'money.currency-unknown' } });
    expect(() => currency('EURO')).toThrow('ISO 4217');
  });

  test('shares add up to the whole, and none is more than a micro-unit from its exact part', () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 12 })
      .filter((all) => all.some((weight) => weight > 0n));
    fc.assert(
      fc.property(anyMicros, weights, (micros, all) => {
        const shares = split(money(micros, USD), all);
        const total = all.reduce((a, b) => a + b, 0n);
        expect(sum(shares, USD).micros).toBe(micros);
        shares.forEach((share, index) => {
          const off = share.micros * total - micros * (all[index] ?? 0n);
          expect(off > -total && off < total).toBe(true);
        });
      }),
    );
  });

  test('a share of nothing is refused, and an extra micro goes to the earlier of equals', () => {
    expect(() => split(zero(USD), [0n, 0n])).toThrow('weights');
    expect(() => split(zero(USD), [2n, -1n])).toThrow('weights');
    expect(split(money(100n, USD), [1n, 1n, 1n]).map((share) => share.micros)).toEqual([34n, 33n, 33n]);
    expect(split(money(-100n, USD), [1n, 1n, 1n]).map((share) => share.micros)).toEqual([-33n, -33n, -34n]);
  });

  test('currencies never mix', () => {
    expect(() => add(zero(USD), zero(KRW))).toThrow("USD and KRW don't mix");
    expect(() => compare(zero(USD), zero(KRW))).toThrow();
    expect(compare(money(1n, USD), money(2n, USD))).toBe(-1);
    expect(subtract(money(1n, USD), money(3n, USD))).toEqual(negate(money(2n, USD)));
  });

  test('a rate per minute is charged by the second and rounded once', () => {
    expect(scale(money(10_000n, USD), 61n, 60n, 'up').micros).toBe(10_167n);
    expect(roundToMinor(money(12_345_000n, USD), 'half-even').micros).toBe(12_340_000n);
    expect(roundToMinor(money(12_345_000n, USD), 'half-up').micros).toBe(12_350_000n);
    expect(roundToMinor(money(1_500_000n, KRW), 'down').micros).toBe(1_000_000n);
  });
});

describe('rounding', () => {
  test.each<[Rounding, bigint[]]>([
    ['half-even', [-2n, -2n, -1n, 0n, 0n, 0n, 1n, 2n, 2n]],
    ['half-up', [-3n, -2n, -1n, -1n, 0n, 1n, 1n, 2n, 3n]],
    ['up', [-3n, -2n, -2n, -1n, 0n, 1n, 2n, 2n, 3n]],
    ['down', [-2n, -1n, -1n, 0n, 0n, 0n, 1n, 1n, 2n]],
    ['ceiling', [-2n, -1n, -1n, 0n, 0n, 1n, 2n, 2n, 3n]],
    ['floor', [-3n, -2n, -2n, -1n, 0n, 0n, 1n, 1n, 2n]],
  ])('%s of -10, -7, -5, -2, 0, 2, 5, 7, 10 quarters', (rounding, expected) => {
    const quarters = [-10n, -7n, -5n, -2n, 0n, 2n, 5n, 7n, 10n];
    expect(quarters.map((n) => divideRounded(n, 4n, rounding))).toEqual(expected);
    expect(quarters.map((n) => divideRounded(-n, -4n, rounding))).toEqual(expected);
  });

  test('is never a whole unit off, whichever mode', () => {
    const modes = fc.constantFrom<Rounding>('half-even', 'half-up', 'up', 'down', 'ceiling', 'floor');
    const divisor = fc.bigInt({ min: -1000n, max: 1000n }).filter((n) => n !== 0n);
    fc.assert(
      fc.property(anyMicros, divisor, modes, (n, d, mode) => {
        const off = divideRounded(n, d, mode) * d - n;
        const limit = d < 0n ? -d : d;
        expect(off > -limit && off < limit).toBe(true);
      }),
    );
  });
});
