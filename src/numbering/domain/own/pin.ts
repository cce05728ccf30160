import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { readDial } from '../input/input.js';
import { callingCodeOf, cccOf, isCcc, regionsOf } from '../telephone/country-codes.js';
import { digitsOf, nationalFormat, phoneFromE164Digits, phoneFromNational } from '../telephone/phone.js';
import type { Ccc, E164, Region } from '../telephone/region.js';
import { spelledPhone } from '../telephone/spelled-pin.js';
import type { PinNumber } from './keys.js';

export type PinFailure = Failure<'number.malformed' | 'number.unknown_ccc' | 'number.not_a_telephone_number'>;

/** AREA-NUMBER: no national format is shorter than 3 digits or longer than 17. */
const AREA_NUMBER = /^\d{3,17}$/;

/**
 * Reads a personal number in any of its spellings, `02-6200-6200-082`, `0262006200*082`, `0262006200082`. Says only
 * that the form is right: whether it may be sold is sellable()'s, whether it is sold the directory's.
 */
export function parsePin(text: string): Result<PinNumber, PinFailure> {
  const read = readDial(text);
  const match = read.kind === 'dial' ? /^(\d{3,17})(?:[*#](\d{1,3})|(\d{3}))$/.exec(read.dial) : null;
  if (match === null) return malformed(text);
  return checked(match[1] ?? '', cccOf(match[2] ?? match[3] ?? ''));
}

/** The personal number that is spelled after a telephone number: +82262006200 → 02-6200-6200-082. */
export function pinFromE164(e164: E164): Result<PinNumber, PinFailure> {
  const phone = e164.startsWith('+') ? phoneFromE164Digits(e164.slice(1)) : undefined;
  if (phone?.region === undefined) {
    return err(
      failure('number.not_a_telephone_number', `${e164} is no valid telephone number of a country`, {
        hint: 'give it as E.164, like +82262006200',
      }),
    );
  }
  return checked(digitsOf(nationalFormat(e164) ?? ''), cccOf(phone.callingCode));
}

/**
 * For people, in the country's own grouping: `02-6200-6200-082`, `212-555-0100-001`. An identification number, and one
 * whose range is no longer in today's metadata, is grouped in fours from the right.
 */
export function formatPin(pin: PinNumber): string {
  const phone = spelledPhone(pin.areaNumber + pin.ccc);
  const grouped = phone === undefined ? undefined : nationalFormat(phone.e164);
  return `${grouped === undefined ? inFours(pin.areaNumber) : dashed(grouped)}-${pin.ccc}`;
}

/**
 * The region a personal number belongs to. Where several share the ccc its AREA-NUMBER tells (212… is US, 416… CA under
 * 001); where it cannot, the one that the operator set for the code, else the code's main region.
 */
export function pinRegion(pin: PinNumber, defaultRegions: Readonly<Record<Ccc, Region>>): Region | undefined {
  const [main, ...others] = regionsOf(pin.ccc);
  if (main === undefined || others.length === 0) return main;
  const phone = phoneFromNational(pin.areaNumber, main);
  const told = phone?.callingCode === callingCodeOf(pin.ccc) ? phone.region : undefined;
  return told ?? defaultRegions[pin.ccc] ?? main;
}

function checked(areaNumber: string, ccc: Ccc): Result<PinNumber, PinFailure> {
  if (!AREA_NUMBER.test(areaNumber)) return malformed(areaNumber);
  if (!isCcc(ccc))
    return err(
      failure('number.unknown_ccc', `${ccc} is no country's calling code`, {
        hint: 'for example 082 for Korea',
      }),
    );
  return ok({ kind: 'pin', areaNumber, ccc });
}

function malformed(text: string): Result<never, PinFailure> {
  return err(
    failure('number.malformed', `'${text.slice(0, 40)}' is not AREA-NUMBER-CCC`, {
      hint: 'for example 02-6200-6200-082',
    }),
  );
}

/** `(212) 555-0100` → `212-555-0100` */
function dashed(national: string): string {
  return national.replace(/\D+/g, '-').replace(/^-|-$/g, '');
}

function inFours(digits: string): string {
  return digits.replace(/(?<=\d)(?=(?:\d{4})+$)/g, '-');
}
