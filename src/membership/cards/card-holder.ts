import type { Principal } from '../../infra/http/principal.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { cardUnknown } from './card.failures.js';

/** Operators and support see everybody's cards. */
export const seesAll = ({ roles }: Principal): boolean =>
  roles.some((role) => role === 'operator' || role === 'support');

/** Whose cards an account has: the member's that it is, else its company's. Who is neither has none. */
export function holderOf({ memberId, companyId, roles }: Principal): Result<string, Failure> {
  const id = memberId ?? (roles.includes('company-admin') ? companyId : null);
  return id === null ? err(cardUnknown) : ok(id);
}
