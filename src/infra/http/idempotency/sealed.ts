import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from '../../../kernel/secret.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Stored answers may hold what is shown only once (a new API key), so they are kept as AES-256-GCM: a copy of the database
 * says nothing without SESSION_SECRET. `context` is bound in: an answer can't be moved to another account or key.
 */
export function seal(secret: Secret, context: string, text: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret), iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Undefined when it was sealed with another secret or for another context. */
export function unseal(secret: Secret, context: string, sealed: Buffer): string | undefined {
  return secret.accepted.map((one) => opened(one, context, sealed)).find((text) => text !== undefined);
}

function opened(secret: Secret, context: string, sealed: Buffer): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(secret), sealed.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

const keyFrom = (secret: Secret): Buffer =>
  Buffer.from(hkdfSync('sha256', secret.reveal(), '', 'anydial stored answers', 32));
