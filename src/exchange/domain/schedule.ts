/** Hours of the week, by the clock of a time zone. */
export interface Schedule {
  /** Bit 0 Monday … bit 6 Sunday: the days on which the hours begin. */
  readonly days: number;
  /** Minutes of the day, from inclusive, to exclusive; `to` at or before `from` is on the next day. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** IANA name. */
  readonly timeZone: string;
}

const EVERY_DAY = 127;
const DAY_MINUTES = 1_440;

/** Whether it never closes. */
export const isAlways = ({ days, fromMinute, toMinute }: Schedule): boolean =>
  days === EVERY_DAY && (toMinute - fromMinute === DAY_MINUTES || toMinute === fromMinute);

/** @param at milliseconds since 1970. */
export function isOpen({ days, fromMinute, toMinute, timeZone }: Schedule, at: number): boolean {
  const { day, minute } = localTime(timeZone, at);
  const on = (weekday: number) => (days & (1 << weekday)) !== 0;
  if (fromMinute < toMinute) return on(day) && minute >= fromMinute && minute < toMinute;
  const yesterday = (day + 6) % 7;
  return (on(day) && minute >= fromMinute) || (on(yesterday) && minute < toMinute);
}

export function isTimeZone(name: string): boolean {
  try {
    return clockOf(name) !== undefined;
  } catch {
    return false;
  }
}

interface LocalTime {
  /** 0 Monday … 6 Sunday. */
  readonly day: number;
  readonly minute: number;
}

interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  /** The latest answer: within a minute it is the same. */
  at: number;
  told: LocalTime;
}

const clocks = new Map<string, ZoneClock>();
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function localTime(timeZone: string, at: number): LocalTime {
  const clock = clockOf(timeZone);
  const minute = Math.floor(at / 60_000);
  if (clock.at !== minute) {
    const parts = new Map(clock.format.formatToParts(at).map(({ type, value }) => [type, value]));
    clock.told = {
      day: DAYS.indexOf(parts.get('weekday') ?? ''),
      minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    };
    clock.at = minute;
  }
  return clock.told;
}

/** Throws RangeError for a name that is no time zone. */
function clockOf(timeZone: string): ZoneClock {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const clock: ZoneClock = { format, at: Number.NaN, told: { day: 0, minute: 0 } };
  clocks.set(timeZone, clock);
  return clock;
}
