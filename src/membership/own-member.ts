import type { Sql } from '../infra/db/sql.js';
import { orProblem } from '../infra/http/answer.js';
import type { UserRole } from '../infra/http/policies.js';
import type { Principal } from '../infra/http/principal.js';
import { err, type Failure, failure, ok } from '../kernel/result.js';
import { MEMBERS, type MemberRow } from './membership.rows.js';

/** Whoever has one of these roles sees every member; what he may change says the route's policy. */
const EVERYBODYS: readonly UserRole[] = ['operator', 'support'];

/**
 * The member that a route is about, if the account may see it: any for operators and support, themselves for members, for a
 * company's administrators the company, its people and branches, and who answers for its numbers. Everybody else hears that there is none.
 */
export async function ownMember(sql: Sql, principal: Principal, memberId: string): Promise<MemberRow> {
  const member = (await maySee(sql, principal, memberId))
    ? await MEMBERS.one(sql, { id: memberId })
    : undefined;
  return orProblem(member === undefined ? err(memberUnknown(memberId)) : ok(member));
}

async function maySee(sql: Sql, principal: Principal, memberId: string): Promise<boolean> {
  const { roles, companyId, memberId: own } = principal;
  if (roles.some((role) => EVERYBODYS.includes(role))) return true;
  if (roles.includes('member') && own === memberId) return true;
  if (!roles.includes('company-admin') || companyId === null) return false;
  return companyId === memberId || (await answersFor(sql, memberId, companyId));
}

async function answersFor(sql: Sql, memberId: string, companyId: string): Promise<boolean> {
  const its = await sql.rows(
    `SELECT FROM member WHERE id = $1 AND company_id = $2
     UNION ALL
     SELECT FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id
      WHERE b.member_id = $1 AND a.holder_id = $2 LIMIT 1`,
    [memberId, companyId],
  );
  return its.length > 0;
}

export const memberUnknown = (id: string): Failure<'member.unknown'> =>
  failure('member.unknown', `There is no member ${id}.`, { hint: 'members see themselves only' });
