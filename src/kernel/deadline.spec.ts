import { expect, test } from '@jest/globals';
import { ManualClock } from './clock.js';
import { withDeadline } from './deadline.js';

test('an answer in time is the answer, and its timer is taken back', async () => {
  const clock = new ManualClock();
  expect(await withDeadline(Promise.resolve(7), 100, clock)).toBe(7);
  await expect(withDeadline(Promise.reject(new Error('no')), 100, clock)).rejects.toThrow('no');
  expect(clock.pending).toBe(0);
});

test('silence ends as an error when the time is over', async () => {
  const clock = new ManualClock();
  const waiting = withDeadline(new Promise(() => {}), 100, clock);
  clock.advance(100);
  await expect(waiting).rejects.toThrow('no answer within 100 ms');
});
