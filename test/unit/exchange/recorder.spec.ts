import { describe, expect, it } from '@jest/globals';
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
    await recorder.record(story(1).ended, 'or-journal');
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
    await recorder.record(short.ended, 'or-journal');
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
    await recorder.stop();
    expect(store.rows.size).toBe(1);
  });
});
