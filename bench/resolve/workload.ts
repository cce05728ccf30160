import type { Asked } from '../../src/exchange/router.js';
import { newId } from '../../src/kernel/ids.js';
import { areaNumber, phoneOf } from './world.js';

/** What people dial: half of it numbers of ours in every spelling, half telephones, a few that nobody has. */
const KINDS: readonly [share: number, dial: (n: number, random: () => number) => string][] = [
  [0.2, (n) => `${areaNumber(n)}082`],
  [0.15, (n) => `${areaNumber(n)}*082`],
  [0.1, (n) => `${areaNumber(n).replace(/^(..)(....)/, '$1-$2-')}-082`],
  [0.15, (n) => areaNumber(n)],
  [0.15, (_, random) => `010${20_000_000 + Math.floor(random() * 70_000_000)}`],
  [0.1, (_, random) => `+1212${2_000_000 + Math.floor(random() * 7_000_000)}`],
  [0.1, (_, random) => `00181362${String(Math.floor(random() * 1e6)).padStart(6, '0')}`],
  [0.05, (_, random) => `${Math.floor(random() * 1e8)}*082`],
];

/** So many calls by random members to random numbers; the same on every run. */
export function sampleCalls(numbers: number, count: number): readonly Asked[] {
  const random = seeded(numbers);
  return Array.from({ length: count }, () => ({
    id: newId(),
    dialled: pick(random())(Math.floor(random() * numbers), random),
    origin: phoneOf(Math.floor(random() * numbers)),
    caller: { number: '' },
  }));
}

function pick(dice: number): (n: number, random: () => number) => string {
  let left = dice;
  for (const [share, dial] of KINDS) {
    left -= share;
    if (left < 0) return dial;
  }
  return areaNumber;
}

/** A small generator of numbers between 0 and 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
