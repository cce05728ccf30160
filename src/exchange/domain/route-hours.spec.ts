import { describe, expect, it } from '@jest/globals';
import { FROM, hoursOf, scheduleOf, TO } from './route-hours.js';

describe('hours of a route', () => {
  it.each([
    [[1, 2, 3, 4, 5], '08:00', '18:00', 31, 480, 1080],
    [[7], '22:30', '06:00', 64, 1350, 360],
    [[1, 2, 3, 4, 5, 6, 7], '00:00', '24:00', 127, 0, 1440],
  ])(
    '%j from %s to %s are stored as bits and minutes, and shown again',
    (days, from, to, mask, first, last) => {
      const hours = { days, from, to, timeZone: 'Asia/Seoul' };
      const stored = { days: mask, fromMinute: first, toMinute: last, timeZone: 'Asia/Seoul' };
      expect(scheduleOf(hours)).toEqual(stored);
      expect(hoursOf(stored)).toEqual(hours);
    },
  );

  it('begin at midnight and may end with the day, never the other way round', () => {
    expect([FROM.test('00:00'), FROM.test('24:00'), TO.test('24:00'), TO.test('00:00')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([FROM.test('8:00'), FROM.test('08:60'), TO.test('24:01')]).toEqual([false, false, false]);
  });
});
