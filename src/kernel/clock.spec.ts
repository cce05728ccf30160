import { describe, expect, test } from '@jest/globals';
import { ManualClock } from './clock.js';

describe('manual clock', () => {
  test('timers fire in the order of their time, and see that time', () => {
    const clock = new ManualClock();
    const seen: string[] = [];
    clock.after(30, () => seen.push(`second at ${clock.elapsed()}`));
    clock.after(10, () => {
      seen.push(`first at ${clock.elapsed()}`);
      clock.after(5, () => seen.push(`nested at ${clock.elapsed()}`));
    });
    clock.advance(29);
    expect(seen).toEqual(['first at 10', 'nested at 15']);
    clock.advance(1);
    expect(seen).toEqual(['first at 10', 'nested at 15', 'second at 30']);
    expect(clock.pending).toBe(0);
  });

  test('a cancelled timer never fires', () => {
    const clock = new ManualClock();
    const cancel = clock.after(10, () => {
      throw new Error('fired');
    });
    cancel();
    clock.advance(100);
    expect(clock.now()).toEqual(new Date('2026-01-01T00:00:00.100Z'));
  });
});
