import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import type { CanonicalNumber } from '../switching/switch-number.js';
import { cccOf, cccOfRegion } from '../telephone/country-codes.js';
import { type PhoneType, phoneFromE164Digits } from '../telephone/phone.js';
import type { Region } from '../telephone/region.js';
import type { Assignment, Shadow } from './assignment.js';

/** What nobody can be called back on, or only at the caller's extra cost: never bound to a member. */
const NO_SHADOW: ReadonlySet<PhoneType> = new Set([
  'premium_rate',
  'shared_cost',
  'voicemail',
  'pager',
  'uan',
]);

/**
 * Whether an E.164 number may stand for one of ours in `country`: a valid telephone number under that country's calling
 * code that people can be called on. That it is the member's is proven apart (`verified`), by calling it.
 */
export function checkShadow({
  e164,
  country,
}: Omit<Shadow, 'verified'>): Result<Shadow, Failure<'number.shadow'>> {
  const phone = e164.startsWith('+') ? phoneFromE164Digits(e164.slice(1)) : undefined;
  if (phone === undefined) return refuse(`${e164} is no valid telephone number`);
  if (cccOf(phone.callingCode) !== cccOfRegion(country)) return refuse(`${e164} is no number of ${country}`);
  if (NO_SHADOW.has(phone.type)) return refuse(`${e164} is a ${phone.type} number`);
  return ok({ e164, country, verified: false });
}

/** The verified shadow to show or call in `country`: that country's, else the number's own country's, else any. */
export function shadowFor({ shadows, region }: Assignment, country: Region): Shadow | undefined {
  const verified = shadows.filter((shadow) => shadow.verified);
  const of = (wanted: Region) => verified.find((shadow) => shadow.country === wanted);
  return of(country) ?? of(region) ?? verified[0];
}

/** A number of ours as calls carry it towards a network of `country`; `key` is the canonical key of the reading. */
export function ownNumber(assignment: Assignment, key: string, country: Region): CanonicalNumber {
  const shadow = shadowFor(assignment, country);
  return { kind: 'own', key, ...(shadow === undefined ? {} : { shadow: shadow.e164 }) };
}

function refuse(message: string): Result<never, Failure<'number.shadow'>> {
  return err(
    failure('number.shadow', message, { hint: 'give a fixed, mobile or VoIP number of that country' }),
  );
}
