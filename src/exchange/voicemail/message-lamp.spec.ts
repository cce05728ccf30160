import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { err, failure, ok } from '../../kernel/result.js';
import { type LampParts, MessageLamp } from './message-lamp.js';

let directory: string;
let counts: Map<string, { fresh: number; saved: number }>;
let told: string[][];
let reachable: boolean;

const lamp = () =>
  new MessageLamp({
    directory,
    store: {
      counts: async (mailbox) =>
        [...counts]
          .filter(([one]) => mailbox === undefined || one === mailbox)
          .map(([one, count]) => ({ mailbox: one, ...count })),
    },
    log: { warn: () => undefined } as unknown as LampParts['log'],
    // What Asterisk would read: the mailboxes that the file names.
    reload: async () => {
      if (!reachable) return err(failure('console.unavailable', 'no socket'));
      const text = await readFile(join(directory, 'changed.conf'), 'utf8');
      told.push([...text.matchAll(/^(\w+) = ,,$/gm)].map((match) => match[1] ?? ''));
      return ok('');
    },
  });
const shown = async (mailbox: string) => {
  const count = async (folder: string) =>
    (await readdir(join(directory, 'anydial', mailbox, folder)).catch(() => [])).length;
  return { fresh: await count('INBOX'), saved: await count('Old') };
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anydial-lamp-'));
  counts = new Map();
  told = [];
  reachable = true;
});
afterEach(() => rm(directory, { recursive: true }));

describe('a mailbox that changes', () => {
  it.each([[{ fresh: 1, saved: 0 }], [{ fresh: 0, saved: 3 }], [{ fresh: 12, saved: 5 }]])(
    'to %j: Asterisk counts that, and is told of this mailbox',
    async (count) => {
      const one = lamp();
      counts.set('m1', count);
      one.changed('m1');
      await one.settled();
      expect(await shown('m1')).toEqual(count);
      expect(told).toEqual([['m1']]);
    },
  );

  it('to nothing: the lamp goes out', async () => {
    const one = lamp();
    counts.set('m1', { fresh: 2, saved: 1 });
    one.changed('m1');
    await one.settled();
    counts.delete('m1');
    one.changed('m1');
    await one.settled();
    expect(await shown('m1')).toEqual({ fresh: 0, saved: 0 });
    expect(told).toEqual([['m1'], ['m1']]);
  });

  it('many times at once: is counted once', async () => {
    const one = lamp();
    counts.set('m1', { fresh: 1, saved: 0 });
    for (let n = 0; n < 10; n++) one.changed('m1');
    await one.settled();
    expect(told).toEqual([['m1']]);
  });

  it('in nothing that a lamp shows: Asterisk is not bothered', async () => {
    const one = lamp();
    one.changed('m1');
    await one.settled();
    expect(told).toEqual([]);
  });

  it('while Asterisk is away: it is told of all when it is back', async () => {
    const one = lamp();
    reachable = false;
    for (const mailbox of ['m1', 'm2']) {
      counts.set(mailbox, { fresh: 1, saved: 0 });
      one.changed(mailbox);
    }
    await one.settled();
    reachable = true;
    one.reconnected();
    one.reconnected();
    await one.settled();
    expect(told).toEqual([['m1', 'm2']]);
  });
});

it('given changes that nobody told of, a comparison sets every lamp right', async () => {
  const before = lamp();
  counts.set('gone', { fresh: 1, saved: 0 });
  counts.set('same', { fresh: 1, saved: 0 });
  before.resync();
  await before.settled();
  counts.delete('gone');
  counts.set('new', { fresh: 0, saved: 2 });
  told = [];
  const after = lamp();
  after.resync();
  await after.settled();
  expect(await shown('gone')).toEqual({ fresh: 0, saved: 0 });
  expect(await shown('new')).toEqual({ fresh: 0, saved: 2 });
  expect(told.flat().sort()).toEqual(['gone', 'new']);
});

it('given a database that does not answer, the next change is handled all the same', async () => {
  const one = lamp();
  counts[Symbol.iterator] = () => {
    throw new Error('no database');
  };
  one.changed('m1');
  await one.settled();
  counts = new Map([['m1', { fresh: 1, saved: 0 }]]);
  one.changed('m1');
  await one.settled();
  expect(await shown('m1')).toEqual({ fresh: 1, saved: 0 });
});
