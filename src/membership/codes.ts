import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../kernel/secret.js';

const DIGITS = 6;
/** Without what is mistaken for another one: 0 O, 1 I. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 8;

/** Six digits, each as likely as any other: what can be spoken, and typed while one listens. */
export const newSpokenCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');

/** Eight of 32 characters, 40 bits: what a mail brings. Tried a million times from everywhere it is not found. */
export const newMailedCode = (): string =>
  Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** As people type them: small letters, spaces and dashes are no mistake. */
export const mailedCode = z
  .string()
  .max(40)
  .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^[2-9A-HJ-NP-Z]{8}$/, 'must be the eight characters of the mail'));
export const spokenCode = z.string().regex(/^[0-9]{6}$/, 'must be six digits');

/** Keyed: a million codes are tried in a second by whoever has a plain hash. `id`: of what the code opens. */
export const codeHash = (secret: Secret, id: string, code: string): Buffer =>
  createHmac('sha256', secret.reveal()).update(`code:${id}:${code}`).digest();

/** Compares without telling by its time how much was right; without a hash nothing fits. */
export function codeFits(secret: Secret, id: string, stored: Buffer | null, code: string): boolean {
  return secret.accepted.some((one) => {
    const hash = codeHash(one, id, code);
    return timingSafeEqual(stored ?? hash, hash) && stored !== null;
  });
}
