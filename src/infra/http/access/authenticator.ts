import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, type Config } from '../../../config.js';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import type { UserRole } from '../policies.js';
import type { Principal } from '../principal.js';
import { isStaffRole } from '../second-factor/staff.js';
import { cookieName, cookieOf } from './session-cookie.js';
import { hashOf, isCsrfToken } from './tokens.js';

export type AuthenticationFailure = Failure<'request.unauthenticated' | 'csrf.forbidden'>;

const harmless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds out who is asking: an API key (`Authorization: Bearer`) counts before a session cookie. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Undefined for a caller without credentials; a failure for credentials that are wrong, ended or disabled: which, isn't told. */
  async authenticate(request: Request): Promise<Result<Principal | undefined, AuthenticationFailure>> {
    const authorization = request.headers.authorization;
    if (authorization !== undefined) return this.byKey(authorization);
    const token = cookieOf(request, cookieName(this.config));
    if (token === undefined) return ok(undefined);
    const principal = await this.bySession(token);
    if (principal === undefined) return err(unauthenticated());
    return this.csrfHolds(request, principal) ? ok(principal) : err(csrfMissing());
  }

  private async byKey(authorization: string): Promise<Result<Principal, AuthenticationFailure>> {
    const key = /^Bearer ([\w-]{20,200})$/i.exec(authorization)?.[1];
    if (key === undefined) return err(unauthenticated());
    const [found] = await this.db.rows<FoundCredential>(BY_KEY, [hashOf(key)]);
    return found === undefined ? err(unauthenticated()) : ok(this.principalFrom(found, 'api-key'));
  }

  private async bySession(token: string): Promise<Principal | undefined> {
    const [found] = await this.db.rows<FoundCredential>(BY_SESSION, [hashOf(token)]);
    return found && this.principalFrom(found, 'session');
  }

  private principalFrom(found: FoundCredential, by: Principal['by']): Principal {
    const waits = (role: UserRole): boolean =>
      found.has_factor ? !found.code_shown : this.config.staffSecondFactor && isStaffRole(role);
    return {
      accountId: found.account_id,
      email: found.email,
      companyId: found.company_id,
      memberId: found.member_id,
      roles: found.roles.filter((role) => !waits(role)),
      scopes: found.scopes,
      withheld: found.roles.filter(waits),
      codeIsStale: found.code_is_stale,
      by,
      credentialId: found.credential_id,
    };
  }

  private csrfHolds(request: Request, { credentialId }: Principal): boolean {
    const sent = request.headers['x-csrf-token'];
    return (
      harmless.has(request.method) ||
      (typeof sent === 'string' && isCsrfToken(this.config.sessionSecret, credentialId, sent))
    );
  }
}

interface FoundCredential {
  readonly credential_id: string;
  readonly account_id: string;
  readonly email: string;
  readonly company_id: string | null;
  readonly member_id: string | null;
  readonly roles: readonly UserRole[];
  readonly has_factor: boolean;
  readonly code_shown: boolean;
  readonly code_is_stale: boolean;
  readonly scopes: readonly string[] | null;
}

const BY_SESSION = `
  SELECT session.id AS credential_id, account.id AS account_id, account.email, account.company_id, account.member_id, account.roles,
         factor.confirmed_at IS NOT NULL AS has_factor, session.second_factor_at IS NOT NULL AS code_shown,
         factor.confirmed_at IS NOT NULL AND coalesce(session.second_factor_at, '-infinity') < now() - interval '10 minutes'
           AS code_is_stale,
         NULL::text[] AS scopes
  FROM user_session session JOIN user_account account ON account.id = session.account_id
  LEFT JOIN second_factor factor ON factor.account_id = account.id
  WHERE session.token_hash = $1 AND session.expires_at > now() AND account.disabled_at IS NULL`;

/** A key never has a role that its account has lost. "Last used" is kept to the minute, to write seldom. */
const BY_KEY = `
  WITH found AS (
    SELECT key.id AS credential_id, account.id AS account_id, account.email, account.company_id, account.member_id,
           ARRAY(SELECT unnest(key.roles) INTERSECT SELECT unnest(account.roles)) AS roles, key.scopes,
           -- A key was made by who had shown a code, where one was needed.
           true AS has_factor, true AS code_shown, false AS code_is_stale
    FROM api_key key JOIN user_account account ON account.id = key.account_id
    WHERE key.key_hash = $1 AND (key.expires_at IS NULL OR key.expires_at > now()) AND account.disabled_at IS NULL
  ), used AS (
    UPDATE api_key SET last_used_at = now() FROM found
    WHERE api_key.id = found.credential_id AND coalesce(last_used_at, '-infinity') < now() - interval '1 minute'
  )
  SELECT * FROM found`;

const unauthenticated = () =>
  failure('request.unauthenticated', 'These credentials are not valid, or no longer.', {
    hint: 'sign in again with POST /v1/sessions, or use another API key',
  });
const csrfMissing = () =>
  failure('csrf.forbidden', 'The X-CSRF-Token header is missing or wrong.', {
    hint: 'send the csrfToken that POST /v1/sessions and GET /v1/me return',
  });
