import type { PhoneClock } from './phone-settings.js';

const offsetAt = (zone: string, at: Date): number => {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

/** What the clock of a phone in that country and IANA zone has to be told, this year. */
export function clockOf(country: string, zone: string, year: number): PhoneClock {
  const offsets = [0, 6].map((month) => offsetAt(zone, new Date(Date.UTC(year, month, 15))));
  const standardMinutes = Math.min(...offsets);
  return { country, standardMinutes, summerTime: standardMinutes !== Math.max(...offsets) };
}

const NORTH_AMERICA = new Set(['US', 'CA', 'BM', 'BS', 'HT']);

/** POSIX TZ (the sign is the other way round there). Summer time by the rule of North America, elsewhere by the European Union's. */
export function posixZone({ country, standardMinutes, summerTime }: PhoneClock): string {
  const offset = (minutes: number) => {
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    return `${minutes > 0 ? '-' : ''}${hours}${rest === 0 ? '' : `:${rest}`}`;
  };
  const standard = `STD${offset(standardMinutes)}`;
  if (!summerTime) return standard;
  return NORTH_AMERICA.has(country) ? `${standard}DST,M3.2.0,M11.1.0` : `${standard}DST,M3.5.0,M10.5.0/3`;
}
