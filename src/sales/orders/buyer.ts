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

/**
 * One's own orders are those that one made, and those of the company that one administers. What a company bought is the
 * company's: whoever made it and is not its administrator any more has no part in it.
 */
export async function ownOrder(sql: Sql, principal: Principal, id: string): Promise<Result<Order, Failure>> {
  const found = await findOrder(sql, id);
  return found.ok && !(await ownsOrder(sql, principal, found.value)) ? err(orderUnknown()) : found;
}

async function ownsOrder(
  sql: Sql,
  { accountId, companyId, roles }: Principal,
  { buyerId, holderId, holderKind }: Order,
): Promise<boolean> {
  if (companyId !== null && roles.includes('company-admin') && holderId === companyId) return true;
  if (buyerId !== accountId) return false;
  // Not registered yet, it is nobody's but the buyer's.
  return (
    holderKind === 'person' || (await sql.rows('SELECT FROM member WHERE id = $1', [holderId])).length === 0
  );
}
