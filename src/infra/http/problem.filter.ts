import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { failure } from '../../kernel/result.js';
import { sqlStateOf } from '../db/sql-state.js';
import { LOG, type Log } from '../log/log.js';
import { type Problem, ProblemError } from './problem.js';

/** Every error leaves as `application/problem+json`. A surprise says nothing about itself but the request's id; the log has the rest. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request & { id: string }>();
    const response = http.getResponse<Response>();
    const known = asProblem(error);
    if (known === undefined) this.log.error({ err: error, request: request.id }, 'unexpected error');
    tellProblem(error, response, request.id);
  }
}

/** Ends an answer by the problem; one that has begun is cut off, so that nobody takes half of it for all. */
export function tellProblem(error: unknown, response: Response, requestId: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const told = asProblem(error) ?? new ProblemError(surprise, { status: 500 });
  for (const name of ['content-disposition', 'content-length']) response.removeHeader(name);
  response
    .status(told.status)
    .set(told.more.headers ?? {})
    .type('application/problem+json')
    .json(problemOf(told, requestId));
}

const surprise = failure('server.unexpected', 'Something went wrong on our side.', {
  hint: 'try again; if it stays, give support the value of "instance"',
  retry: 'unknown',
});

/** Nest's and body-parser's own errors, by status: their texts are for developers, so only harmless ones are passed on. */
const plainByStatus: Readonly<Record<number, readonly [code: string, message: string, hint: string]>> = {
  400: [
    'request.malformed',
    'The request cannot be read.',
    'send well-formed JSON with content-type application/json',
  ],
  401: [
    'request.unauthenticated',
    'Sign in first.',
    'POST /v1/sessions, or send an API key as a bearer token',
  ],
  403: ['request.forbidden', 'You may not do that.', 'ask an operator for a role that may'],
  404: ['route.not-found', 'There is nothing here.', 'check the path against the API reference'],
  405: ['route.not-allowed', 'That method is not for this path.', 'check the path against the API reference'],
  413: ['request.too-large', 'The request body is too large.', 'use the bulk import for large data'],
  415: ['request.unsupported-media-type', 'That content type is not understood.', 'send application/json'],
  429: ['request.too-many', 'Too many requests.', 'wait as long as the Retry-After header says'],
};

/** SQLSTATEs of texts that PostgreSQL cannot hold: a NUL, a byte sequence that is no UTF-8. No field of ours wants them. */
const unwritable: ReadonlySet<string> = new Set(['22021', '22P05']);
const unreadableText = failure('text.malformed', 'A text holds a character that cannot be stored.', {
  hint: 'leave out NUL (U+0000) and half surrogates',
});

function asProblem(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (unwritable.has(sqlStateOf(error) ?? '')) return new ProblemError(unreadableText);
  const status = error instanceof HttpException ? error.getStatus() : clientStatusOf(error);
  const plain =
    status === undefined
      ? undefined
      : (plainByStatus[status] ?? (status < 500 ? plainByStatus[400] : undefined));
  if (status === undefined || plain === undefined) return undefined;
  const [code, message, hint] = plain;
  return new ProblemError(failure(code, message, { hint }), { status });
}

/** http-errors (body-parser, express) mark what the client did wrong with `expose` and a 4xx status. */
function clientStatusOf(error: unknown): number | undefined {
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500 && expose === true ? status : undefined;
}

function problemOf(error: ProblemError, requestId: string): Problem {
  const { failure: told, more } = error;
  return {
    type: `urn:anydial:problem:${told.code}`,
    title: told.code,
    status: error.status,
    detail: told.message,
    instance: `urn:uuid:${requestId}`,
    code: told.code,
    retry: told.retry,
    // Each failure has one (test/unit/api-rules.spec.ts).
    hint: told.hint ?? 'quote "instance" to support',
    ...(more.errors === undefined ? {} : { errors: more.errors }),
  };
}
