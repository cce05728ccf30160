export interface LocalTime {
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  readonly minute: number;
}

/** What the clock on the wall shows. An unknown zone counts as UTC: a wrong hour is better than no message. */
export function localTime(at: number, zone: string): LocalTime {
  const parts = new Map(
    formatIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return { month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = formatOf(zone) ?? formatOf('UTC') ?? new Intl.DateTimeFormat('en');
  formats.set(zone, format);
  return format;
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const numeric = 'numeric';
  const fields = { month: numeric, day: numeric, hour: numeric, minute: numeric } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...fields, timeZone, hourCycle: 'h23' });
  } catch {
    return undefined;
  }
}

/** Where a country has several zones, the one in which most of its people live (CLDR's first is not always that). */
const mostPeople: Readonly<Record<string, string>> = {
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  ES: 'Europe/Madrid',
  ID: 'Asia/Jakarta',
  KZ: 'Asia/Almaty',
  MX: 'America/Mexico_City',
  NZ: 'Pacific/Auckland',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  US: 'America/New_York',
  UA: 'Europe/Kyiv',
};

/** IANA zone for a country (ISO 3166-1 alpha-2); UTC for one that CLDR does not know. */
export function zoneOf(country: string): string {
  const known = mostPeople[country];
  if (known !== undefined) return known;
  try {
    return zonesOf(new Intl.Locale('und', { region: country }))[0] ?? 'UTC';
  } catch {
    return 'UTC';
  }
}

/** ECMA-402's Intl Locale Info, which TypeScript's library does not describe yet. */
const zonesOf = (locale: Intl.Locale & { getTimeZones?(): readonly string[] | undefined }) =>
  locale.getTimeZones?.() ?? [];
