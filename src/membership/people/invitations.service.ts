import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { hashOf, newToken } from '../../infra/http/access/tokens.js';
import type { UserRole } from '../../infra/http/policies.js';
import { hashPassword, passwordFits } from '../../infra/http/sessions/passwords.js';
import { Sessions, type StartedSession, type Whence } from '../../infra/http/sessions/sessions.service.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { membershipMail } from '../mails/mails.js';
import { MEMBERS, type MemberRow } from '../membership.rows.js';
import { type CompanyRole, STAFF, withCompanyRoles } from './company-roles.js';

export interface Invitation {
  readonly id: string;
  readonly companyId: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly CompanyRole[];
  readonly language: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly state: 'open' | 'accepted' | 'revoked' | 'expired';
}
export type NewInvitation = Pick<Invitation, 'email' | 'name' | 'roles' | 'language'>;

const DAYS = 7;
/** Open ones, and all of one day: each is a mail to somebody who did not ask for it. */
const MOST_OPEN = 200;
const SHORTEST_PASSWORD = 10;

const COLUMNS = `
  id, company_id AS "companyId", email, name, roles, language, created_at AS "createdAt", expires_at AS "expiresAt",
  CASE WHEN accepted_at IS NOT NULL THEN 'accepted' WHEN revoked_at IS NOT NULL THEN 'revoked'
       WHEN expires_at <= now() THEN 'expired' ELSE 'open' END AS state`;

