import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../kernel/clock.js';
import type { Along } from './along.js';
import { EventStream, type StreamEnd } from './event-stream.js';

const who = { accountId: 'a', credentialId: 'c', by: 'session' } as const;

function opened(along: (type: string) => Promise<Along> | undefined = () => undefined) {
  const clock = new ManualClock();
  const written: string[] = [];
  const ends: StreamEnd[] = [];
  const sink = {
    writableLength: 0,
    write: (text: string) => written.push(text),
    end: () => true,
    destroy: () => true,
  };
  const stream = new EventStream(
    who,
    [{ topic: 'desk', keys: new Set(['ann']) }],
    sink,
    clock,
    { of: ({ event }) => along(event.type) },
    (_, why) => ends.push(why),
  );
  return { clock, written, ends, sink, stream };
}

describe('an event stream', () => {
  it('given_nothing_happens_then_it_beats_every_quarter_of_a_minute', () => {
    const { clock, written } = opened();
    clock.advance(44_000);
    expect(written).toEqual([':\n\n', ':\n\n']);
  });

  it('given_an_hour_is_over_then_it_ends_and_leaves_no_timer', () => {
    const { clock, ends } = opened();
    clock.advance(3_600_000);
    expect(ends).toEqual(['too-long']);
    expect(clock.pending).toBe(0);
  });

  it('given_it_has_ended_then_nothing_more_is_written_and_nothing_ends_twice', () => {
    const { stream, written, ends } = opened();
    stream.end('gone');
    stream.end('signed-out');
    stream.control('resync', 'x.1');
    expect(written).toEqual([]);
    expect(ends).toEqual(['gone']);
  });

  it('given_the_process_ends_then_pages_are_told_when_to_come_back', () => {
    const { stream, written, ends } = opened();
    stream.end('shutting-down');
    expect(written).toEqual(['retry: 1500\nevent: restart\ndata: {}\n\n']);
    expect(ends).toEqual(['shutting-down']);
  });

  it('given_an_event_at_several_places_then_it_is_written_once_with_the_place_that_it_listens_to', () => {
    const { stream, written } = opened();
    const event = (key: string) => ({
      id: 'e.1',
      event: {
        at: [
          { topic: 'queues', key },
          { topic: 'desk', key },
        ],
        type: 't',
        data: { n: 1 },
      },
    });
    stream.offer(event('bob'));
    stream.offer(event('ann'));
    expect(written).toEqual([`id: e.1\ndata: {"topic":"desk","key":"ann","type":"t","data":{"n":1}}\n\n`]);
  });

  it('given_something_goes_along_with_an_event_then_what_comes_after_it_waits_for_it_and_nothing_else_does', async () => {
    let read: (customer: Along) => void = () => undefined;
    const along = new Promise<Along>((resolve) => {
      read = resolve;
    });
    const { stream, written } = opened((type) => (type === 'rings' ? along : undefined));
    const tell = (id: string, type: string) =>
      stream.offer({ id, event: { at: [{ topic: 'desk', key: 'ann' }], type, data: {} } });
    tell('e.1', 'before');
    tell('e.2', 'rings');
    tell('e.3', 'after');
    stream.control('ready', 'e.3');
    expect(written.map(idOf)).toEqual(['e.1']);
    read({ customer: 'Kim' });
    await along;
    await new Promise(setImmediate);
    expect(written.map(idOf)).toEqual(['e.1', 'e.2', 'e.3', 'e.3']);
    expect(written[1]).toContain('"type":"rings","data":{},"along":{"customer":"Kim"}');
    tell('e.4', 'later');
    expect(written.map(idOf).at(-1)).toBe('e.4');
  });
});

const idOf = (text: string): string => /id: (\S+)/.exec(text)?.[1] ?? '';
