/** A stretch of time during which a zone's offset from UTC does not change. `until` may come before the next real change: ask again there. */
export interface Offset {
  readonly offsetMs: number;
  readonly until: number;
}

interface Stretch extends Offset {
  readonly from: number;
}

const DAY = 86_400_000;
const zones = new Map<string, Map<number, readonly Stretch[]>>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether `name` is a zone of the IANA database that this Node carries (`Asia/Seoul`, `UTC`). */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * How far the zone's wall clock is ahead of UTC at `instant` (ms since epoch), and until when that surely holds.
 * Intl is asked about once a day of each month that is needed; afterwards it is a look-up. Throws for an unknown zone.
 */
export function offsetAt(zone: string, instant: number): Offset {
  const date = new Date(instant);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const months = zones.get(zone) ?? new Map<number, readonly Stretch[]>();
  zones.set(zone, months);
  const stretches = months.get(month) ?? stretchesOf(zone, month);
  months.set(month, stretches);
  for (const stretch of stretches) if (instant < stretch.until) return stretch;
  throw new Error(`no offset of ${zone} at ${instant}`);
}

/** A month in UTC cut where the offset changes. Zones change at most once a day, on a whole second. */
function stretchesOf(zone: string, month: number): readonly Stretch[] {
  const start = Date.UTC(Math.floor(month / 12), month % 12, 1);
  const end = Date.UTC(Math.floor(month / 12), (month % 12) + 1, 1);
  const found: Stretch[] = [];
  let from = start;
  let offsetMs = askIntl(zone, start);
  for (let day = start; day < end; day += DAY) {
    const next = askIntl(zone, day + DAY);
    if (next === offsetMs) continue;
    const until = changeBetween(zone, day, day + DAY, offsetMs);
    if (until >= end) break;
    found.push({ from, until, offsetMs });
    from = until;
    offsetMs = next;
  }
  return [...found, { from, until: end, offsetMs }];
}

/** The first whole second in (before, after] at which the offset is not `offsetMs` any more. */
function changeBetween(zone: string, before: number, after: number, offsetMs: number): number {
  let low = before;
  let high = after;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (askIntl(zone, middle) === offsetMs) low = middle;
    else high = middle;
  }
  return high;
}

function askIntl(zone: string, instant: number): number {
  const format = formats.get(zone) ?? formatOf(zone);
  formats.set(zone, format);
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

const formatOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