/** People join a company by a link that is mailed to them: whoever has the link has the address. */
@Injectable()
export class Invitations {
  constructor(
    private readonly db: Db,
    private readonly sessions: Sessions,
    private readonly outgoing: OutgoingMail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  invite(company: MemberRow, invitedBy: string, wanted: NewInvitation): Promise<Result<Invitation>> {
    return this.db.inTx(async (tx) => {
      await tx.rows('SELECT FROM member WHERE id = $1 FOR UPDATE', [company.id]);
      const open = await tx.rows(
        `SELECT FROM invitation WHERE company_id = $1
            AND ((accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()) OR created_at > now() - interval '1 day')
          LIMIT $2`,
        [company.id, MOST_OPEN],
      );
      if (open.length === MOST_OPEN) return err(tooMany);
      const id = newId();
      const token = newToken();
      const [made] = await tx.rows<Invitation>(
        `INSERT INTO invitation (id, company_id, email, name, roles, language, token_hash, invited_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(days => $9)) RETURNING ${COLUMNS}`,
        [
          id,
          company.id,
          wanted.email,
          wanted.name,
          wanted.roles,
          wanted.language,
          hashOf(token),
          invitedBy,
          DAYS,
        ],
      );
      const link = `${this.config.http.publicUrl}/invitations#${token}`;
      const facts = { company: company.name, name: wanted.name, link, days: DAYS };
      await this.outgoing.order(tx, {
        id: `invitation.${id}`,
        to: wanted.email,
        ...membershipMail(wanted.language, 'invitation', facts),
      });
      return made === undefined ? err(gone) : ok(made);
    });
  }

  list(companyId: string, count: number, before?: string): Promise<readonly Invitation[]> {
    return this.db.rows<Invitation>(
      `SELECT ${COLUMNS} FROM invitation WHERE company_id = $1 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $2`,
      [companyId, count, before ?? null],
    );
  }

  async revoke(companyId: string, id: string): Promise<Result<void>> {
    const revoked = await this.db.run(
      `UPDATE invitation SET revoked_at = now() WHERE id = $1 AND company_id = $2 AND accepted_at IS NULL AND revoked_at IS NULL`,
      [id, companyId],
    );
    return revoked === 1 ? ok(undefined) : err(unknown);
  }

  /** What whoever has the token is invited to. */
  async preview(token: string) {
    const invitation = await openOne(this.db, token, '');
    if (invitation === undefined) return err(gone);
    const company = await MEMBERS.one(this.db, { id: invitation.companyId });
    const account = await accountOf(this.db, invitation.email);
    const { email, name, roles, language } = invitation;
    return ok({
      company: company?.name ?? '',
      email,
      name,
      roles,
      language,
      hasAccount: account !== undefined,
    });
  }

  /** For a new account the password is its own; for one that is there it must be that one's. Signs in. */
  async accept(token: string, password: string, { agent }: Whence): Promise<Result<StartedSession>> {
    const seen = await openOne(this.db, token, '');
    if (seen === undefined) return err(gone);
    const known = await accountOf(this.db, seen.email);
    if (known === undefined && password.length < SHORTEST_PASSWORD) return err(tooShort);
    if (known !== undefined && !(await passwordFits(known.passwordHash, password))) return err(wrongPassword);
    const passwordHash = known?.passwordHash ?? (await hashPassword(password));
    return this.db.inTx(async (tx) => {
      const invitation = await openOne(tx, token, 'FOR UPDATE');
      if (invitation === undefined) return err(gone);
      const account = await this.accountFor(tx, invitation, passwordHash);
      if (!account.ok) return account;
      await tx.run('UPDATE invitation SET accepted_at = now() WHERE id = $1', [invitation.id]);
      return ok(await this.sessions.open(tx, account.value, agent));
    });
  }

  private async accountFor(tx: Tx, invitation: Invitation, passwordHash: string): Promise<Result<Account>> {
    const { email, name, language, companyId } = invitation;
    await tx.run(
      `INSERT INTO user_account (id, email, password_hash, roles, name, language) VALUES ($1, $2, $3, '{member}', $4, $5)
       ON CONFLICT (email) DO NOTHING`,
      [newId(), email, passwordHash, name, language],
    );
    const account = await accountOf(tx, email, 'FOR UPDATE');
    // Somebody took the address, or changed the password, between the two looks: what was proved is not this account.
    if (account === undefined || account.passwordHash !== passwordHash) return err(gone);
    if (account.companyId !== null || account.roles.some((role) => STAFF.includes(role))) return err(taken);
    const memberId = account.memberId ?? (await extension(tx, invitation));
    const roles = withCompanyRoles(account.roles, invitation.roles);
    await tx.run('UPDATE user_account SET company_id = $2, roles = $3, member_id = $4 WHERE id = $1', [
      account.id,
      companyId,
      roles,
      memberId,
    ]);
    return ok({ ...account, roles });
  }
}

interface Account {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly UserRole[];
  readonly passwordHash: string;
  readonly companyId: string | null;
  readonly memberId: string | null;
}

async function accountOf(
  sql: Sql,
  email: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<Account | undefined> {
  const [account] = await sql.rows<Account>(
    `SELECT id, email, roles, password_hash AS "passwordHash", company_id AS "companyId", member_id AS "memberId"
       FROM user_account WHERE email = $1 AND disabled_at IS NULL ${lock}`,
    [email],
  );
  return account;
}

async function openOne(sql: Sql, token: string, lock: '' | 'FOR UPDATE'): Promise<Invitation | undefined> {
  const [found] = await sql.rows<Invitation>(
    `SELECT ${COLUMNS} FROM invitation
      WHERE token_hash = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now() ${lock}`,
    [hashOf(token)],
  );
  return found;
}

/** The member that his telephones in the company are: where the company is. */
async function extension(tx: Tx, { companyId, name, language }: Invitation): Promise<string> {
  const company = await MEMBERS.one(tx, { id: companyId });
  if (company === undefined) throw new Error('an invitation to a company that is gone');
  const { country, area } = company;
  const id = newId();
  await MEMBERS.insert(tx, { id, kind: 'person', companyId, name, language, country, area });
  return id;
}

const gone = failure('invitation.gone', 'This invitation is used, revoked or too old.', {
  hint: 'ask the company for another one',
});
const unknown = failure('invitation.unknown', 'The company has no such open invitation.', {
  hint: 'it may be accepted or withdrawn: invite again',
});
const taken = failure('invitation.not-allowed', 'This account belongs to a company already.', {
  hint: 'ask for an invitation to another address',
});
const tooMany = failure(
  'invitation.too-many',
  `There are ${MOST_OPEN} invitations already, open or of today.`,
  {
    hint: 'revoke those that nobody will accept, and go on tomorrow',
  },
);
const tooShort = failure('password.invalid', `A password has at least ${SHORTEST_PASSWORD} characters.`, {
  hint: 'several words are easier to remember than signs',
});
const wrongPassword = failure('password.mismatch', 'That is not the password of your account.', {
  hint: 'type the password that you sign in with',
});
