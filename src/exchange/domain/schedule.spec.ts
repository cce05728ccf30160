import { describe, expect, it } from '@jest/globals';
import { isAlways, isOpen, isTimeZone, type Schedule } from './schedule.js';

const at = (text: string) => Date.parse(text);
const schedule = (more: Partial<Schedule> = {}): Schedule => ({
  days: 127,
  fromMinute: 0,
  toMinute: 1_440,
  timeZone: 'UTC',
  ...more,
});

describe('hours of a route', () => {
  const office = schedule({ days: 31, fromMinute: 480, toMinute: 1_080, timeZone: 'Europe/London' });
  it.each([
    ['2026-11-23T08:00:00Z', true, 'Monday, the first minute'],
    ['2026-11-23T07:59:59Z', false, 'Monday, before it'],
    ['2026-11-23T17:59:59Z', true, 'Monday, the last second'],
    ['2026-11-23T18:00:00Z', false, 'Monday, closed'],
    ['2026-11-21T12:00:00Z', false, 'Saturday'],
    ['2026-07-06T07:00:00Z', true, 'Monday in summer: an hour earlier by UTC'],
    ['2026-07-06T17:00:00Z', false, 'Monday in summer, closed'],
  ])('office hours in London at %s: %s (%s)', (time, open) => {
    expect(isOpen(office, at(time))).toBe(open);
  });

  const night = schedule({ days: 1, fromMinute: 1_320, toMinute: 360, timeZone: 'Asia/Seoul' });
  it.each([
    ['2026-11-23T13:00:00Z', true, 'Monday 22:00 in Seoul'],
    ['2026-11-23T20:59:00Z', true, 'Tuesday 05:59: the night that began on Monday'],
    ['2026-11-23T21:00:00Z', false, 'Tuesday 06:00'],
    ['2026-11-22T20:00:00Z', false, 'Monday 05:00: the night that began on Sunday'],
    ['2026-11-24T13:00:00Z', false, 'Tuesday 22:00'],
  ])('a night that begins on Mondays at %s: %s (%s)', (time, open) => {
    expect(isOpen(night, at(time))).toBe(open);
  });

  it('all day every day never closes; less does', () => {
    expect(isAlways(schedule())).toBe(true);
    expect(isAlways(schedule({ days: 126 }))).toBe(false);
    expect(isAlways(schedule({ fromMinute: 1 }))).toBe(false);
  });

  it('knows time zones from other words', () => {
    expect([isTimeZone('Asia/Seoul'), isTimeZone('UTC'), isTimeZone('Mars/Olympus')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
