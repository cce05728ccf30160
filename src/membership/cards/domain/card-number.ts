import { randomInt } from 'node:crypto';

/** What is printed on a card: 12 digits, the last one a check digit, and beneath the scratch-off field six more. */
export interface CardCode {
  readonly number: string;
  readonly pin: string;
}

const NUMBER_DIGITS = 12;
const PIN_DIGITS = 6;

/** Nobody can tell other cards' numbers from one card's. */
export const newCardCode = (): CardCode => {
  const body = `${randomInt(1, 10)}${digits(NUMBER_DIGITS - 2)}`;
  return { number: body + luhnDigit(body), pin: newPin() };
};

export const newPin = (): string => digits(PIN_DIGITS);

/** Serials are on the box and count up: by them cards are sold, never used. */
export const serialOf = (count: number): string => `FC${String(count).padStart(10, '0')}`;

/**
 * What follows the feature code on a telephone: `number*pin`, with the final `#` already taken off; also `number#pin`, and both in one
 * (as telephones dial that swallow a star). Undefined: not of that form.
 */
export function readCardCode(keyed: string): CardCode | undefined {
  const found = /^([0-9]{12})[*#]?([0-9]{6})$/.exec(keyed.replace(/#$/, ''));
  const [, number, pin] = found ?? [];
  return number === undefined || pin === undefined ? undefined : { number, pin };
}

/** A number that was mistyped is found out without a look at any card (ISO/IEC 7812-1 annex B). */
export const isCardNumber = (text: string): boolean =>
  /^[1-9][0-9]{11}$/.test(text) && luhnDigit(text.slice(0, -1)) === text.slice(-1);

/** The same as people read it: `1234 5678 9012`. */
export const shownCardNumber = (number: string): string => number.replace(/(\d{4})(?=\d)/g, '$1 ');

const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('');

function luhnDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}
