import { describe, expect, it } from '@jest/globals';
import { Draining } from './draining.js';

describe('draining', () => {
  it('given_parts_that_finish_then_it_waits_for_all_of_them_one_that_fails_included', async () => {
    const draining = new Draining();
    const slow = Promise.withResolvers<void>();
    const order: string[] = [];
    draining.onDrain(() => slow.promise.then(() => order.push('slow')));
    draining.onDrain(() => Promise.reject(new Error('broken')));
    expect(draining.begun).toBe(false);
    const drained = draining.drain(60_000).then((inTime) => order.push(`drained ${inTime}`));
    expect(draining.begun).toBe(true);
    slow.resolve();
    await drained;
    expect(order).toEqual(['slow', 'drained true']);
  });

  it('given_a_part_that_never_finishes_then_it_ends_within_the_bound', async () => {
    const draining = new Draining();
    draining.onDrain(() => new Promise(() => undefined));
    expect(await draining.drain(1)).toBe(false);
  });
});
