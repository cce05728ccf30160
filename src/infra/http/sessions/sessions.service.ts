import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config.js';
import { newId } from '../../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import type { Sql } from '../../db/sql.js';
import { Attempts, SIGN_IN } from '../access/attempts.js';
import { SESSION_SECONDS } from '../access/session-cookie.js';
import { csrfTokenOf, hashOf, newToken } from '../access/tokens.js';
import type { UserRole } from '../policies.js';
import { SECOND_FACTOR } from '../second-factor/limits.js';
import { SecondFactors, wrongCode } from '../second-factor/second-factors.service.js';
import { passwordFits } from './passwords.js';

export type SignInFailure = Failure<
  | 'sign-in.unauthenticated'
  | 'sign-in.too-many'
  | 'second-factor.mismatch'
  | 'second-factor.missing.unauthenticated'
  | 'second-factor.too-many'
  | 'second-factor.not-found'
>;

export interface SignedInAccount {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly UserRole[];
}

export interface StartedSession {
  /** The cookie's value; kept nowhere but in the browser. */
  readonly token: string;
  readonly csrfToken: string;
  readonly account: SignedInAccount;
}

/** Where somebody signs in from: `source` is what attempts are counted by (`sourceOf`), `agent` the program's name for itself. */
export interface Whence {
  readonly source: string;
  readonly agent: string;
}

const MOST_AGENT = 200;

@Injectable()
export class Sessions {
  constructor(
    private readonly db: Db,
    private readonly attempts: Attempts,
    private readonly factors: SecondFactors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Signs in. Unknown address, wrong password and disabled account are told apart neither by the answer nor by its time. */
  async start(
    address: string,
    password: string,
    { source, agent }: Whence,
    code?: string,
  ): Promise<Result<StartedSession, SignInFailure>> {
    const email = address.toLowerCase();
    if (!(await this.attempts.admit(SIGN_IN, email, source))) return err(tooMany);
    const [account] = await this.db.rows<AccountRow>(
      'SELECT id, email, roles, password_hash FROM user_account WHERE email = $1 AND disabled_at IS NULL',
      [email],
    );
    const fits = await passwordFits(account?.password_hash, password);
    if (account === undefined || !fits) return err(wrong);
    // A password that fits without its code stays an attempt: who has only the password does not go on guessing.
    const shown = await this.showCode(account.id, source, code);
    if (!shown.ok) return shown;
    await this.attempts.clear(SIGN_IN, email, source);
    return ok(await this.open(this.db, account, agent, shown.value));
  }

  /** Whether a code was shown; a failure where the account needs one and it is missing or wrong. */
  private async showCode(
    accountId: string,
    source: string,
    code: string | undefined,
  ): Promise<Result<boolean, SignInFailure>> {
    if (!(await this.factors.isEnrolled(accountId))) return ok(false);
    if (code === undefined) return err(codeMissing);
    if (!(await this.attempts.admit(SECOND_FACTOR, accountId, source))) return err(tooManyCodes);
    const taken = await this.db.inTx((tx) => this.factors.takeCode(tx, accountId, code, true));
    if (!taken.ok) return err(wrongCode());
    await this.attempts.clear(SECOND_FACTOR, accountId, source);
    return ok(true);
  }

  async end(sessionId: string): Promise<void> {
    await this.db.rows('DELETE FROM user_session WHERE id = $1', [sessionId]);
  }

  /** What an account is called, and in which language it is spoken to. */
  async profile(accountId: string): Promise<{ name: string | null; language: string }> {
    const [found] = await this.db.rows<{ name: string | null; language: string }>(
      'SELECT name, language FROM user_account WHERE id = $1',
      [accountId],
    );
    return found ?? { name: null, language: 'en' };
  }

  /** A session for somebody who has shown otherwise who he is. */
  async open(
    sql: Sql,
    { id, email, roles }: SignedInAccount,
    agent: string,
    codeShown = false,
  ): Promise<StartedSession> {
    const sessionId = newId();
    const token = newToken();
    await sql.rows(
      `INSERT INTO user_session (id, token_hash, account_id, expires_at, agent, second_factor_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4), $5, CASE WHEN $6 THEN now() END)`,
      [sessionId, hashOf(token), id, SESSION_SECONDS, agent.slice(0, MOST_AGENT), codeShown],
    );
    return {
      token,
      csrfToken: csrfTokenOf(this.config.sessionSecret, sessionId),
      account: { id, email, roles },
    };
  }
}

interface AccountRow extends SignedInAccount {
  readonly password_hash: string;
}

const wrong = failure('sign-in.unauthenticated', 'E-mail address and password do not fit.', {
  hint: 'check both, or ask for a new password with POST /v1/password-resets',
});
const codeMissing = failure(
  'second-factor.missing.unauthenticated',
  'This account also needs the code of its authenticator app.',
  { hint: 'send the same again with "code": the six digits, or a recovery code' },
);
const tooManyCodes = failure('second-factor.too-many', 'Too many codes.', {
  hint: 'wait a quarter of an hour',
  retry: 'safe',
});
const tooMany = failure('sign-in.too-many', 'Too many attempts to sign in.', {
  hint: 'wait a quarter of an hour',
  retry: 'safe',
});
