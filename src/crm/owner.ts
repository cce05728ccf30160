import type { Principal } from '../infra/http/principal.js';

/** Whose customers, cases, campaigns: a company's (its member id), or those of the house itself. */
export const HOUSE = 'operator';
export type Owner = string;

/** Whose rows somebody sees, and for whom he works. */
export interface Seen {
  /** Null: everybody's. */
  readonly only: Owner | null;
  /** What he writes belongs to this one. */
  readonly own: Owner;
}

const staff: Principal['roles'] = ['operator', 'support', 'finance'];

/**
 * Whoever belongs to a company sees that company's rows and no other. Without a company the operator's staff sees all; agents and supervisors
 * without one work for the house. Undefined: somebody whose role is a company's, but who has none: nothing is his.
 */
export function seenBy({ companyId, roles }: Pick<Principal, 'companyId' | 'roles'>): Seen | undefined {
  if (companyId !== null) return { only: companyId, own: companyId };
  if (roles.some((role) => staff.includes(role))) return { only: null, own: HOUSE };
  if (roles.includes('agent') || roles.includes('supervisor')) return { only: HOUSE, own: HOUSE };
  return undefined;
}

/** Whose it is what this caller makes: for a caller that may make any. */
export const ownOf = ({ companyId }: Pick<Principal, 'companyId'>): Owner => companyId ?? HOUSE;

/** For `owner = …` of a row that was found: is it there for him? */
export const isSeen = (seen: Seen, owner: Owner): boolean => seen.only === null || seen.only === owner;

/** The column `company_id` of others' tables, where the house is null. */
export const companyOf = (owner: Owner): string | null => (owner === HOUSE ? null : owner);
export const ownerOf = (companyId: string | null): Owner => companyId ?? HOUSE;

/** A company and nobody else: to look up what belongs to the same one as a row that was found. */
export const seenOf = (companyId: string | null): Seen => ({
  only: ownerOf(companyId),
  own: ownerOf(companyId),
});

/** Values for `($n::boolean OR company_id IS NOT DISTINCT FROM $m)`. */
export const companyValues = ({ only }: Seen): readonly [all: boolean, companyId: string | null] => [
  only === null,
  only === null ? null : companyOf(only),
];

/** The company in whose name something is made: the one that is named, if he may name any, else his own. */
export const companyFor = ({ only }: Seen, named: string | null): string | null =>
  only === null ? named : companyOf(only);
