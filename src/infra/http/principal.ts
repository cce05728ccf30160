import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { UserRole } from './policies.js';

/** Who is asking, by session cookie or API key. */
export interface Principal {
  readonly accountId: string;
  readonly email: string;
  /** The company the account belongs to: whoever has one sees only its rows. */
  readonly companyId: string | null;
  /** The member that the account is: without another role it sees only that member's rows. */
  readonly memberId: string | null;
  readonly roles: readonly UserRole[];
  /** Staff's roles that do not count until a second factor is set up. */
  readonly withheld: readonly UserRole[];
  /** Has to show a code anew before what is dangerous: he has an app, and showed no code for a while. */
  readonly codeIsStale: boolean;
  readonly by: 'session' | 'api-key';
  /** Of an API key that may do less than its roles: see `scopes.ts`. */
  readonly scopes?: readonly string[] | null;
  /** Of the session or of the API key. */
  readonly credentialId: string;
}

const known = new WeakMap<Request, Principal>();

export const rememberPrincipal = (request: Request, principal: Principal): void => {
  known.set(request, principal);
};
export const principalOf = (request: Request): Principal | undefined => known.get(request);

/** Parameter of a route whose policy requires signing in. */
export const CurrentPrincipal = createParamDecorator((_: undefined, context: ExecutionContext): Principal => {
  const principal = known.get(context.switchToHttp().getRequest<Request>());
  if (principal === undefined) throw new Error('this route is open to anyone: it has no principal');
  return principal;
});
