import type { SipContact } from '../../infra/ari/sip-contact.js';

export interface Registered extends SipContact {
  /** When it was first seen. */
  readonly since: Date;
}

export interface Changes {
  readonly put: readonly Registered[];
  /** Keys. */
  readonly gone: readonly string[];
  readonly next: ReadonlyMap<string, Registered>;
}

/** What is to be written of a look; one that has run out is gone, whatever Asterisk still lists. */
export function changesOf(
  known: ReadonlyMap<string, Registered>,
  found: readonly SipContact[],
  now: Date,
): Changes {
  const next = new Map(
    found
      .filter(({ expiresAt }) => expiresAt > now)
      .map((contact) => [contact.key, { ...contact, since: known.get(contact.key)?.since ?? now }] as const),
  );
  const put = [...next.values()].filter((one) => !isSame(known.get(one.key), one));
  return { put, gone: [...known.keys()].filter((key) => !next.has(key)), next };
}

const isSame = (before: Registered | undefined, now: Registered): boolean =>
  before !== undefined &&
  before.expiresAt.getTime() === now.expiresAt.getTime() &&
  before.uri === now.uri &&
  before.address === now.address &&
  before.userAgent === now.userAgent;
