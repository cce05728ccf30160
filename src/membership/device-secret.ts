import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 144 bits in characters that every phone's menu takes. */
export const newSecret = (): string => randomBytes(18).toString('base64url');

/** RFC 2617 HA1. MD5 is what desk phones speak; the stored digest is as good as the secret and is guarded like one. */
export const digestOf = (username: string, realm: string, secret: string): string =>
  createHash('md5').update(`${username}:${realm}:${secret}`).digest('hex');

/** Without vowels (no words) and without what is mixed up when read aloud. */
const LETTERS = 'bcdfghjkmnpqrstvwxz23456789';

/** A SIP user name that nobody can guess: `d-k7m2qx9rtp`. */
export const newUsername = (): string =>
  `d-${Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
