import type { Principal } from '../infra/http/principal.js';

/** Whose queues, agents and calls an account sees: everybody's, or one company's (null: the operator's own). */
export type CompanyScope =
  | { readonly all: true }
  | { readonly all: false; readonly companyId: string | null };

/** Nobody's: a company's administrator without a company sees nothing. */
const NO_COMPANY = '00000000-0000-0000-0000-000000000000';

export function companyScopeOf({ roles, companyId }: Principal): CompanyScope {
  const staff = companyId === null && (roles.includes('operator') || roles.includes('support'));
  if (staff) return { all: true };
  const operators = roles.includes('agent') || roles.includes('supervisor');
  return { all: false, companyId: companyId ?? (operators ? null : NO_COMPANY) };
}

export const isIn = (scope: CompanyScope, companyId: string | null): boolean =>
  scope.all || scope.companyId === companyId;

/** Values for `($n::boolean OR company_id IS NOT DISTINCT FROM $m)`. */
export const scopeValues = (scope: CompanyScope): readonly [all: boolean, companyId: string | null] => [
  scope.all,
  scope.all ? null : scope.companyId,
];
