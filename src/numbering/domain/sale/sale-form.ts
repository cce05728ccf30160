import { pinRegion } from '../own/pin.js';
import type { Plan } from '../plan/plan.js';
import { callingCodeOf, isCcc } from '../telephone/country-codes.js';
import { spelledPhone } from '../telephone/spelled-pin.js';
import type { NumberForSale, PinForSale, SaleRefusal } from './sale.js';

/** What is wrong with the number itself, whatever else is sold. */
export function formRefusals(number: NumberForSale, plan: Plan): readonly SaleRefusal[] {
  const cccs = number.kind === 'vns' ? [number.ccc, ...number.branchCccs] : [number.ccc];
  const unknown = cccs.filter((ccc) => !isCcc(ccc));
  if (unknown.length > 0) {
    return [{ code: 'unknown-ccc', text: `${unknown.join(', ')}: no country's calling code` }];
  }
  if (number.kind === 'vns') {
    return /^\d{3,12}$/.test(number.number)
      ? []
      : [{ code: 'malformed', text: 'a company number has 3 to 12 digits' }];
  }
  if (!/^\d{3,17}$/.test(number.areaNumber)) {
    return [{ code: 'malformed', text: 'AREA-NUMBER has 3 to 17 digits' }];
  }
  return number.identification ? identifierRefusals(number, plan) : namedAfterRefusals(number);
}

function namedAfterRefusals({ areaNumber, ccc }: PinForSale): readonly SaleRefusal[] {
  if (spelledPhone(areaNumber + ccc) !== undefined) return [];
  const text = `${areaNumber} is no telephone number as written within +${callingCodeOf(ccc)}`;
  return [{ code: 'not-national-format', text }];
}

function identifierRefusals(pin: PinForSale, plan: Plan): readonly SaleRefusal[] {
  const region = pinRegion(pin, plan.config.defaultRegions);
  const codes = region === undefined ? [] : (plan.identifiers.get(region) ?? []);
  const length = pin.areaNumber.length;
  const fits = codes.some(
    (c) => pin.areaNumber.startsWith(c.code) && length >= c.minLength && length <= c.maxLength,
  );
  const text = `${region ?? pin.ccc} has no identifier code for ${pin.areaNumber}`;
  return fits ? [] : [{ code: 'no-identifier-code', text }];
}
