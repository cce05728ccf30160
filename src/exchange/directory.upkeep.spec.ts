import { expect, test } from '@jest/globals';
import type { Listener } from '../infra/db/listen.js';
import type { Log } from '../infra/log/log.js';
import type { Directory } from './directory.js';
import { DirectoryUpkeep } from './directory.upkeep.js';

const listener = { on: () => () => true, onResync: () => () => true, start: () => undefined };

function startingWith(failures: number) {
  let reads = 0;
  const refresh = async () => {
    reads += 1;
    if (reads <= failures) throw new Error('timeout exceeded when trying to connect');
  };
  const upkeep = new DirectoryUpkeep(
    { refresh } as unknown as Directory,
    listener as unknown as Listener,
    { warn: () => undefined } as unknown as Log,
  );
  return { upkeep, reads: () => reads };
}

test('given_the_first_reads_are_too_late_when_the_process_starts_then_it_reads_again_and_is_ready', async () => {
  const { upkeep, reads } = startingWith(2);
  await upkeep.onApplicationBootstrap();
  await upkeep.ready();
  expect(reads()).toBe(3);
});

test('given_it_cannot_be_read_at_all_when_the_process_starts_then_it_gives_up_and_says_why', async () => {
  const { upkeep, reads } = startingWith(9);
  await expect(upkeep.ready()).rejects.toThrow('timeout exceeded');
  expect(reads()).toBe(3);
});
