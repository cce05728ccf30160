import { assertNever } from '../../../kernel/result.js';
import { cccOfRegion } from '../telephone/country-codes.js';
import { homeIddPrefix } from '../telephone/idd-prefixes.js';
import { digitsOf, nationalFormat, phoneFromE164Digits } from '../telephone/phone.js';
import type { E164, Region } from '../telephone/region.js';
import type { NumberFormat } from './number-format.js';

/**
 * A number in the one form that calls carry inside: every attempt is converted anew from this, so nothing of one
 * attempt can leak into the next.
 */
export type CanonicalNumber =
  | { readonly kind: 'e164'; readonly e164: E164 }
  /** Ours: `key` as in keys.ts (`0262006200082`, `62006200#082`), `shadow` what other networks know it by. */
  | { readonly kind: 'own'; readonly key: string; readonly shadow?: E164 }
  /** An emergency or short code, or another carrier's own number: never converted. */
  | { readonly kind: 'as-is'; readonly number: string };

/**
 * Writes a number for a trunk. `country` is the far network's, `undefined` means that it cannot be written there: a
 * number of ours without a shadow, on a trunk that wants telephone numbers.
 */
export function switchNumber(
  number: CanonicalNumber,
  format: NumberFormat,
  country: Region,
): string | undefined {
  switch (number.kind) {
    case 'as-is':
      return number.number;
    case 'own':
      if (format.form === 'keep') return number.key;
      return number.shadow === undefined ? undefined : switchE164(number.shadow, format, country);
    case 'e164':
      return switchE164(number.e164, format, country);
    default:
      return assertNever(number);
  }
}

function switchE164(e164: E164, format: NumberFormat, country: Region): string {
  const digits = e164.slice(1);
  switch (format.form) {
    case 'e164plus':
    case 'keep':
      return e164;
    case 'e164':
      return digits;
    case 'national':
      return nationalDigits(e164, country) ?? homeIddPrefix(country) + digits;
    case 'international':
      return format.prefix + digits;
    case 'carrier':
      return format.prepend + digits.slice(format.strip);
    default:
      return assertNever(format);
  }
}

/** As dialled within `country`; undefined when the number is not under its calling code. */
function nationalDigits(e164: E164, country: Region): string | undefined {
  const phone = phoneFromE164Digits(e164.slice(1));
  if (phone === undefined || phone.callingCode.padStart(3, '0') !== cccOfRegion(country)) return undefined;
  return digitsOf(nationalFormat(e164) ?? '');
}
