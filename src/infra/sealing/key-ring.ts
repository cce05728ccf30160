import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from '../../kernel/secret.js';

/** One key of the ring: its name is written beside everything that it sealed. */
export interface DataKey {
  readonly id: string;
  readonly secret: Secret;
}

/** What stands for a value in comparisons: equal values have equal hashes under one key, and nobody without it can tell the value. */
export interface BlindIndex {
  readonly keyId: string;
  readonly hash: Buffer;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what must not be read from a copy of the database: AES-256-GCM, as text `<key id>.<base64url>`. The first key seals, all
 * of them unseal: a new key is put in front, `cli reseal` rewrites what older ones sealed, then they are taken away. `context`
 * is bound in: what was sealed for one row and column can't be moved to another.
 */
export class KeyRing {
  private readonly derived = new Map<string, { readonly sealing: Buffer; readonly indexing: Buffer }>();
  readonly currentId: string;

  constructor(keys: readonly DataKey[]) {
    const [current] = keys;
    if (current === undefined) throw new Error('a key ring needs a key');
    this.currentId = current.id;
    for (const { id, secret } of keys)
      this.derived.set(id, { sealing: keyFrom(secret, 'seal'), indexing: keyFrom(secret, 'index') });
  }

  seal(context: string, text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keys(this.currentId).sealing, iv).setAAD(
      Buffer.from(context),
    );
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${this.currentId}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** Undefined when its key is gone, it was sealed for another context, or somebody changed it. */
  unseal(context: string, sealed: string): string | undefined {
    const dot = sealed.indexOf('.');
    const key = this.derived.get(sealed.slice(0, dot));
    if (key === undefined) return undefined;
    const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
    if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', key.sealing, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      return (
        decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    } catch {
      return undefined;
    }
  }

  /** `kind` keeps a telephone number and a document number with the same digits apart. */
  blindIndex(kind: string, value: string): BlindIndex {
    const hash = createHmac('sha256', this.keys(this.currentId).indexing).update(`${kind}:${value}`).digest();
    return { keyId: this.currentId, hash };
  }

  private keys(id: string) {
    const found = this.derived.get(id);
    if (found === undefined) throw new Error(`no key ${id}`);
    return found;
  }
}

const keyFrom = (secret: Secret, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret.reveal(), '', `anydial personal data: ${use}`, 32));
