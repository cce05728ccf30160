import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import type { Sql } from '../../infra/db/sql.js';
import { hashPassword, passwordFits } from '../../infra/http/sessions/passwords.js';
import { Sessions, type StartedSession, type Whence } from '../../infra/http/sessions/sessions.service.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { membershipMail } from '../mails/mails.js';
import { type GivenConsent, recordConsents } from './consents.js';
import { type CodeTicket, gone, MailedCodes } from './mailed-codes.js';

export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly language: string;
  readonly consents: readonly GivenConsent[];
}

/** How an account comes to be, and gets another password or address. Known and unknown addresses look alike from outside. */
@Injectable()
export class Accounts {
  constructor(
    private readonly db: Db,
    private readonly codes: MailedCodes,
    private readonly sessions: Sessions,
    private readonly outgoing: OutgoingMail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Mails a code, or, to who has an account, that he has one. */
  async signUp({ email, password, language, consents }: SignUp): Promise<CodeTicket> {
    const passwordHash = await hashPassword(password);
    return this.db.inTx(async (tx) => {
      const known = (await tx.rows('SELECT FROM user_account WHERE email = $1', [email])).length > 0;
      const ticket = await this.codes.begin(tx, {
        purpose: 'sign-up',
        email,
        language,
        mailed: !known,
        passwordHash,
        consents,
      });
      if (known)
        await this.outgoing.order(tx, {
          id: `already-here.${ticket.id}`,
          to: email,
          ...membershipMail(language, 'alreadyHere', { link: this.link('password') }),
        });
      return ticket;
    });
  }

  /** The code makes the account, and signs in. */
  async confirmSignUp(id: string, code: string, { agent }: Whence): Promise<Result<StartedSession>> {
    return this.codes.open('sign-up', id, code, async (tx, opened) => {
      const [account] = await tx.rows<{ id: string }>(
        `INSERT INTO user_account (id, email, password_hash, roles, language) VALUES ($1, $2, $3, '{member}', $4)
         ON CONFLICT (email) DO NOTHING RETURNING id`,
        [newId(), opened.email, opened.passwordHash, opened.language],
      );
      if (account === undefined) return err(gone);
      await recordConsents(tx, account.id, opened.consents);
      return ok(
        await this.sessions.open(tx, { id: account.id, email: opened.email, roles: ['member'] }, agent),
      );
    });
  }

  resetPassword(email: string): Promise<CodeTicket> {
    return this.db.inTx(async (tx) => {
      const [account] = await tx.rows<{ id: string; language: string }>(
        'SELECT id, language FROM user_account WHERE email = $1 AND disabled_at IS NULL',
        [email],
      );
      return this.codes.begin(tx, {
        purpose: 'password-reset',
        email,
        language: account?.language ?? 'en',
        mailed: account !== undefined,
        ...(account === undefined ? {} : { accountId: account.id }),
      });
    });
  }

  /** Whoever stole the old password is out: every session and key ends. */
  async confirmReset(id: string, code: string, password: string): Promise<Result<void>> {
    const passwordHash = await hashPassword(password);
    return this.codes.open('password-reset', id, code, async (tx, { accountId, email, language }) => {
      // The code proves an address: once the account has another one, it proves nothing of the account.
      const set = await tx.run('UPDATE user_account SET password_hash = $2 WHERE id = $1 AND email = $3', [
        accountId,
        passwordHash,
        email,
      ]);
      if (set !== 1) return err(gone);
      await endCredentials(tx, accountId ?? '', null);
      await this.outgoing.order(tx, this.changedMail(id, email, language));
      return ok(undefined);
    });
  }

  async changePassword(
    accountId: string,
    sessionId: string,
    current: string,
    wanted: string,
  ): Promise<Result<void>> {
    if (!(await this.passwordIs(accountId, current))) return err(wrongPassword);
    const passwordHash = await hashPassword(wanted);
    return this.db.inTx(async (tx) => {
      const [account] = await tx.rows<{ email: string; language: string }>(
        'UPDATE user_account SET password_hash = $2 WHERE id = $1 RETURNING email, language',
        [accountId, passwordHash],
      );
      await endCredentials(tx, accountId, sessionId);
      if (account !== undefined)
        await this.outgoing.order(tx, this.changedMail(newId(), account.email, account.language));
      return ok(undefined);
    });
  }

  /** Code to the new address, notice to the old. An address that somebody has looks as one that nobody has. */
  async changeEmail(accountId: string, password: string, email: string): Promise<Result<CodeTicket>> {
    if (!(await this.passwordIs(accountId, password))) return err(wrongPassword);
    return this.db.inTx(async (tx) => {
      const [account] = await tx.rows<{ email: string; language: string; taken: boolean }>(
        `SELECT email, language, EXISTS (SELECT FROM user_account WHERE email = $2) AS taken
           FROM user_account WHERE id = $1`,
        [accountId, email],
      );
      const { language = 'en', taken = true, email: old = email } = account ?? {};
      const ticket = await this.codes.begin(tx, {
        purpose: 'email-change',
        email,
        language,
        mailed: !taken,
        accountId,
      });
      await this.outgoing.order(tx, {
        id: `email-changing.${ticket.id}`,
        to: old,
        ...membershipMail(language, 'emailChanging', { to: email, link: this.link('password') }),
      });
      return ok(ticket);
    });
  }

  confirmEmail(accountId: string, id: string, code: string): Promise<Result<{ email: string }>> {
    return unlessRefused({ '23505': gone }, () =>
      this.codes.open(
        'email-change',
        id,
        code,
        async (tx, { email }) => {
          await tx.run('UPDATE user_account SET email = $2 WHERE id = $1', [accountId, email]);
          return ok({ email });
        },
        accountId,
      ),
    );
  }

  async passwordIs(accountId: string, password: string): Promise<boolean> {
    const [account] = await this.db.rows<{ hash: string }>(
      'SELECT password_hash AS hash FROM user_account WHERE id = $1 AND disabled_at IS NULL',
      [accountId],
    );
    return passwordFits(account?.hash, password);
  }

  private changedMail(id: string, to: string, language: string) {
    return {
      id: `password-changed.${id}`,
      to,
      ...membershipMail(language, 'passwordChanged', { link: this.link('password') }),
    };
  }

  private link(page: string): string {
    return `${this.config.http.publicUrl}/${page}`;
  }
}

/** All sessions and keys of an account, except that session; and codes that were mailed to set its password. */
export async function endCredentials(sql: Sql, accountId: string, but: string | null): Promise<void> {
  await sql.run('DELETE FROM user_session WHERE account_id = $1 AND ($2::uuid IS NULL OR id <> $2)', [
    accountId,
    but,
  ]);
  await sql.run('DELETE FROM api_key WHERE account_id = $1', [accountId]);
  await sql.run(
    `UPDATE mailed_code SET used_at = now() WHERE account_id = $1 AND purpose = 'password-reset' AND used_at IS NULL`,
    [accountId],
  );
}

export const wrongPassword = failure('password.mismatch', 'That is not your password.', {
  hint: 'type the password that you sign in with',
});
