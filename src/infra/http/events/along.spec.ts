import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../kernel/clock.js';
import { type Along, EventAlong } from './along.js';

const place = { topic: 'desk', key: 'ann' };
const event = { id: 'e.1', event: { at: [place], type: 'call.ringing', data: {} } };

function alongOf(read: () => Promise<Along> | undefined) {
  const clock = new ManualClock();
  const warned: string[] = [];
  let reads = 0;
  const along = new EventAlong(
    {
      along: () => {
        reads++;
        return read();
      },
    },
    clock,
    { warn: (_: object, text: string) => void warned.push(text) } as never,
  );
  return { along, clock, warned, reads: () => reads };
}

describe('what goes along with an event', () => {
  it('given_several_listen_then_it_is_read_once', async () => {
    const { along, reads, clock } = alongOf(async () => ({ customer: 1 }));
    expect(await Promise.all([along.of(event, place), along.of(event, place)])).toEqual([
      { customer: 1 },
      { customer: 1 },
    ]);
    expect(reads()).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('given_it_takes_too_long_then_the_page_is_told_without', async () => {
    const { along, clock } = alongOf(() => new Promise(() => undefined));
    const told = along.of(event, place);
    clock.advance(250);
    expect(await told).toBeUndefined();
  });

  it('given_it_cannot_be_read_then_the_page_is_told_without_and_it_is_logged', async () => {
    const { along, warned } = alongOf(() => Promise.reject(new Error('away')));
    expect(await along.of(event, place)).toBeUndefined();
    expect(warned).toHaveLength(1);
  });

  it('given_nothing_goes_along_then_nothing_is_waited_for', () => {
    expect(alongOf(() => undefined).along.of(event, place)).toBeUndefined();
  });
});
