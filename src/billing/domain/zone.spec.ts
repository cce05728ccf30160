import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isTimeZone, offsetAt } from './zone.js';

const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);

describe('time zones', () => {
  it('knows the second at which New York springs forward and falls back', () => {
    expect(offsetAt('America/New_York', at('2026-03-08T06:59:59.999Z'))).toMatchObject({
      offsetMs: -5 * HOUR,
      until: at('2026-03-08T07:00:00Z'),
    });
    expect(offsetAt('America/New_York', at('2026-03-08T07:00:00Z')).offsetMs).toBe(-4 * HOUR);
    expect(offsetAt('America/New_York', at('2026-11-01T05:59:59Z')).offsetMs).toBe(-4 * HOUR);
    expect(offsetAt('America/New_York', at('2026-11-01T06:00:00Z')).offsetMs).toBe(-5 * HOUR);
  });

  it('handles offsets that are no whole hour, and a change at the first instant of a month', () => {
    expect(offsetAt('Asia/Kathmandu', at('2026-06-01T00:00:00Z')).offsetMs).toBe(5.75 * HOUR);
    expect(offsetAt('Australia/Lord_Howe', at('2026-01-01T00:00:00Z')).offsetMs).toBe(11 * HOUR);
    expect(offsetAt('Australia/Lord_Howe', at('2026-07-01T00:00:00Z')).offsetMs).toBe(10.5 * HOUR);
    expect(offsetAt('Asia/Tashkent', at('1991-03-31T00:00:00Z')).offsetMs).toBe(
      reference('Asia/Tashkent', at('1991-03-31T00:00:00Z')),
    );
  });

  it('says the same as Intl at any instant, and holds until the instant it names', () => {
    const zone = fc.constantFrom(
      'Asia/Seoul',
      'Europe/Berlin',
      'Africa/Casablanca',
      'America/St_Johns',
      'UTC',
    );
    const instant = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });
    fc.assert(
      fc.property(zone, instant, (name, when) => {
        const { offsetMs, until } = offsetAt(name, when);
        expect(offsetMs).toBe(reference(name, when));
        expect(until).toBeGreaterThan(when);
        expect(reference(name, until - 1)).toBe(offsetMs);
      }),
      { numRuns: 500 },
    );
  });

  it('tells a zone from something else', () => {
    expect(isTimeZone('Asia/Seoul')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});

/** The same fact by another way: Node prints the wall clock with its offset. */
function reference(zone: string, instant: number): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}
