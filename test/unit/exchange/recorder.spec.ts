import { describe, expect, it } from '@jest/globals';
import type { Stored } from '../../../src/exchange/call-store.js';
import type { CallRecord } from '../../../src/exchange/domain/record.js';
import { Recorder } from '../../../src/exchange/recorder.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { story } from '../../medium/exchange/story.js';
import { FakeJournal, FakeStore, quiet } from './fake-house.js';

function recorderOver(store: FakeStore, journal: FakeJournal) {
  const clock = new ManualClock();
  const errors: string[] = [];
  const log = {
    warn: () => undefined,
    info: () => undefined,
    error: (_: object, text: string) => errors.push(text),
  };
  return { clock, errors, recorder: new Recorder(store, journal, clock, log) };
}

describe('the recorder', () => {
  it('never replays the journal twice at the same time, however many records come meanwhile', async () => {
    let replaying = 0;
    let most = 0;
    const release = Promise.withResolvers<void>();
    class SlowJournal extends FakeJournal {
      override async replay(save: Parameters<FakeJournal['replay']>[0]): Promise<boolean> {
        most = Math.max(most, ++replaying);
        await release.promise;
        replaying--;
        return super.replay(save);
      }
    }
    const store = new FakeStore();
    const journal = new SlowJournal();
    const { clock, errors, recorder } = recorderOver(store, journal);
    store.away = true;
    const ended = recorder.record(story(1).ended, 'or-journal');
    clock.advance(200);
    await ended;
    store.away = false;
    clock.advance(200);
    await quiet();
    store.away = true;
    await recorder.record(story(2).setUp, 'or-journal');
    await recorder.record(story(3).setUp, 'or-journal');
    store.away = false;
    clock.advance(1_000);
    await quiet();
    expect(most).toBe(1);
    release.resolve();
    await quiet();
    clock.advance(1_000);
    await quiet();
    expect(journal.size).toBe(0);
    expect(store.rows.size).toBe(3);
    expect(errors).toEqual([]);
  });

  it('saves answers within a second, and not at all where the end came first', async () => {
    const store = new FakeStore();
    const { clock, recorder } = recorderOver(store, new FakeJournal());
    const [long, short] = [story(1), story(2)];
    await recorder.record(long.answered, 'soon');
    await recorder.record(short.answered, 'soon');
    const ended = recorder.record(short.ended, 'or-journal');
    clock.advance(200);
    await ended;
    expect(store.rows.has(long.id)).toBe(false);
    clock.advance(1_000);
    await quiet();
    expect(store.rows.get(long.id)?.version).toBe(2);
    expect(store.rows.get(short.id)?.version).toBe(3);
  });

  it('saves what waits when it stops', async () => {
    const store = new FakeStore();
    const { recorder } = recorderOver(store, new FakeJournal());
    await recorder.record(story(1).answered, 'soon');
    const ended = recorder.record(story(2).ended, 'or-journal');
    await recorder.stop();
    expect(await ended).toBe('recorded');
    expect(store.rows.size).toBe(2);
  });

  it('saves the ends of 200 ms by one statement, and says so of each when that is done', async () => {
    const batches: number[] = [];
    class CountingStore extends FakeStore {
      override saveEnded(records: readonly CallRecord[]): Promise<Stored> {
        batches.push(records.length);
        return super.saveEnded(records);
      }
    }
    const store = new CountingStore();
    const { clock, recorder } = recorderOver(store, new FakeJournal());
    const said: string[] = [];
    const end = (n: number) =>
      void recorder.record(story(n).ended, 'or-journal').then((word) => said.push(word));
    end(1);
    clock.advance(199);
    end(2);
    await quiet();
    expect([said, batches]).toEqual([[], []]);
    clock.advance(1);
    await quiet();
    end(3);
    expect([said, batches]).toEqual([['recorded', 'recorded'], [2]]);
    clock.advance(200);
    await quiet();
    expect([said.length, batches]).toEqual([3, [2, 1]]);
    expect(store.rows.size).toBe(3);
  });

  it('does not let an end that the database refuses keep the others of its batch from it', async () => {
    class PickyStore extends FakeStore {
      override async saveEnded(records: readonly CallRecord[]): Promise<Stored> {
        return records.some(({ id }) => id === story(2).id)
          ? { rejected: 'check constraint' }
          : super.saveEnded(records);
      }
      override save(record: CallRecord): Promise<Stored> {
        return record.id === story(2).id ? this.saveEnded([record]) : super.save(record);
      }
    }
    const [store, journal] = [new PickyStore(), new FakeJournal()];
    const { clock, errors, recorder } = recorderOver(store, journal);
    const ends = [1, 2, 3].map((n) => recorder.record(story(n).ended, 'or-journal'));
    clock.advance(200);
    expect(await Promise.all(ends)).toEqual(['recorded', 'recorded', 'recorded']);
    expect([...store.rows.keys()].toSorted()).toEqual([story(1).id, story(3).id].toSorted());
    expect(journal.latest().map(({ id }) => id)).toEqual([story(2).id]);
    expect(errors).toEqual(['the database refuses a call record']);
  });

  it('journals ends at once while the database is away, and those that were waiting when it went', async () => {
    const [store, journal] = [new FakeStore(), new FakeJournal()];
    const { clock, recorder } = recorderOver(store, journal);
    const waiting = recorder.record(story(1).ended, 'or-journal');
    store.away = true;
    clock.advance(200);
    expect(await waiting).toBe('recorded');
    expect(await recorder.record(story(2).ended, 'or-journal')).toBe('recorded');
    expect(journal.size).toBe(2);
    expect(store.rows.size).toBe(0);
  });
});
