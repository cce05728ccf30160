import { decimalsOf, type Money, money } from '../../../kernel/money.js';
import { divideRounded } from '../../../kernel/rounding.js';

/**
 * Brings exact parts to whole minor units so that they add up to `total` (itself in whole minor units): each is rounded
 * down, and what is missing goes, a unit each, to the largest remainders first; what is too much is taken from the smallest.
 */
export function apportion(total: Money, parts: readonly Money[]): readonly Money[] {
  if (parts.length === 0) return [];
  const unit = 10n ** BigInt(6 - decimalsOf(total.currency));
  const floors = parts.map(({ micros }) => divideRounded(micros, unit, 'floor') * unit);
  const order = parts
    .map(({ micros }, index) => ({ index, rest: micros - (floors[index] ?? 0n) }))
    .toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
    .map(({ index }) => index);
  const units = (total.micros - floors.reduce((a, b) => a + b, 0n)) / unit;
  const step = units < 0n ? -unit : unit;
  const turns = units < 0n ? order.toReversed() : order;
  for (let given = 0; given < Math.abs(Number(units)); given++) {
    const index = turns[given % turns.length] ?? 0;
    floors[index] = (floors[index] ?? 0n) + step;
  }
  return floors.map((micros) => money(micros, total.currency));
}
