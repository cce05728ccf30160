import type { Schedule } from './schedule.js';

/** When a route may be used, as people write it: days 1 (Monday) to 7, times of the day `08:00` to `24:00`. */
export interface RouteHours {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** A time of the day; the second one also midnight at the day's end. */
export const FROM = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;
export const TO = /^(?:(?!00:00)(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/;

/** @param hours with times that FROM and TO match. */
export const scheduleOf = ({ days, from, to, timeZone }: RouteHours): Schedule => ({
  days: days.reduce((mask, day) => mask | (1 << (day - 1)), 0),
  fromMinute: minuteOf(from),
  toMinute: minuteOf(to),
  timeZone,
});

export const hoursOf = ({ days, fromMinute, toMinute, timeZone }: Schedule): RouteHours => ({
  days: [1, 2, 3, 4, 5, 6, 7].filter((day) => (days & (1 << (day - 1))) !== 0),
  from: clockOf(fromMinute),
  to: clockOf(toMinute),
  timeZone,
});

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

const clockOf = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
