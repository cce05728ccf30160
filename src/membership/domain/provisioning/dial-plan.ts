const KEYS = [...'0123456789*#'];

/** Everything that begins so: these keys, then one of those, then any. */
export interface Beginning {
  readonly prefix: string;
  readonly next: readonly string[];
}

export interface DialPlan {
  /** Go out the moment they are complete. */
  readonly atOnce: readonly string[];
  /** Everything that cannot become one of them: these go out after a pause (or the phone's send key). */
  readonly others: readonly Beginning[];
}

/**
 * What a phone makes of keys. Emergency numbers go out at once; all else, `*` and `#` included (`6200-6200#082`), is sent as it was
 * keyed. A code that a longer one begins with is not sent at once: nobody could dial the longer one.
 */
export function dialPlan(emergency: readonly string[]): DialPlan {
  const codes = [...new Set(emergency)].sort();
  const atOnce = codes.filter((code) => !codes.some((other) => other !== code && other.startsWith(code)));
  const prefixes = new Set(['', ...atOnce.flatMap((code) => [...code].map((_, at) => code.slice(0, at)))]);
  const others = [...prefixes].sort().map((prefix) => ({
    prefix,
    next: KEYS.filter((key) => !prefixes.has(prefix + key) && !atOnce.includes(prefix + key)),
  }));
  return { atOnce, others: others.filter(({ next }) => next.length > 0) };
}

/** `[02-9*#]`: runs of digits as ranges. */
export function keyClass(keys: readonly string[]): string {
  const digits = keys.filter((key) => /\d/.test(key)).map(Number);
  const runs: [number, number][] = [];
  for (const digit of digits) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === digit - 1) last[1] = digit;
    else runs.push([digit, digit]);
  }
  const ranges = runs.map(([from, to]) =>
    to - from > 1 ? `${from}-${to}` : from === to ? `${from}` : `${from}${to}`,
  );
  return `[${ranges.join('')}${keys.filter((key) => !/\d/.test(key)).join('')}]`;
}
