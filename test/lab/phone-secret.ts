import { createHmac } from 'node:crypto';

/** The secret of a sample phone, 24 hex digits, derived from the instance's LAB_PHONE_SECRET; the seed (src/cli/lab-world.ts) derives the same. */
export function phoneSecret(seed: string, username: string): string {
  return createHmac('sha256', seed).update(username).digest('hex').slice(0, 24);
}
