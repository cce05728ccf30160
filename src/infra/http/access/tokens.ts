import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../kernel/secret.js';

/** 256 random bits as text: cannot be guessed, so its plain hash may be stored and looked up. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** What a page must send in X-CSRF-Token beside its session cookie: another site can make the browser send the cookie, not this. */
export const csrfTokenOf = (secret: Secret, sessionId: string): string =>
  createHmac('sha256', secret.reveal()).update(`csrf:${sessionId}`).digest('base64url');

/** Made by the secret that is, or by the one that it replaced. */
export const isCsrfToken = (secret: Secret, sessionId: string, sent: string): boolean =>
  secret.accepted.some((one) => sameText(sent, csrfTokenOf(one, sessionId)));

/** Compares without telling by its time how much was right. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hashOf(a), hashOf(b));
}
