import { describe, expect, it } from '@jest/globals';
import { inPeriod, type Period, type PeriodText, parsePeriod } from './period.js';

const at = (iso: string) => Date.parse(iso);
function period(text: Partial<PeriodText>): Period {
  const parsed = parsePeriod({ name: 'offpeak', timeZone: 'UTC', windows: [], ...text });
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
}
const weekdays = [1, 2, 3, 4, 5];

describe('periods', () => {
  it('reads the clock of its own zone, not UTC', () => {
    const evening = period({
      timeZone: 'Asia/Seoul',
      windows: [{ days: weekdays, from: '19:00', to: '24:00' }],
    });
    // Monday 2026-11-23, Seoul is UTC+9.
    expect(inPeriod(evening, at('2026-11-23T09:59:59.999Z')).inside).toBe(false);
    expect(inPeriod(evening, at('2026-11-23T10:00:00Z'))).toEqual({
      inside: true,
      until: at('2026-11-23T15:00:00Z'),
    });
  });

  it('runs on past midnight, also from Sunday into Monday', () => {
    const night = period({ windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '08:00' }] });
    expect(inPeriod(night, at('2026-11-22T23:59:00Z')).inside).toBe(true); // Sunday
    expect(inPeriod(night, at('2026-11-23T07:59:59Z')).inside).toBe(true); // Monday
    expect(inPeriod(night, at('2026-11-23T08:00:00Z'))).toEqual({
      inside: false,
      until: at('2026-11-23T20:00:00Z'),
    });
  });

  it('belongs to the day on which it starts', () => {
    const friday = period({ windows: [{ days: [5], from: '22:00', to: '06:00' }] });
    expect(inPeriod(friday, at('2026-11-27T05:00:00Z')).inside).toBe(false); // Friday morning
    expect(inPeriod(friday, at('2026-11-28T05:00:00Z')).inside).toBe(true); // Saturday morning
  });

  it('covers the whole day with 00:00-24:00 and also with 00:00-00:00', () => {
    for (const to of ['24:00', '00:00']) {
      const saturday = period({ windows: [{ days: [6], from: '00:00', to }] });
      expect(inPeriod(saturday, at('2026-11-28T00:00:00Z')).until).toBe(at('2026-11-29T00:00:00Z'));
    }
  });

  it('skips the hour that daylight saving skips and counts the repeated one twice', () => {
    const small = period({
      timeZone: 'America/New_York',
      windows: [{ days: [7], from: '01:00', to: '03:00' }],
    });
    expect(lengthOf(small, at('2026-03-08T05:00:00Z'))).toBe(1); // 01:00-02:00, then 03:00
    expect(lengthOf(small, at('2026-03-15T04:00:00Z'))).toBe(2);
    expect(lengthOf(small, at('2026-11-01T04:00:00Z'))).toBe(3); // 01:00-02:00 twice, then 02:00-03:00
  });

  it.each([
    ['period.zone-unknown', { timeZone: 'Asia/Atlantis' }],
    ['period.time-malformed', { windows: [{ days: [1], from: '25:00', to: '08:00' }] }],
    ['period.time-malformed', { windows: [{ days: [8], from: '20:00', to: '08:00' }] }],
    ['period.time-malformed', { windows: [{ days: [1], from: '24:00', to: '08:00' }] }],
    ['period.name-malformed', { name: 'per_minute,' }],
  ])('refuses with %s', (code, text) => {
    expect(parsePeriod({ name: 'x', timeZone: 'UTC', windows: [], ...text })).toMatchObject({
      ok: false,
      failure: { code },
    });
  });
});

/** Hours of the following day that lie inside. */
function lengthOf(of: Period, from: number): number {
  let inside = 0;
  for (let now = from; now < from + 86_400_000; ) {
    const answer = inPeriod(of, now);
    if (answer.inside) inside += answer.until - now;
    now = answer.until;
  }
  return inside / 3_600_000;
}
