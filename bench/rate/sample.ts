import type { DeckRow } from '../../src/billing/domain/deck-row.js';

/** A price list of a real one's size and shape, and numbers to call; the same on every run. */
export const PREFIXES = 100_000;

/** Prefixes of 1 to 8 digits, as carriers sell them: countries, then ever finer ranges below them. */
export function sampleRows(count = PREFIXES): readonly DeckRow[] {
  const random = seeded(7);
  const prefixes = new Set(['1', '7']);
  for (let country = 20; country < 99; country++) prefixes.add(String(country));
  const parents = [...prefixes];
  while (prefixes.size < count) {
    const parent = parents[Math.floor(random() * parents.length)] ?? '1';
    const child = parent + Math.floor(random() * 10);
    if (child.length > 8 || prefixes.has(child)) continue;
    prefixes.add(child);
    parents.push(child);
  }
  return [...prefixes].map((prefix) => sampleRow(prefix, random));
}

/** E.164 numbers without `+`, most below a fine prefix. */
export function sampleNumbers(rows: readonly DeckRow[], count: number): readonly string[] {
  const random = seeded(11);
  return Array.from({ length: count }, () => {
    const prefix = rows[Math.floor(random() * rows.length)]?.prefix ?? '1';
    return (prefix + String(Math.floor(random() * 1e12)).padStart(12, '0')).slice(0, 12);
  });
}

function sampleRow(prefix: string, random: () => number): DeckRow {
  const increments = [
    [1, 1],
    [60, 60],
    [30, 6],
    [60, 1],
  ][Math.floor(random() * 4)] ?? [1, 1];
  const perMinute = BigInt(1_000 + Math.floor(random() * 300_000));
  return {
    prefix,
    destination: `Range ${prefix}`,
    connectFee: random() < 0.1 ? 10_000n : 0n,
    perMinute,
    perPeriod: [random() < 0.3 ? perMinute / 2n : undefined],
    firstS: increments[0] ?? 1,
    nextS: increments[1] ?? 1,
    minimumS: 0,
    freeS: 0,
    validFrom: undefined,
    validTo: undefined,
  };
}

/** mulberry32, public domain. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
