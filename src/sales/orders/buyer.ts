import type { Sql } from '../../infra/db/sql.js';
import type { Principal } from '../../infra/http/principal.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { notACompany, orderUnknown } from '../sales.failures.js';
import { findOrder, type Order } from './orders.rows.js';

/** Who buys: an account, and the member and company it is. */
export interface Buyer {
  readonly accountId: string;
  readonly memberId: string | null;
  /** Only where he may buy for it. */
  readonly companyId: string | null;
}

/**
 * An account that belongs to a company buys for it as its administrator only; a person's number it may buy for itself. An
 * account without a company may buy one's first number: the company is registered with it.
 */
export function buyerFor(principal: Principal, kind: 'person' | 'company'): Result<Buyer, Failure> {
  const { accountId, memberId, companyId, roles } = principal;
  const admin = companyId !== null && roles.includes('company-admin');
  if (kind === 'company' && companyId !== null && !admin) return err(notACompany());
  return ok({ accountId, memberId, companyId: admin ? companyId : null });
}

/** One's own orders are those that one made, and those of the company that one administers. */
export const ownsOrder = (
  { accountId, companyId, roles }: Principal,
  { buyerId, holderId }: Pick<Order, 'buyerId' | 'holderId'>,
): boolean =>
  buyerId === accountId || (companyId !== null && roles.includes('company-admin') && holderId === companyId);

/** An order of one's own; any other is unknown. */
export async function ownOrder(sql: Sql, principal: Principal, id: string): Promise<Result<Order, Failure>> {
  const found = await findOrder(sql, id);
  return found.ok && !ownsOrder(principal, found.value) ? err(orderUnknown()) : found;
}
