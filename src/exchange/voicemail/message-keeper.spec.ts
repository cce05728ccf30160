import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AriOutcome } from '../../infra/ari/ari.port.js';
import { ManualClock } from '../../kernel/clock.js';
import type { DepositNote } from './deposit-note.js';
import { type KeeperParts, MessageKeeper } from './message-keeper.js';
import { MessageSpool } from './message-spool.js';
import { wavOf } from './wav.fixture.js';

const mailbox = '0198b1f0-0000-7000-8000-0000000000aa';
const idOf = (n: number) => `0198b1f0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const noteOf = (n: number): DepositNote => ({
  id: idOf(n),
  mailbox,
  callerNumber: '0262006100082',
  receivedAt: '2026-11-23T12:00:00.000Z',
});
const gone: AriOutcome = { kind: 'gone', status: 404, message: '' };
const goesOn: AriOutcome = { kind: 'done', value: undefined };

/** Rows as the database would hold them. */
class Rows {
  readonly all = new Map<string, { note: DepositNote; durationMs: number }>();
  away = false;
  unwanted = false;

  readonly store: KeeperParts['store'] = {
    add: async (note, _, durationMs) => {
      if (this.away) throw new Error('no database');
      if (this.unwanted) return 'unwanted';
      if (!this.all.has(note.id)) this.all.set(note.id, { note, durationMs });
      return 'there';
    },
    known: async (ids) => new Set(ids.filter((id) => this.all.has(id))),
    ofNode: async () => [...this.all.keys()].map((id) => ({ id, mailbox })),
    remove: async (_, id) => this.all.delete(id),
  };
}

let directory: string;
let spool: MessageSpool;
let rows: Rows;
let clock: ManualClock;
let recording: (name: string) => AriOutcome;

const keeper = () =>
  new MessageKeeper({
    node: 'n1',
    spool,
    store: rows.store,
    clock,
    log: { info: () => undefined, warn: () => undefined } as unknown as KeeperParts['log'],
    recordingGoesOn: async (name) => recording(name),
  });
const record = async (n: number, ms: number) => {
  const path = spool.fileOf(spool.recordingOf({ mailbox, id: idOf(n) }));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, wavOf(ms));
};
const files = async () => spool.contents(mailbox);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anydial-spool-'));
  spool = new MessageSpool(directory);
  rows = new Rows();
  clock = new ManualClock();
  recording = () => gone;
});
afterEach(() => rm(directory, { recursive: true }));

describe('a recording that has ended', () => {
  it('is kept: in the database with its caller and length, its note gone', async () => {
    const one = keeper();
    await one.begin(noteOf(1));
    await record(1, 2_500);
    expect(await one.keep({ mailbox, id: idOf(1) })).toBe('done');
    await one.sweep();
    expect(rows.all.get(idOf(1))).toEqual({ note: noteOf(1), durationMs: 2_500 });
    expect(await files()).toEqual({ notes: [], recordings: [idOf(1)] });
  });

  it.each([0, 999])('of %d ms is nothing, and leaves nothing', async (ms) => {
    const one = keeper();
    await one.begin(noteOf(1));
    await record(1, ms);
    expect(await one.keep({ mailbox, id: idOf(1) })).toBe('nothing');
    expect(await files()).toEqual({ notes: [], recordings: [] });
    expect(rows.all.size).toBe(0);
  });

  it('is safe while the database is away, and in it when it is back', async () => {
    rows.away = true;
    const one = keeper();
    await one.begin(noteOf(1));
    await record(1, 2_000);
    expect(await one.keep({ mailbox, id: idOf(1) })).toBe('done');
    one.release(idOf(1));
    await one.sweep();
    expect(await files()).toEqual({ notes: [idOf(1)], recordings: [idOf(1)] });
    rows.away = false;
    await one.sweep();
    await one.sweep();
    expect(rows.all.has(idOf(1))).toBe(true);
    expect(await files()).toEqual({ notes: [], recordings: [idOf(1)] });
  });

  it('for a member who no longer exists goes', async () => {
    rows.unwanted = true;
    const one = keeper();
    await one.begin(noteOf(1));
    await record(1, 2_000);
    await one.keep({ mailbox, id: idOf(1) });
    one.release(idOf(1));
    await one.sweep();
    expect(await files()).toEqual({ notes: [], recordings: [] });
  });
});

describe('what a crash left behind', () => {
  it('a recording with its note, made by a former process: is kept', async () => {
    await keeper().begin(noteOf(1));
    await record(1, 3_000);
    const one = keeper();
    await one.sweep();
    await one.sweep();
    expect(rows.all.get(idOf(1))?.durationMs).toBe(3_000);
  });

  it('a recording that Asterisk still makes: is left alone until it ends', async () => {
    await keeper().begin(noteOf(1));
    await record(1, 3_000);
    const one = keeper();
    recording = () => goesOn;
    await one.sweep();
    expect(rows.all.size).toBe(0);
    recording = () => ({ kind: 'unknown', message: 'no answer' });
    await one.sweep();
    expect(rows.all.size).toBe(0);
    recording = () => gone;
    await one.sweep();
    await one.sweep();
    expect(rows.all.size).toBe(1);
  });

  it('a note whose recording never began: goes, unless its call is still served here', async () => {
    const one = keeper();
    await one.begin(noteOf(1));
    await one.sweep();
    expect((await files()).notes).toEqual([idOf(1)]);
    one.release(idOf(1));
    await one.sweep();
    expect((await files()).notes).toEqual([]);
  });

  it('a note in the database already, died before the note was removed: is one message', async () => {
    await rows.store.add(noteOf(1), 'n1', 2_000);
    await keeper().begin(noteOf(1));
    await record(1, 2_000);
    const one = keeper();
    await one.sweep();
    await one.sweep();
    expect(rows.all.size).toBe(1);
    expect(await files()).toEqual({ notes: [], recordings: [idOf(1)] });
  });

  it('a recording whose row was deleted: goes', async () => {
    await record(1, 2_000);
    await record(2, 2_000);
    await rows.store.add(noteOf(2), 'n1', 2_000);
    await keeper().sweep();
    expect((await files()).recordings).toEqual([idOf(2)]);
  });

  it('a row whose recording is gone: goes, but not when the whole mailbox is missing from the disk', async () => {
    await rows.store.add(noteOf(1), 'n1', 2_000);
    await keeper().sweep();
    expect(rows.all.size).toBe(1);
    await record(2, 2_000);
    await rows.store.add(noteOf(2), 'n1', 2_000);
    await keeper().sweep();
    expect([...rows.all.keys()]).toEqual([idOf(2)]);
  });

  it('half a note: is not believed, and its recording stays for people to look at', async () => {
    await record(1, 2_000);
    await writeFile(join(directory, 'voicemail', mailbox, `${idOf(1)}.json`), '{"id":"0198');
    await keeper().sweep();
    expect(rows.all.size).toBe(0);
    expect((await files()).recordings).toEqual([idOf(1)]);
  });
});

it('a mailbox with a hundred recordings is full', async () => {
  const one = keeper();
  for (let n = 0; n < 99; n++) await record(n, 0);
  expect(await one.isFull(mailbox)).toBe(false);
  await record(99, 0);
  expect(await one.isFull(mailbox)).toBe(true);
});

it('given a database that fails while everything is looked through, it is looked again within seconds, not in a minute', async () => {
  rows.away = true;
  const one = keeper();
  await one.begin(noteOf(1));
  await record(1, 2_000);
  one.release(idOf(1));
  clock.advance(2_000);
  // The one that the clock has begun.
  await one.sweep();
  const lookedAgain = new Promise<void>((looked) => {
    recording = () => {
      looked();
      return gone;
    };
  });
  clock.advance(2_000);
  await lookedAgain;
});

it('looks again soon after something was deleted elsewhere, and every minute', async () => {
  const one = keeper();
  one.start();
  expect(clock.pending).toBe(1);
  one.stop();
  expect(clock.pending).toBe(0);
});
