import { regionsOf } from './country-codes.js';
import { type Phone, phoneFromNationalFormat } from './phone.js';

/**
 * The telephone number that the key of a personal number is spelled after: `0262006200082` → +82262006200. Only the
 * exact digits of the NATIONAL format count, so undefined for identification numbers and for anything merely similar.
 */
export function spelledPhone(key: string): Phone | undefined {
  const ccc = key.slice(-3);
  const areaNumber = key.slice(0, -3);
  const main = regionsOf(ccc)[0];
  return main === undefined ? undefined : phoneFromNationalFormat(areaNumber, main);
}
