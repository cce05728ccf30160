import { REGIONS } from '../telephone/country-codes.js';
import { afterIddPrefixes, iddPrefixes } from '../telephone/idd-prefixes.js';
import { digitsOf, nationalFormat, phoneFromE164Digits } from '../telephone/phone.js';
import type { E164, Region } from '../telephone/region.js';
import { EXAMPLE_NUMBERS } from './example-numbers.js';

/** A fixed and a mobile number of each region. */
export const TELEPHONES: readonly { readonly region: Region; readonly e164: E164 }[] = REGIONS.flatMap(
  (region) => (EXAMPLE_NUMBERS[region] ?? []).map((e164) => ({ region, e164 })),
);

/** How somebody in the number's own country dials it there. */
export function nationalDigits(e164: E164): string {
  return digitsOf(nationalFormat(e164) ?? '');
}

/** With an international prefix of `from`. Some leave digits that another, longer prefix of the country would claim. */
export function dialledAbroad(e164: E164, from: Region): readonly string[] {
  return iddPrefixes(from)
    .map((prefix) => prefix.replaceAll('x', '1') + e164.slice(1))
    .filter(
      (dial) => afterIddPrefixes(dial, from).find((rest) => phoneFromE164Digits(rest)) === e164.slice(1),
    );
}
