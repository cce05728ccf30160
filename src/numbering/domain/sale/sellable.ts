import { assignmentKey, vnsAssignmentKey } from '../own/keys.js';
import type { Plan } from '../plan/plan.js';
import { CCCS, cccOfRegion } from '../telephone/country-codes.js';
import type { NumberForSale, SaleRefusal, SaleVerdict } from './sale.js';
import { collisions } from './sale-collisions.js';
import { formRefusals } from './sale-form.js';
import { spellings } from './sale-spellings.js';

/**
 * The keys of sold numbers that would stand in the way: the number itself, a company whose NUMBER is a person's
 * AREA-NUMBER and the reverse, and identification numbers, which at home are dialled without their ccc.
 * Look them all up under the lock of the sale, and give `sellable` those that are assigned.
 */
export function saleKeys(number: NumberForSale, plan: Plan): readonly string[] {
  const keys = new Set([assignmentKey(number)]);
  if (number.kind === 'vns') for (const ccc of CCCS) keys.add(number.number + ccc);
  else keys.add(vnsAssignmentKey(number.areaNumber));
  for (const { digits } of spellings(number, plan)) {
    for (const key of identificationKeys(digits, plan)) keys.add(key);
  }
  if (number.kind === 'pin' && number.identification) {
    keys.add(number.areaNumber);
    keys.add(vnsAssignmentKey(number.areaNumber.slice(0, -3)));
  }
  return [...keys];
}

/**
 * Whether the number may be sold under this plan: proof that it hides nobody's telephone, emergency or feature code.
 * `assigned`: which of saleKeys() are taken (without the number itself when one already sold is checked again).
 * Costs some milliseconds (every country's numbering plan is asked): for sales, not for calls.
 */
export function sellable(number: NumberForSale, plan: Plan, assigned: ReadonlySet<string>): SaleVerdict {
  const form = formRefusals(number, plan);
  if (form.length > 0) return { verdict: 'refused', reasons: form, warnings: [] };
  const found = collisions(number, plan);
  const reasons = [...taken(number, plan, assigned), ...found.reasons];
  if (reasons.length > 0) return { verdict: 'refused', reasons, warnings: found.warnings };
  return found.warnings.length > 0
    ? { verdict: 'with-warnings', warnings: found.warnings }
    : { verdict: 'sellable' };
}

function taken(number: NumberForSale, plan: Plan, assigned: ReadonlySet<string>): readonly SaleRefusal[] {
  return saleKeys(number, plan)
    .filter((key) => assigned.has(key))
    .map((key) => ({ code: 'taken', key, text: `${key} is sold already` }));
}

/** Identification numbers that consist of exactly these digits. */
function identificationKeys(digits: string, plan: Plan): readonly string[] {
  return [...plan.identifiers].flatMap(([region, codes]) =>
    codes.some(
      (c) => digits.startsWith(c.code) && digits.length >= c.minLength && digits.length <= c.maxLength,
    )
      ? [digits + (cccOfRegion(region) ?? '')]
      : [],
  );
}
