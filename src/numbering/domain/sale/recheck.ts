import { assignmentKey } from '../own/keys.js';
import type { Plan } from '../plan/plan.js';
import type { NumberForSale, SaleRefusal } from './sale.js';
import { homeCollisions } from './sale-collisions.js';

export interface Conflict {
  readonly key: string;
  readonly reasons: readonly SaleRefusal[];
}

/**
 * Sold numbers that could not be sold today: run it when a served country, a feature or identifier code, or the
 * metadata changes. Calls stay safe meanwhile (telephones and codes win over digits of ours): the holder must be told
 * to use the explicit form, or be given another number. That a range left the metadata is no conflict: a sold key never
 * changes. Lazy, some 20 µs a number: the caller sets the pace.
 */
export function* recheck(sold: Iterable<NumberForSale>, plan: Plan): Generator<Conflict> {
  for (const number of sold) {
    const reasons = homeCollisions(number, plan);
    if (reasons.length > 0) yield { key: assignmentKey(number), reasons };
  }
}
