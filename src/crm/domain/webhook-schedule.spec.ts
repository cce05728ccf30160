import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { waitSeconds } from './webhook-schedule.js';

test('given_failures_when_tried_again_then_later_each_time_by_chance_within_a_day_and_once_given_up', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempts, random) => {
        const wait = waitSeconds(attempts, random);
        if (attempts > 11) return wait === undefined;
        return wait !== undefined && wait >= 1 && wait <= 86_400;
      },
    ),
  );
  expect([1, 2, 3, 4, 9, 10].map((attempts) => waitSeconds(attempts, 0.999))).toEqual([
    5, 30, 120, 600, 43_178, 86_357,
  ]);
  expect(waitSeconds(4, 0)).toBe(300);
});
