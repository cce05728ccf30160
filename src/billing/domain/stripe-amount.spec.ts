import { describe, expect, it } from '@jest/globals';
import { currency, money } from '../../kernel/money.js';
import { fromStripe, toStripe } from './stripe-amount.js';

const of = (code: string, micros: bigint) => money(micros, currency(code));

describe("amounts in Stripe's units", () => {
  it('are the smallest unit of the currency', () => {
    expect(toStripe(of('USD', 12_340_000n))).toBe(1_234n);
    expect(toStripe(of('KRW', 5_000_000_000n))).toBe(5_000n);
    expect(toStripe(of('KWD', 1_230_000n))).toBe(1_230n);
  });

  it('have two decimals for the currencies that Stripe keeps so, and then whole units only', () => {
    expect(toStripe(of('ISK', 100_000_000n))).toBe(10_000n);
    expect(toStripe(of('UGX', 100_500_000n))).toBeUndefined();
  });

  it('are refused when they are finer than Stripe takes', () => {
    expect(toStripe(of('USD', 12_345_000n))).toBeUndefined();
    expect(toStripe(of('KWD', 1_231_000n))).toBeUndefined();
  });

  it('come back as what was asked', () => {
    for (const amount of [
      of('USD', 12_340_000n),
      of('JPY', 3_000_000n),
      of('ISK', 100_000_000n),
      of('BHD', 1_230_000n),
    ])
      expect(fromStripe(Number(toStripe(amount)), amount.currency)).toEqual(amount);
  });
});
