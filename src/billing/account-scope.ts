import type { Principal } from '../infra/http/principal.js';
import type { Reads } from './reads.js';

/** Whose money somebody may look at: everybody's, or that of these accounts and the calls of that member. */
export type AccountScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'own'; readonly accounts: readonly bigint[]; readonly memberId: string | null };

const staff: Principal['roles'] = ['operator', 'finance', 'support'];

/**
 * Staff sees everybody. Whoever belongs to a company sees, as its admin, the company's accounts; a member its own. What
 * is not in somebody's scope is not there for them: routes answer 404 for it, never 403.
 */
export async function accountScopeOf(sql: Reads, principal: Principal): Promise<AccountScope> {
  const { companyId, memberId, roles } = principal;
  if (companyId === null && roles.some((role) => staff.includes(role))) return { kind: 'all' };
  const company = roles.includes('company-admin') ? companyId : null;
  const member = roles.includes('member') ? memberId : null;
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM ledger_account
      WHERE (kind = 'company' AND owner = $1) OR (kind = 'member' AND owner = $2) ORDER BY id`,
    [company, member],
  );
  return { kind: 'own', accounts: rows.map(({ id }) => BigInt(id)), memberId: member };
}

export const mayRead = (scope: AccountScope, account: bigint): boolean =>
  scope.kind === 'all' || scope.accounts.includes(account);

/** For `account_id = ANY (…) OR … IS NULL`: null means everybody's. */
export const accountsIn = (scope: AccountScope): readonly bigint[] | null =>
  scope.kind === 'all' ? null : scope.accounts;
