import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config.js';
import { newId } from '../../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import { SESSION_SECONDS } from '../access/session-cookie.js';
import { csrfTokenOf, hashOf, newToken } from '../access/tokens.js';
import type { UserRole } from '../policies.js';
import { passwordFits } from './passwords.js';
import { SignInAttempts } from './sign-in-attempts.js';

export type SignInFailure = Failure<'sign-in.unauthenticated' | 'sign-in.too-many'>;

export interface StartedSession {
  /** The cookie's value; kept nowhere but in the browser. */
  readonly token: string;
  readonly csrfToken: string;
  readonly account: { readonly id: string; readonly email: string; readonly roles: readonly UserRole[] };
}

@Injectable()
export class Sessions {
  constructor(
    private readonly db: Db,
    private readonly attempts: SignInAttempts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Signs in. Unknown address, wrong password and disabled account are told apart neither by the answer nor by its time.
   * `source` is what attempts are counted by (`sourceOf`).
   */
  async start(
    address: string,
    password: string,
    source: string,
  ): Promise<Result<StartedSession, SignInFailure>> {
    const email = address.toLowerCase();
    if (!(await this.attempts.admit(email, source))) return err(tooMany);
    const [account] = await this.db.rows<AccountRow>(
      'SELECT id, email, roles, password_hash FROM user_account WHERE email = $1 AND disabled_at IS NULL',
      [email],
    );
    const fits = await passwordFits(account?.password_hash, password);
    if (account === undefined || !fits) return err(wrong);
    await this.attempts.clear(email, source);
    return ok(await this.open(account));
  }

  async end(sessionId: string): Promise<void> {
    await this.db.rows('DELETE FROM user_session WHERE id = $1', [sessionId]);
  }

  private async open({ id, email, roles }: AccountRow): Promise<StartedSession> {
    const sessionId = newId();
    const token = newToken();
    await this.db.rows(
      `INSERT INTO user_session (id, token_hash, account_id, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4))`,
      [sessionId, hashOf(token), id, SESSION_SECONDS],
    );
    return {
      token,
      csrfToken: csrfTokenOf(this.config.sessionSecret, sessionId),
      account: { id, email, roles },
    };
  }
}

interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly UserRole[];
  readonly password_hash: string;
}

const wrong = failure('sign-in.unauthenticated', 'E-mail address and password do not fit.', {
  hint: 'check both; an operator can set a new password',
});
const tooMany = failure('sign-in.too-many', 'Too many attempts to sign in.', {
  hint: 'wait a quarter of an hour',
  retry: 'safe',
});
