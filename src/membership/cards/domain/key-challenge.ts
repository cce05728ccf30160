import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../kernel/secret.js';

export const GOOD_FOR_MS = 5 * 60_000;
const HEAD_BYTES = 24;

/**
 * What a security key signs at a terminal where nobody is signed in: 16 random bytes, the time, and our word (HMAC-SHA-256) for both.
 * Nothing is kept of it until it has been used.
 */
export function newKeyChallenge(now: number, key: Secret): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(HEAD_BYTES);
  randomBytes(HEAD_BYTES - 8).copy(head);
  head.writeBigUInt64BE(BigInt(now), HEAD_BYTES - 8);
  return new Uint8Array(Buffer.concat([head, wordFor(head, key)]));
}

/** Whether we gave it, in the last five minutes. `challenge`: base64url, as a browser sends it back. */
export function isKeyChallenge(challenge: string, now: number, key: Secret): boolean {
  const given = Buffer.from(challenge, 'base64url');
  if (given.length !== HEAD_BYTES + 32) return false;
  const head = given.subarray(0, HEAD_BYTES);
  if (!timingSafeEqual(given.subarray(HEAD_BYTES), wordFor(head, key))) return false;
  const age = now - Number(head.readBigUInt64BE(HEAD_BYTES - 8));
  return age >= 0 && age <= GOOD_FOR_MS;
}

const wordFor = (head: Uint8Array, key: Secret): Buffer =>
  createHmac('sha256', key.reveal()).update('card-key:').update(head).digest();
