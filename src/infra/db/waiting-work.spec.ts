import { expect, test } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import { WaitingWork } from './waiting-work.js';

const turn = () => new Promise((done) => setImmediate(done));

function world(some: () => Promise<boolean>) {
  const clock = new ManualClock();
  const rings: Record<string, () => void> = {};
  const failures: unknown[] = [];
  const work = new WaitingWork({
    listener: {
      on: (channel, handler) => {
        rings[channel] = () => handler('');
        return () => undefined;
      },
      onResync: (resync) => {
        rings['resync'] = resync;
        return () => undefined;
      },
    },
    channel: 'bell',
    everyMs: 1_000,
    some,
    failed: (error) => failures.push(error),
    clock,
  });
  return { clock, rings, failures, work };
}

test('given_work_waits_when_it_starts_then_it_works_until_nothing_waits_and_again_at_a_ring_a_connection_and_by_looking', async () => {
  const left = [true, true, false];
  let looks = 0;
  const { clock, rings, work } = world(async () => {
    looks++;
    return left.shift() ?? false;
  });
  work.start();
  await turn();
  expect(looks).toBe(3);
  for (const name of ['bell', 'resync']) {
    rings[name]?.();
    await turn();
  }
  expect(looks).toBe(5);
  clock.advance(1_000);
  await turn();
  expect(looks).toBe(6);
  await work.stop();
  rings['bell']?.();
  clock.advance(1_000);
  await turn();
  expect(looks).toBe(6);
});

test('given_a_ring_while_it_works_then_it_looks_once_more_and_never_twice_at_once', async () => {
  const looked = [Promise.withResolvers<boolean>(), Promise.withResolvers<boolean>()];
  let looks = 0;
  const { rings, work } = world(() => looked[looks++]?.promise ?? Promise.resolve(false));
  work.start();
  rings['bell']?.();
  rings['bell']?.();
  expect(looks).toBe(1);
  looked[0]?.resolve(false);
  await turn();
  expect(looks).toBe(2);
  looked[1]?.resolve(false);
  await turn();
  expect(looks).toBe(2);
  await work.stop();
});

test('given_it_fails_then_that_is_told_and_it_looks_again_later', async () => {
  let looks = 0;
  const { clock, failures, work } = world(async () => {
    looks++;
    throw new Error('away');
  });
  work.start();
  await turn();
  expect([looks, failures.length]).toEqual([1, 1]);
  clock.advance(1_000);
  await turn();
  expect([looks, failures.length]).toEqual([2, 2]);
  await work.stop();
});
