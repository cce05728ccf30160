/** How easy a number is to remember, which is what its price goes by. */
export type Tier = 'plain' | 'fine' | 'premium';
export const TIERS: readonly Tier[] = ['plain', 'fine', 'premium'];

/** Numbers of up to so many digits are few. */
const SHORT = 5;

/**
 * premium: short, one digit or block over and over (6200-6200), or a whole run (12345678). fine: three equal digits at the
 * end, a run of four, at most two different digits, or the same backwards. plain: all others.
 */
export function tierOf(digits: string): Tier {
  if (digits.length <= SHORT || isBlocks(digits) || runLength(digits) === digits.length) return 'premium';
  if (endsInEqual(digits, 3) || runLength(digits) >= 4 || new Set(digits).size <= 2 || isMirror(digits))
    return 'fine';
  return 'plain';
}

function isBlocks(digits: string): boolean {
  for (let size = 1; size <= digits.length / 2; size++)
    if (digits.length % size === 0 && digits === digits.slice(0, size).repeat(digits.length / size))
      return true;
  return false;
}

/** The longest stretch that counts up or down by one. */
function runLength(digits: string): number {
  let longest = 1;
  for (const step of [1, -1]) {
    let length = 1;
    for (let at = 1; at < digits.length; at++) {
      length = Number(digits[at]) - Number(digits[at - 1]) === step ? length + 1 : 1;
      longest = Math.max(longest, length);
    }
  }
  return longest;
}

const endsInEqual = (digits: string, count: number): boolean =>
  new Set(digits.slice(-count)).size === 1 && digits.length >= count;
const isMirror = (digits: string): boolean => digits === [...digits].reverse().join('');
