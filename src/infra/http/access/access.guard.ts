import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import type { Request } from 'express';
import { failure } from '../../../kernel/result.js';
import { orProblem } from '../answer.js';
import { fromThisHost } from '../from-this-host.js';
import { decideFor, isOpen, policyOf, ruleOf } from '../policy.js';
import { rememberPrincipal } from '../principal.js';
import { ProblemError } from '../problem.js';
import { Authenticator } from './authenticator.js';

/** Closed by default: a route is served only as the policy table says. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const name = policyOf(context.getHandler());
    const rule = ruleOf(name);
    if (rule === undefined) throw new ForbiddenException();
    const local = fromThisHost(request);
    if (isOpen(rule, local)) return true;
    const principal = orProblem(await this.authenticator.authenticate(request));
    const verdict = decideFor(name, { fromThisHost: local, signedIn: principal });
    if (principal === undefined || verdict === 'sign-in-first') throw new UnauthorizedException();
    if (verdict === 'forbidden') throw new ForbiddenException();
    if (verdict === 'show-a-code') throw new ProblemError(showACode());
    rememberPrincipal(request, principal);
    return true;
  }
}

const showACode = () =>
  failure('step-up.forbidden', 'This needs a fresh code of your authenticator app.', {
    hint: 'PUT /v1/me/second-factor/proof with the code, then send this again',
  });
