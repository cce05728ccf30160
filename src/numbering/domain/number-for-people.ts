import { formatPin, parsePin, pinRegion } from './own/pin.js';
import { formatVns, formatVnsNumber, parseVns } from './own/vns.js';
import { regionsOf } from './telephone/country-codes.js';
import { internationalFormat, phoneFromE164Digits } from './telephone/phone.js';
import type { Region } from './telephone/region.js';

/** A number of a call record (E.164, or the key of one of ours) as people write it; itself when it is neither. */
export function numberForPeople(number: string): string {
  if (number.startsWith('+')) return internationalFormat(number) ?? number;
  if (number.endsWith('#')) return `${formatVnsNumber(number.slice(0, -1))}#`;
  if (number.includes('#')) {
    const vns = parseVns(number);
    return vns.ok ? formatVns(vns.value) : number;
  }
  const pin = parsePin(number);
  return pin.ok ? formatPin(pin.value) : number;
}

/** The country a number of a call record belongs to; undefined where it tells none. */
export function countryOfNumber(number: string): Region | undefined {
  if (number.startsWith('+')) return phoneFromE164Digits(number.slice(1))?.region;
  const [, ccc] = number.split('#');
  if (ccc !== undefined && ccc !== '') return regionsOf(ccc)[0];
  const pin = parsePin(number);
  return pin.ok ? pinRegion(pin.value, {}) : undefined;
}
