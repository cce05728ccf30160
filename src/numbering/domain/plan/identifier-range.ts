import { type Phone, phoneFromNational } from '../telephone/phone.js';
import type { IdentifierCode } from './plan-config.js';

/**
 * A telephone number that an identifier code would hide, if one turns up. Every next three digits are tried, with three
 * different endings, in every length: numbering plans tell ranges apart by their first digits, so a real range does
 * not hide from this; and each single number is checked again, exactly, when it is sold.
 */
export function hiddenTelephone(range: IdentifierCode): Phone | undefined {
  const key = JSON.stringify([range.country, range.code, range.minLength, range.maxLength]);
  if (!known.has(key)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, tryOut(range));
  }
  return known.get(key);
}

/** The metadata never changes while a process lives, a plan often: its ranges are tried out (some 50 ms each) once. */
const known = new Map<string, Phone | undefined>();
const MOST_KNOWN = 1_000;

function tryOut({ country, code, minLength, maxLength }: IdentifierCode): Phone | undefined {
  for (let length = minLength; length <= maxLength; length++) {
    for (const digits of samples(code, length)) {
      const phone = phoneFromNational(digits, country);
      if (phone !== undefined) return phone;
    }
  }
  return undefined;
}

function* samples(code: string, length: number): Generator<string> {
  const room = length - code.length;
  const tried = Math.min(3, room);
  for (let next = 0; next < 10 ** tried; next++) {
    const head = code + String(next).padStart(tried, '0');
    const rest = length - head.length;
    if (rest === 0) yield head;
    else for (const ending of ['0', '5', '9']) yield head + ending.repeat(rest);
  }
}
