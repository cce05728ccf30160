import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import type { UserRole } from '../../infra/http/policies.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { type CompanyRole, withCompanyRoles } from './company-roles.js';

export interface PersonOfCompany {
  readonly accountId: string;
  readonly email: string;
  readonly name: string | null;
  readonly roles: readonly UserRole[];
  readonly memberId: string | null;
}

const COLUMNS = `id AS "accountId", email, name, array_remove(roles, NULL) AS roles, member_id AS "memberId"`;

export const peopleOf = (
  sql: Sql,
  companyId: string,
  count: number,
  after?: string,
): Promise<readonly PersonOfCompany[]> =>
  sql.rows<PersonOfCompany>(
    `SELECT ${COLUMNS} FROM user_account
      WHERE company_id = $1 AND disabled_at IS NULL AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $2`,
    [companyId, count, after ?? null],
  );

/** Gives somebody these roles, or (undefined) lets him go: the telephones that he had of the company stay with the company. */
export async function changePerson(
  tx: Tx,
  companyId: string,
  accountId: string,
  wanted: readonly CompanyRole[] | undefined,
): Promise<Result<PersonOfCompany | undefined>> {
  // Two administrators that demote each other at once: one after the other.
  await tx.rows('SELECT FROM member WHERE id = $1 FOR UPDATE', [companyId]);
  const [person] = await tx.rows<PersonOfCompany>(
    `SELECT ${COLUMNS} FROM user_account WHERE id = $1 AND company_id = $2 AND disabled_at IS NULL FOR UPDATE`,
    [accountId, companyId],
  );
  if (person === undefined) return err(unknown);
  const stays = wanted?.includes('company-admin') === true;
  if (person.roles.includes('company-admin') && !stays && !(await hasOtherAdmin(tx, companyId, accountId)))
    return err(lastAdmin);
  const roles = withCompanyRoles(person.roles, wanted ?? []);
  if (wanted === undefined) {
    await tx.run(
      `UPDATE user_account a SET company_id = NULL, roles = $2,
              member_id = (SELECT m.id FROM member m WHERE m.id = a.member_id AND m.company_id IS DISTINCT FROM $3)
        WHERE a.id = $1`,
      [accountId, roles, companyId],
    );
    return ok(undefined);
  }
  await tx.run('UPDATE user_account SET roles = $2 WHERE id = $1', [accountId, roles]);
  return ok({ ...person, roles });
}

export async function hasOtherAdmin(sql: Sql, companyId: string, accountId: string): Promise<boolean> {
  const others = await sql.rows(
    `SELECT FROM user_account
      WHERE company_id = $1 AND id <> $2 AND disabled_at IS NULL AND 'company-admin' = ANY(roles) LIMIT 1`,
    [companyId, accountId],
  );
  return others.length > 0;
}

const unknown = failure('person.unknown', 'There is nobody with that account in the company.', {
  hint: 'list its people first',
});
const lastAdmin = failure('person.not-allowed', 'The company would have no administrator left.', {
  hint: 'make somebody else its administrator first',
});
