import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import type { AriEvent } from './ari.port.js';
import { LostHangUps } from './lost-hang-ups.js';

const asked = new Date('2026-11-28T01:00:00.000Z');
const later = new Date('2026-11-28T01:00:00.300Z');
const hanging = { type: 'channel.hanging', at: asked, channelId: 'a' } as const;
const left = { type: 'stasis.end', at: later, channelId: 'a' } as const;
const gone = { type: 'channel.destroyed', at: later, channelId: 'a', cause: 16 } as const;

let clock: ManualClock;
let told: AriEvent[];
let again: string[];
let minding: LostHangUps;
beforeEach(() => {
  clock = new ManualClock();
  told = [];
  again = [];
  const handler = {
    onConnected: async () => undefined,
    onEvent: (event: AriEvent) => void told.push(event),
    onDisconnected: () => undefined,
    onReplaced: () => undefined,
  };
  minding = new LostHangUps(handler, clock, (id) => void again.push(id));
});

describe('a channel that was told to end', () => {
  it('given_it_goes_then_nothing_is_asked_any_more_and_its_own_times_are_told', () => {
    for (const event of [hanging, left, gone]) minding.onEvent(event);
    expect(clock.pending).toBe(0);
    expect(told).toEqual([left, gone]);
  });

  it('given_it_stays_when_time_passes_then_it_is_asked_once_more_and_its_end_is_when_it_was_asked_first', () => {
    minding.onEvent(hanging);
    minding.onEvent(hanging);
    clock.advance(250);
    expect(again).toEqual(['a']);
    for (const event of [left, gone]) minding.onEvent(event);
    expect(told).toEqual([
      { ...left, at: asked },
      { ...gone, at: asked },
    ]);
    clock.advance(10_000);
    expect(again).toEqual(['a']);
    expect(clock.pending).toBe(0);
  });

  it.each(['onDisconnected', 'onReplaced'] as const)('given_%s_then_nothing_is_asked_any_more', (what) => {
    minding.onEvent(hanging);
    minding[what]('gone');
    clock.advance(10_000);
    expect(again).toEqual([]);
  });
});
