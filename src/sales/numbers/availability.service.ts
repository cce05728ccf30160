import type { Sql } from '../../infra/db/sql.js';
import type { Plan, SaleWarning } from '../../numbering/index.js';
import { nearNumbers } from '../domain/near.js';
import type { Product } from '../domain/product.js';
import { type Reason, reason, reasonsFor } from '../domain/reasons.js';
import { verdictOf } from '../domain/verdict.js';
import { readWanted, type Wanted } from '../domain/wanted.js';
import type { Language } from '../languages.js';
import { keysInTheWay, reservedOf } from './claims.service.js';
import { freeOf } from './search.service.js';

export interface Availability {
  readonly reasons: readonly Reason[];
  readonly warnings: readonly SaleWarning[];
}

/** Whether a number may be bought now; no reasons: it may. `except`: an order whose own hold does not count. */
export async function availabilityOf(
  sql: Sql,
  plan: Plan,
  { number, digits }: Wanted,
  { language, except }: { readonly language: Language; readonly except?: string },
): Promise<Availability> {
  const verdict = verdictOf(number, plan);
  const reasons = verdict.verdict === 'refused' ? reasonsFor(verdict.reasons, language) : [];
  const had =
    (await keysInTheWay(sql, number, plan, except)).size > 0 || (await reservedOf(sql, [digits])).size > 0;
  return {
    reasons: had ? [reason('not-available', language), ...reasons] : reasons,
    warnings: verdict.verdict === 'sellable' ? [] : verdict.warnings,
  };
}

const SHOWN = 5;
const LOOKED_AT = 60;

/** Free numbers near to one that cannot be had; of somebody's own telephone there are none. */
export async function alternativesTo(
  sql: Sql,
  plan: Plan,
  product: Product,
  { digits }: Pick<Wanted, 'digits'>,
): Promise<readonly Wanted[]> {
  if (product.form === 'own-telephone') return [];
  const longest = product.form === 'company' ? 12 : digits.length;
  const near = nearNumbers(digits, { fixed: issuedDigits(plan, product, digits), longest })
    .slice(0, LOOKED_AT)
    .flatMap((other) => {
      const read = readWanted(product, other, [product.country]);
      return read.ok ? [read.value] : [];
    });
  return freeOf(sql, plan, near, SHOWN);
}

/** Leading digits that are the identifier code's: not the buyer's to choose. */
function issuedDigits(plan: Plan, { form, country }: Product, digits: string): number {
  const codes = form === 'identification' ? (plan.identifiers.get(country) ?? []) : [];
  return Math.max(0, ...codes.flatMap(({ code }) => (digits.startsWith(code) ? [code.length] : [])));
}
