import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { concatMap, from, type Observable } from 'rxjs';
import { principalOf } from '../principal.js';
import { Attempts } from './attempts.js';
import { limitOf } from './limited.js';
import { sourceOf } from './source.js';

/** Keeps `@Limited`: an attempt is written down before anything is done. */
@Injectable()
export class LimitInterceptor implements NestInterceptor {
  constructor(private readonly attempts: Attempts) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const limit = context.getType() === 'http' ? limitOf(context.getHandler()) : undefined;
    if (limit === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const who = principalOf(request)?.accountId ?? sourceOf(request.ip ?? '');
    return from(this.attempts.orTooMany(limit, who, request)).pipe(concatMap(() => next.handle()));
  }
}
