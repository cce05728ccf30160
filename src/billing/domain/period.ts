import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { isTimeZone, offsetAt } from './zone.js';

/** A named part of the week with a price of its own (`offpeak`, `weekend`), by the wall clock of one zone. */
export interface Period {
  readonly name: string;
  readonly timeZone: string;
  /** Sorted, disjoint, in minutes since Monday 00:00 local time: [from, to). */
  readonly minutes: readonly (readonly [from: number, to: number])[];
}

/** What people write: days 1 = Monday … 7 = Sunday; `to` not after `from` means on the next day; `24:00` ends a day. */
export interface PeriodText {
  readonly name: string;
  readonly timeZone: string;
  readonly windows: readonly {
    readonly days: readonly number[];
    readonly from: string;
    readonly to: string;
  }[];
}

export type PeriodFailure = Failure<
  'period.zone-unknown' | 'period.time-malformed' | 'period.name-malformed'
>;

const MINUTE = 60_000;
const DAY = 24 * 60;
const WEEK = 7 * DAY;
/** 1970-01-01 was a Thursday, the week starts on Monday. */
const EPOCH_IN_WEEK = 3 * DAY;

/** Reads a period; refuses unknown zones, malformed times and names that could not head a CSV column. */
export function parsePeriod(text: PeriodText): Result<Period, PeriodFailure> {
  if (!/^[a-z][a-z0-9-]{0,29}$/.test(text.name))
    return err(
      failure('period.name-malformed', `${JSON.stringify(text.name)} cannot name a period`, {
        hint: 'a-z, 0-9 and -',
      }),
    );
  if (!isTimeZone(text.timeZone))
    return err(
      failure('period.zone-unknown', `${JSON.stringify(text.timeZone)} is not a time zone`, {
        hint: 'use a name of the IANA database, for example Asia/Seoul',
      }),
    );
  const spans: [number, number][] = [];
  for (const window of text.windows) {
    const from = minuteOf(window.from);
    const to = minuteOf(window.to);
    if (from === undefined || to === undefined || from === DAY || !window.days.every(isDay))
      return err(
        failure('period.time-malformed', `in ${text.name}: ${JSON.stringify(window)}`, {
          hint: 'for example 08:00 to 18:00 on days 1 to 5',
        }),
      );
    const length = to > from ? to - from : to + DAY - from;
    for (const day of window.days) spans.push(...withinWeek((day - 1) * DAY + from, length));
  }
  return ok({ name: text.name, timeZone: text.timeZone, minutes: merged(spans) });
}

/**
 * Whether `instant` (ms since epoch) lies in the period, and until when the answer surely holds. Wall-clock time decides:
 * an hour that daylight saving repeats counts twice, one that it skips not at all.
 */
export function inPeriod(period: Period, instant: number): { inside: boolean; until: number } {
  const { offsetMs, until } = offsetAt(period.timeZone, instant);
  const local = instant + offsetMs;
  const minute = (Math.floor(local / MINUTE) + EPOCH_IN_WEEK) % WEEK;
  const weekStart = (Math.floor(local / MINUTE) - minute) * MINUTE - offsetMs;
  for (const [from, to] of period.minutes) {
    if (minute < from) return { inside: false, until: Math.min(until, weekStart + from * MINUTE) };
    if (minute < to) return { inside: true, until: Math.min(until, weekStart + to * MINUTE) };
  }
  return { inside: false, until: Math.min(until, weekStart + WEEK * MINUTE) };
}

function minuteOf(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(text);
  if (match === null) return undefined;
  return match[1] === undefined ? DAY : Number(match[1]) * 60 + Number(match[2]);
}

const isDay = (day: number): boolean => Number.isInteger(day) && day >= 1 && day <= 7;

/** A window that runs past Sunday midnight goes on at the week's start. */
function withinWeek(from: number, length: number): [number, number][] {
  const to = from + length;
  return to <= WEEK
    ? [[from, to]]
    : [
        [from, WEEK],
        [0, to - WEEK],
      ];
}

function merged(spans: readonly [number, number][]): readonly (readonly [number, number])[] {
  const result: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
