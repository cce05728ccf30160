import type { Request, Response } from 'express';
import type { Config } from '../../../config.js';
import { cookieName, cookieOptions, SESSION_SECONDS } from '../access/session-cookie.js';
import { sourceOf } from '../access/source.js';
import type { StartedSession, Whence } from './sessions.service.js';

export const whenceOf = (request: Request): Whence => ({
  source: sourceOf(request.ip ?? ''),
  agent: request.headers['user-agent'] ?? '',
});

/** Sets the session's cookie, and is what the page gets beside it. */
export function answerWithSession(
  response: Response,
  config: Pick<Config, 'http'>,
  { token, csrfToken, account }: StartedSession,
) {
  response.cookie(cookieName(config), token, { ...cookieOptions(config), maxAge: SESSION_SECONDS * 1_000 });
  response.set('cache-control', 'no-store');
  return { account, csrfToken };
}
