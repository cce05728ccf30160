import type { CookieOptions, Request } from 'express';
import type { Config } from '../../../config.js';

/** 12 hours: a working day and its overtime. */
export const SESSION_SECONDS = 12 * 3_600;

const secure = (config: Pick<Config, 'http'>): boolean => config.http.publicUrl.startsWith('https:');

/** `__Host-` binds the cookie to this very host, but browsers accept it over https only. */
export const cookieName = (config: Pick<Config, 'http'>): string =>
  secure(config) ? '__Host-anydial_session' : 'anydial_session';

export const cookieOptions = (config: Pick<Config, 'http'>): CookieOptions => ({
  httpOnly: true,
  sameSite: 'strict',
  secure: secure(config),
  path: '/',
});

/** The value of a cookie as the browser sent it; undefined when absent. */
export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
