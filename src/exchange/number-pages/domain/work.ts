import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../kernel/secret.js';

/** A browser works on it for about a second; whoever wants to send a million mails, for two weeks. */
export const WORK_BITS = 15;
const GOOD_FOR_MS = 10 * 60_000;

/**
 * A challenge for one number: `<time>.<random>.<signature>`. Nothing is kept of it until it is used; that it is ours, fresh and for that
 * number says its signature.
 */
export function newChallenge(number: string, now: number, key: Secret): string {
  const body = `${now.toString(36)}.${randomBytes(9).toString('base64url')}`;
  return `${body}.${sign(body, number, key)}`;
}

/** Whether the challenge is ours and fresh, and the work done: SHA-256 of `<challenge>:<nonce>` begins with so many zero bits. */
export function isDone(
  challenge: string,
  nonce: string,
  { number, now, key }: { readonly number: string; readonly now: number; readonly key: Secret },
): boolean {
  const found = /^([0-9a-z]{1,12})\.([\w-]{12})\.([\w-]{43})$/.exec(challenge);
  const [, time = '', random = '', signed = ''] = found ?? [];
  if (found === null || !/^[0-9]{1,12}$/.test(nonce)) return false;
  const isOurs = key.accepted.some((one) =>
    timingSafeEqual(Buffer.from(sign(`${time}.${random}`, number, one)), Buffer.from(signed)),
  );
  const age = now - Number.parseInt(time, 36);
  if (!isOurs || age < 0 || age > GOOD_FOR_MS) return false;
  const hash = createHash('sha256').update(`${challenge}:${nonce}`).digest();
  return hash.readUInt32BE(0) >>> (32 - WORK_BITS) === 0;
}

const sign = (body: string, number: string, key: Secret): string =>
  createHmac('sha256', key.reveal()).update(`number page:${number}:${body}`).digest('base64url');
