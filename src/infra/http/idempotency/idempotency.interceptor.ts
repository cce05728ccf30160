import { createHash } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { assertNever, failure } from '../../../kernel/result.js';
import { LOG, type Log } from '../../log/log.js';
import { principalOf } from '../principal.js';
import { ProblemError } from '../problem.js';
import { IdempotencyStore, type StoredAnswer } from './idempotency.store.js';
import { isIdempotent } from './idempotent.js';

/**
 * `Idempotency-Key` on routes marked `@Idempotent()` (draft-ietf-httpapi-idempotency-key-header): the first request is executed and
 * its answer kept for a day; a repetition gets that answer; another request under the same key is refused. Never executes
 * twice: where the outcome of the first is not known, it says so.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly store: IdempotencyStore,
    @Inject(LOG) private readonly log: Log,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const header = request.headers['idempotency-key'];
    if (!isIdempotent(context.getHandler()) || header === undefined) return next.handle();
    return from(this.once(keyFrom(header), request, http.getResponse<Response>(), next));
  }

  private async once(key: string, request: Request, response: Response, next: CallHandler): Promise<unknown> {
    const accountId = principalOf(request)?.accountId;
    if (accountId === undefined) throw new Error('an idempotent route must require signing in');
    const claim = await this.store.claim(accountId, key, hashOfRequest(request));
    switch (claim.kind) {
      case 'first':
        return this.execute(accountId, key, response, next);
      case 'answered':
        return replay(claim.answer, response);
      case 'in-progress':
        throw new ProblemError(inProgress, { headers: { 'retry-after': '1' } });
      case 'outcome-unknown':
        throw new ProblemError(outcomeUnknown, { status: 409 });
      case 'other-request':
        throw new ProblemError(otherRequest);
      default:
        return assertNever(claim);
    }
  }

  private async execute(
    accountId: string,
    key: string,
    response: Response,
    next: CallHandler,
  ): Promise<unknown> {
    let body: unknown;
    try {
      body = await lastValueFrom(next.handle());
    } catch (error) {
      // A surprise may have come after the effect: its key stays taken, and a repetition hears that the outcome is unknown.
      if (isExpected(error)) await this.store.release(accountId, key);
      throw error;
    }
    const answer = { status: response.statusCode, location: response.get('location'), body };
    await this.store.answered(accountId, key, answer).catch((error: unknown) => {
      this.log.warn(
        { err: error },
        'answer not stored: its repetition will hear that the outcome is unknown',
      );
    });
    return body;
  }
}

const isExpected = (error: unknown): boolean =>
  (error instanceof ProblemError && error.failure.retry !== 'unknown') || error instanceof HttpException;

function keyFrom(header: string | string[]): string {
  if (typeof header === 'string' && /^[\x21-\x7e]{8,200}$/.test(header)) return header;
  throw new ProblemError(
    failure('idempotency-key.malformed', 'The Idempotency-Key is not usable.', {
      hint: 'send 8 to 200 printable characters without spaces, best a new UUID per thing you want done',
    }),
  );
}

const hashOfRequest = (request: Request): Buffer =>
  createHash('sha256')
    .update(`${request.method} ${request.originalUrl}\n${JSON.stringify(request.body ?? null)}`)
    .digest();

function replay(answer: StoredAnswer, response: Response): unknown {
  response.status(answer.status).set('idempotency-replayed', 'true');
  if (answer.location !== undefined) response.location(answer.location);
  return answer.body;
}

const inProgress = failure(
  'request.in-progress',
  'The first request with this Idempotency-Key is still being worked on.',
  {
    hint: 'send it again in a moment',
    retry: 'safe',
  },
);
const outcomeUnknown = failure(
  'idempotency-key.outcome-unknown',
  'What became of the first request is not known.',
  {
    hint: 'look up whether it was done; if not, send it with a new key',
  },
);
const otherRequest = failure(
  'idempotency-key.mismatch',
  'This Idempotency-Key was used for another request.',
  {
    hint: 'use a new key for each thing you want done',
  },
);
