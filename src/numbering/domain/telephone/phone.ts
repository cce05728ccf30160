import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import { remembering } from '../../../kernel/remembering.js';
import type { E164, Region } from './region.js';

/** The kinds of PSTN number that libphonenumber's full metadata tells apart. */
export type PhoneType =
  | 'fixed_line'
  | 'mobile'
  | 'fixed_line_or_mobile'
  | 'toll_free'
  | 'premium_rate'
  | 'shared_cost'
  | 'voip'
  | 'personal_number'
  | 'pager'
  | 'uan'
  | 'voicemail';

const TYPES: Readonly<Record<string, PhoneType>> = {
  FIXED_LINE: 'fixed_line',
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'fixed_line_or_mobile',
  TOLL_FREE: 'toll_free',
  PREMIUM_RATE: 'premium_rate',
  SHARED_COST: 'shared_cost',
  VOIP: 'voip',
  PERSONAL_NUMBER: 'personal_number',
  PAGER: 'pager',
  UAN: 'uan',
  VOICEMAIL: 'voicemail',
};

/** A valid PSTN number. `region` is absent for non-geographic codes (+800, +870 …). */
export interface Phone {
  readonly e164: E164;
  /** Without plus and padding: `82`. */
  readonly callingCode: string;
  /** National significant number: no trunk prefix (`262006200`); an Italian one keeps its 0. */
  readonly national: string;
  readonly region: Region | undefined;
  readonly type: PhoneType;
}

/** The whole text must be the number; nothing is looked for inside it. */
const WHOLE = { extract: false };

/** E.164 allows 15 digits; the shortest valid numbers (+247, +290 …) have 7 with their code. */
const E164_DIGITS = /^[1-9]\d{5,14}$/;
/** National dial strings: longest NSN (14) plus carrier selection and trunk prefix. */
const NATIONAL_DIGITS = /^\d{3,19}$/;

/**
 * Reads `digits` after a plus sign or an international prefix. Only `[1-9][0-9]*` is let through to libphonenumber,
 * which would silently cut `+1415555267a` short and keep an extension.
 */
export function phoneFromE164Digits(digits: string): Phone | undefined {
  return E164_DIGITS.test(digits) ? phoneOf(digits) : undefined;
}

/** Numbers that were asked about lately: a call converts its two numbers for each way out. */
const LATELY = 512;

const phoneOf = remembering(LATELY, (digits) =>
  valid(parsePhoneNumberFromString(`+${digits}`, WHOLE, metadata)),
);

/** Reads `digits` as somebody in `region` would dial them within the country. */
export function phoneFromNational(digits: string, region: Region): Phone | undefined {
  return valid(parseNational(digits, region));
}

/** Only what is, digit for digit, the NATIONAL format of a number: `0262006200`, not `262006200`. */
export function phoneFromNationalFormat(digits: string, region: Region): Phone | undefined {
  const parsed = parseNational(digits, region);
  return parsed !== undefined && digitsOf(parsed.formatNational()) === digits ? valid(parsed) : undefined;
}

const SUPPORTED: ReadonlySet<string> = new Set(Object.keys(metadata.countries));

export function isKnownRegion(region: Region): region is CountryCode {
  return SUPPORTED.has(region);
}

/** The number as written within its own country: `02-6200-6200`. Undefined when the number is not valid. */
export function nationalFormat(e164: E164): string | undefined {
  return nationalOf(e164);
}

const nationalOf = remembering(LATELY, (e164) => parseE164(e164)?.formatNational());

/** The number as written for people abroad: `+82 2 6200 6200`. Undefined when the number is not valid. */
export function internationalFormat(e164: E164): string | undefined {
  return parseE164(e164)?.formatInternational();
}

/** The digits alone: `02-6200-6200` → `0262006200`. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

function parseE164(e164: E164): PhoneNumber | undefined {
  if (!e164.startsWith('+') || !E164_DIGITS.test(e164.slice(1))) return undefined;
  const parsed = parsePhoneNumberFromString(e164, WHOLE, metadata);
  return parsed?.getType() === undefined ? undefined : parsed;
}

function parseNational(digits: string, region: Region): PhoneNumber | undefined {
  if (!NATIONAL_DIGITS.test(digits) || !isKnownRegion(region)) return undefined;
  return parsePhoneNumberFromString(digits, { defaultCountry: region, extract: false }, metadata);
}

/** With full metadata isValid() is getType() !== undefined (proven in phone.spec.ts): asked once, not twice. */
function valid(parsed: PhoneNumber | undefined): Phone | undefined {
  const type = TYPES[parsed?.getType() ?? ''];
  if (parsed === undefined || type === undefined) return undefined;
  return {
    e164: parsed.number,
    callingCode: parsed.countryCallingCode,
    national: parsed.nationalNumber,
    region: parsed.country,
    type,
  };
}
