import { expect, it } from '@jest/globals';
import { waitBefore } from './backoff.js';

const options = { firstMs: 100, maxMs: 5000 };

it('doubles up to the cap and stays there for ever', () => {
  const most = (attempt: number) => waitBefore(attempt, options, () => 1);
  expect([0, 1, 2, 3, 4, 5, 6, 7, 1_000_000].map(most)).toEqual([
    100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000,
  ]);
});

it('is half chance, never less than half', () => {
  expect(waitBefore(6, options, () => 0)).toBe(2500);
  expect(waitBefore(6, options, () => 0.5)).toBe(3750);
});
