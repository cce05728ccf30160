import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../kernel/secret.js';

const DIGITS = 6;

/** Six digits, each as likely as any other. */
export const newCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');

/** Keyed: a million codes are tried in a second by whoever has a plain hash. `id`: of what the code opens. */
export const codeHash = (secret: Secret, id: string, code: string): Buffer =>
  createHmac('sha256', secret.reveal()).update(`code:${id}:${code}`).digest();

/** Compares without telling by its time how much was right; without a hash nothing fits. */
export function codeFits(secret: Secret, id: string, stored: Buffer | null, code: string): boolean {
  const hash = codeHash(secret, id, code);
  return timingSafeEqual(stored ?? hash, hash) && stored !== null;
}
