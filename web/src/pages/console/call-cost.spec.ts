import { describe, expect, it } from '@jest/globals';
import { costSoFar, type PriceNow } from './call-cost.js';

const price: PriceNow = {
  currency: 'USD',
  destination: 'Korea',
  connectFee: '50000',
  perMinute: '600000',
  firstMs: 30_000,
  nextMs: 6_000,
  minimumMs: 0,
  freeMs: 0,
};

describe('what a call costs so far', () => {
  it.each([
    [0, '0'],
    [1, '0.3500'],
    [30_000, '0.3500'],
    [30_001, '0.4100'],
    [60_000, '0.6500'],
  ])('given_%d_ms_then_%s_in_whole_increments', (ms, cost) => {
    expect(costSoFar(price, ms)).toBe(cost);
  });

  it('given_free_time_then_nothing_within_it_and_given_a_minimum_then_that', () => {
    expect(costSoFar({ ...price, freeMs: 10_000 }, 10_000)).toBe('0');
    expect(costSoFar({ ...price, minimumMs: 60_000 }, 1_000)).toBe('0.6500');
  });
});
