import type { CallerContext } from './caller.js';
import { cccOfRegion } from './country-codes.js';
import { iddPrefixes } from './idd-prefixes.js';
import { digitsOf, nationalFormat, type Phone, phoneFromE164Digits, phoneFromNational } from './phone.js';

/**
 * How a PSTN number was dialled. `spelled`: in the form of one of our personal numbers (`02-6200-6200-082`) that nobody
 * has: the telephone it is named after is rung instead.
 */
export type PstnForm = 'e164' | 'international' | 'national' | 'local' | 'spelled';

export interface PstnMatch {
  readonly phone: Phone;
  readonly form: PstnForm;
}

/**
 * What `dial` (digits, or `+` and digits) means on the telephone network for this caller; undefined when it is not a
 * valid number there. Valid is libphonenumber's isValid with full metadata, never merely possible.
 */
export function matchPstn(dial: string, caller: CallerContext): PstnMatch | undefined {
  if (dial.startsWith('+')) return matched(phoneFromE164Digits(dial.slice(1)), 'e164');
  return matchInternational(dial, caller) ?? matchInCountry(dial, caller);
}

/** The digits after an international prefix of the caller's country, `''` if there is none: for carriers' `+` patterns too. */
export function afterIddPrefix(dial: string, caller: CallerContext): string {
  const prefix = iddPrefixes(caller.country, cccOfRegion(caller.country)).find((p) => dial.startsWith(p));
  return prefix === undefined ? '' : dial.slice(prefix.length);
}

function matchInternational(dial: string, caller: CallerContext): PstnMatch | undefined {
  for (const prefix of iddPrefixes(caller.country, cccOfRegion(caller.country))) {
    if (!dial.startsWith(prefix)) continue;
    const phone = phoneFromE164Digits(dial.slice(prefix.length));
    if (phone !== undefined) return { phone, form: 'international' };
  }
  return undefined;
}

/**
 * National, else local, else a national number without the trunk prefix that its country asks for: within an area such
 * digits are a local number first (in Berlin 6221123456 is a Berlin number, not one in Heidelberg).
 */
function matchInCountry(dial: string, caller: CallerContext): PstnMatch | undefined {
  const national = phoneFromNational(dial, caller.country);
  if (caller.area === undefined || (national !== undefined && isInFull(dial, national))) {
    return matched(national, 'national');
  }
  return matchLocal(dial, caller.area, caller) ?? matched(national, 'national');
}

function matchLocal(dial: string, area: string, caller: CallerContext): PstnMatch | undefined {
  const phone = phoneFromNational(area + dial, caller.country);
  if (phone === undefined || !phone.national.endsWith(dial) || !GEOGRAPHIC.has(phone.type)) return undefined;
  return { phone, form: 'local' };
}

/** Whether `dial` has the trunk prefix, or its country writes the number without one. */
function isInFull(dial: string, phone: Phone): boolean {
  if (dial === phone.callingCode + phone.national) return phone.callingCode === '1';
  return dial !== phone.national || digitsOf(nationalFormat(phone.e164) ?? '') === dial;
}

function matched(phone: Phone | undefined, form: PstnForm): PstnMatch | undefined {
  return phone === undefined ? undefined : { phone, form };
}

const GEOGRAPHIC = new Set<Phone['type']>(['fixed_line', 'fixed_line_or_mobile']);
