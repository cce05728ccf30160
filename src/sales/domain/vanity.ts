import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';

/** Digits and `?`, as long as the number. */
export type Mask = string;
export type PatternMode = 'exact' | 'contains' | 'starts' | 'ends';

export interface VanityPattern {
  /** Digits and `?`. */
  readonly digits: string;
  /** Whether letters were given: `CALL` was read as 2255. */
  readonly letters: boolean;
}

/** ITU-T E.161: which key a letter is on. */
const KEYS = '22233344455566677778889999';

/** Digits, `?` for any digit, letters by the keypad; spaces and dashes are left out. */
export function readPattern(text: string): Result<VanityPattern, Failure<'pattern.malformed'>> {
  const plain = text.toUpperCase().replace(/[\s\-.]/g, '');
  if (!/^[0-9A-Z?]{1,17}$/.test(plain))
    return err(
      failure('pattern.malformed', 'A pattern has 1 to 17 digits, letters and question marks.', {
        hint: 'for example 62??62?? or CALL',
      }),
    );
  const digits = plain.replace(/[A-Z]/g, (letter) => KEYS[letter.charCodeAt(0) - 65] ?? '?');
  return ok({ digits, letters: /[A-Z]/.test(plain) });
}

/**
 * The masks of all numbers that fit a pattern laid over a base (`????????`, or `0591??????` for numbers of a range); none
 * where the two contradict each other. `exact` takes the base's length only.
 */
export function masksOf(base: Mask, pattern: string, mode: PatternMode): readonly Mask[] {
  const room = base.length - pattern.length;
  if (room < 0 || (mode === 'exact' && room > 0)) return [];
  const places =
    mode === 'contains' ? Array.from({ length: room + 1 }, (_, at) => at) : [mode === 'ends' ? room : 0];
  const laid = places.flatMap((at) => overlay(base, pattern, at) ?? []);
  return [...new Set(laid)];
}

function overlay(base: Mask, pattern: string, at: number): Mask | undefined {
  const mask = [...base];
  for (const [index, wanted] of [...pattern].entries()) {
    const there = mask[at + index] ?? '?';
    if (wanted === '?') continue;
    if (there !== '?' && there !== wanted) return undefined;
    mask[at + index] = wanted;
  }
  return mask.join('');
}

/** Masks with more free places are walked through to this many digits: nobody looks further. */
const MOST_FREE = 9;
const UNIFORM = 10;
/** Without a common factor with 10^k: stepping by it meets every filling once, and neighbours look different. */
const STEP = 382_917_603n;

/** How many candidates there are to walk through. */
export function candidatesOf(masks: readonly Mask[]): number {
  return masks.reduce((most, mask) => Math.max(most, fillings(mask)), 0) * masks.length;
}

/**
 * The candidate at a place of the walk, the masks by turns: first the fillings with one digit over and over, then all in
 * a mixed order. Undefined for a place that has none (a filling that came before, a mask that has no more).
 */
export function candidateAt(masks: readonly Mask[], place: number): string | undefined {
  const index = place % masks.length;
  const mask = masks[index];
  const nth = Math.floor(place / masks.length);
  if (mask === undefined || nth >= fillings(mask)) return undefined;
  const found = fill(mask, nth);
  // A number that fits several masks is the first one's.
  return found !== undefined && masks.findIndex((one) => fitsMask(one, found)) === index ? found : undefined;
}

function fillings(mask: Mask): number {
  const free = Math.min(freePlaces(mask), MOST_FREE);
  return free === 0 ? 1 : UNIFORM + 10 ** free;
}

function fill(mask: Mask, nth: number): string | undefined {
  const free = freePlaces(mask);
  if (free === 0) return mask;
  if (nth < UNIFORM) return mask.replaceAll('?', String(nth));
  const walked = Math.min(free, MOST_FREE);
  const all = 10n ** BigInt(walked);
  const digits = String((BigInt(nth - UNIFORM) * STEP + 7n) % all).padStart(walked, '0');
  if (walked === free && new Set(digits).size === 1) return undefined;
  let at = 0;
  return mask.replace(/\?/g, () => digits[at++ % walked] ?? '0');
}

const freePlaces = (mask: Mask): number => mask.split('?').length - 1;

export const fitsMask = (mask: Mask, digits: string): boolean =>
  mask.length === digits.length && [...mask].every((one, at) => one === '?' || one === digits[at]);
