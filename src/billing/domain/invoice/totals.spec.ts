import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { currency, money } from '../../../kernel/money.js';
import { shareOut, totalsOf } from './totals.js';

const USD = currency('USD');
const JPY = currency('JPY');
const usd = (micros: bigint) => money(micros, USD);

describe('the totals of an invoice', () => {
  it('given_prices_without_tax_then_the_net_is_rounded_once_and_the_tax_comes_on_top', () => {
    expect(totalsOf(usd(1_234_567n), 100_000, false)).toEqual({
      lines: usd(1_234_567n),
      net: usd(1_230_000n),
      tax: usd(120_000n),
      gross: usd(1_350_000n),
      rounding: usd(-4_567n),
    });
  });

  it('given_prices_with_tax_then_the_tax_is_contained', () => {
    expect(totalsOf(usd(11_000_000n), 100_000, true)).toMatchObject({
      net: usd(10_000_000n),
      tax: usd(1_000_000n),
      gross: usd(11_000_000n),
      rounding: usd(0n),
    });
  });

  it('given_a_currency_without_decimals_then_whole_units_are_asked_for', () => {
    expect(totalsOf(money(1_500_000n, JPY), 100_000, false)).toMatchObject({
      net: money(2_000_000n, JPY),
      tax: money(0n, JPY),
      gross: money(2_000_000n, JPY),
    });
  });

  it('always adds up, in whole minor units', () => {
    const micros = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(micros, fc.integer({ min: 0, max: 300_000 }), fc.boolean(), (lines, ppm, included) => {
        const { net, tax, gross, rounding } = totalsOf(usd(lines), ppm, included);
        expect(net.micros + tax.micros).toBe(gross.micros);
        expect([net, tax, gross].every((one) => one.micros % 10_000n === 0n)).toBe(true);
        expect((included ? gross : net).micros).toBe(lines + rounding.micros);
      }),
    );
  });

  it('shares a tax by what it stands on, whatever its sign, without a rest', () => {
    expect(shareOut(usd(10n), [3n, -1n]).map(({ micros }) => micros)).toEqual([8n, 2n]);
    expect(shareOut(usd(-10n), [0n, 0n]).map(({ micros }) => micros)).toEqual([-10n, 0n]);
  });
});
