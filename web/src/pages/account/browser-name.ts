const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** `Firefox, Windows` for a User-Agent; what is none of the usual browsers is shown as it calls itself. */
export function browserName(agent: string): string {
  const find = (list: typeof BROWSERS | typeof SYSTEMS) =>
    list.find(([sign]) => new RegExp(`\\b(Headless)?${sign}\\b`).test(agent))?.[1];
  const browser = find(BROWSERS);
  if (browser === undefined) return agent;
  return [browser, find(SYSTEMS)].filter((name) => name !== undefined).join(', ');
}
