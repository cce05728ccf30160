import type { CallerContext } from '../reading/caller.js';
import { callingCodeOf, cccOfRegion } from './country-codes.js';
import { afterIddPrefixes } from './idd-prefixes.js';
import { digitsOf, nationalFormat, type Phone, phoneFromE164Digits, phoneFromNational } from './phone.js';
import type { Region } from './region.js';

/**
 * How a PSTN number was dialled. Two forms are guesses, read only after everything of ours: `short`, without the trunk
 * prefix that its country asks for (`262006200` in KR); and `spelled`, as one of our personal numbers that nobody has
 * (`0262006200*082`): the telephone it is named after is rung instead.
 */
export type PstnForm = 'e164' | 'international' | 'national' | 'local' | 'short' | 'spelled';

export interface PstnMatch {
  readonly phone: Phone;
  readonly form: PstnForm;
}

/**
 * What `dial` (digits, or `+` and digits) means on the telephone network for this caller; undefined when it is not a
 * valid number there. Valid is libphonenumber's isValid with full metadata, never merely possible; a form in which the
 * network would not connect it (`short`) is told apart (docs/adr/0005).
 */
export function matchPstn(dial: string, caller: CallerContext): PstnMatch | undefined {
  if (dial.startsWith('+')) return matched(phoneFromE164Digits(dial.slice(1)), 'e164');
  return matchInternational(dial, caller) ?? matchInCountry(dial, caller);
}

function matchInternational(dial: string, caller: CallerContext): PstnMatch | undefined {
  for (const rest of afterIddPrefixes(dial, caller.country)) {
    const phone = phoneFromE164Digits(rest);
    if (phone !== undefined) return { phone, form: 'international' };
  }
  return undefined;
}

function matchInCountry(dial: string, caller: CallerContext): PstnMatch | undefined {
  const national = phoneFromNational(dial, caller.country);
  if (national !== undefined && isInFull(dial, national)) return { phone: national, form: 'national' };
  const local = caller.area === undefined ? undefined : matchLocal(dial, caller.area, caller);
  return local ?? matched(national, 'short');
}

function matchLocal(dial: string, area: string, caller: CallerContext): PstnMatch | undefined {
  if (tooLongIn(caller.country, area, dial)) return undefined;
  const phone = phoneFromNational(area + dial, caller.country);
  if (phone === undefined || !phone.national.endsWith(dial) || !GEOGRAPHIC.has(phone.type)) return undefined;
  return { phone, form: 'local' };
}

/** Whether `dial` has the trunk prefix, or the number's country writes it without one. A calling code without `+` is none. */
function isInFull(dial: string, phone: Phone): boolean {
  if (dial === phone.callingCode + phone.national) return phone.callingCode === '1';
  return dial !== phone.national || digitsOf(nationalFormat(phone.e164) ?? '') === dial;
}

function matched(phone: Phone | undefined, form: PstnForm): PstnMatch | undefined {
  return phone === undefined ? undefined : { phone, form };
}

/** E.164 allows 15 digits: what is longer with its calling code and area need not be parsed to be no number. */
function tooLongIn(country: Region, area: string, dial: string): boolean {
  const code = callingCodeOf(cccOfRegion(country) ?? '');
  return code.length + area.replace(/^0/, '').length + dial.length > 15;
}

const GEOGRAPHIC = new Set<Phone['type']>(['fixed_line', 'fixed_line_or_mobile']);
