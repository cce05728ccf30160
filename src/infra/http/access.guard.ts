import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import type { Request } from 'express';
import { fromThisHost } from './from-this-host.js';
import { decideAccess, policyOf, ruleOf } from './policy.js';
import { principalOf } from './principal.js';

/** Closed by default: a route is served only as the policy table says. */
@Injectable()
export class AccessGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const rule = ruleOf(policyOf(context.getHandler()));
    const verdict = decideAccess(rule, principalOf(request)?.roles, fromThisHost(request));
    if (verdict === 'sign-in-first') throw new UnauthorizedException();
    if (verdict === 'forbidden') throw new ForbiddenException();
    return true;
  }
}
