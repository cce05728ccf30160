import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { MEMBERS, type MemberRow } from '../membership.rows.js';

export interface Registration {
  /** The id that a new member gets, for whoever had to name him before; else one is made. */
  readonly id?: string;
  readonly accountId: string;
  readonly kind: 'person' | 'company';
  /** A company's legal name. */
  readonly name: string;
  readonly language: string;
  readonly country: string;
  readonly area: string | null;
}

export type RegistrationFailure = Failure<'member.not-allowed' | 'account.unknown'>;

/**
 * The account becomes a member: as a person himself, or as the first administrator of a company. Whoever is registered as that
 * already gets the member that he is (`made`: false). In the caller's transaction.
 */
export async function registerMember(
  tx: Tx,
  { id: wantedId, accountId, kind, ...terms }: Registration,
): Promise<Result<{ readonly member: MemberRow; readonly made: boolean }, RegistrationFailure>> {
  const [account] = await tx.rows<{ memberId: string | null; companyId: string | null; admin: boolean }>(
    `SELECT member_id AS "memberId", company_id AS "companyId", 'company-admin' = ANY(roles) AS admin
       FROM user_account WHERE id = $1 AND disabled_at IS NULL FOR UPDATE`,
    [accountId],
  );
  if (account === undefined) return err(accountUnknown);
  const id = kind === 'person' ? account.memberId : account.companyId;
  if (kind === 'company' && id !== null && !account.admin) return err(othersCompany);
  if (id !== null) {
    const member = await MEMBERS.one(tx, { id });
    return member === undefined ? err(accountUnknown) : ok({ member, made: false });
  }
  const member = await MEMBERS.insert(tx, { id: wantedId ?? newId(), kind, ...terms });
  if (member === undefined) throw new Error('a new id was taken');
  await tx.run(
    kind === 'person'
      ? 'UPDATE user_account SET member_id = $2 WHERE id = $1'
      : `UPDATE user_account SET company_id = $2, roles = array_append(roles, 'company-admin') WHERE id = $1`,
    [accountId, member.id],
  );
  return ok({ member, made: true });
}

const accountUnknown = failure('account.unknown', 'There is no such account any more.', {
  hint: 'sign up first',
});
const othersCompany = failure('member.not-allowed', 'This account belongs to a company already.', {
  hint: 'use another account for another company',
});
