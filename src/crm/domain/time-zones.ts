/** ECMA-402's own list of a country's zones; TypeScript does not know it yet. */
interface Locale {
  getTimeZones?(): readonly string[] | undefined;
}

/**
 * The zones that a country has; none for what is no country. Somebody of whom only the country is known may be in any of them, so he is called
 * only when the time is right in all.
 */
export function zonesOf(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & Locale;
  return locale.getTimeZones?.() ?? [];
}
