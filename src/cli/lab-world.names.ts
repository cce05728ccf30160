import { createHash, createHmac } from 'node:crypto';

export { digestOf } from '../membership/device-secret.js';

/** The secret of a sample phone: never stored, derived from the instance's own seed, so `up` can print it. */
export function phoneSecret(seed: string, username: string): string {
  return createHmac('sha256', seed).update(username).digest('hex').slice(0, 24);
}

/** A stable UUID (version 8, RFC 9562) from a name. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(`anydial lab ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Since when everything proved in the demo world is. */
export const PROVED_AT = '2026-01-01T00:00:00Z';
