import type { AddressOwner, Assignment } from './assignment.js';
import type { Found, LookupKeys } from './directory.js';

/** Everything sold, in memory, for the hot path: one batch of keys in, what is known of them out. */
export interface AssignmentIndex {
  find(keys: LookupKeys): Found;
  /** Inserts or replaces by key, shadows included. */
  put(assignment: Assignment): void;
  remove(key: string): void;
  readonly size: number;
}

/** By hash maps: simple, some 400 bytes a number. */
export class MapAssignmentIndex implements AssignmentIndex {
  readonly #byKey = new Map<string, Assignment>();
  readonly #byShadow = new Map<string, Assignment>();
  readonly #domains = new Map<string, AddressOwner>();
  readonly #emails = new Map<string, AddressOwner>();

  get size(): number {
    return this.#byKey.size;
  }

  find({ assignmentKeys, e164s, domains, emails }: LookupKeys): Found {
    return {
      assignments: pick(this.#byKey, assignmentKeys),
      shadows: pick(this.#byShadow, e164s),
      domains: pick(this.#domains, domains),
      emails: pick(this.#emails, emails),
    };
  }

  put(assignment: Assignment): void {
    this.remove(assignment.key);
    this.#byKey.set(assignment.key, assignment);
    for (const { e164 } of assignment.shadows) this.#byShadow.set(e164, assignment);
  }

  remove(key: string): void {
    for (const { e164 } of this.#byKey.get(key)?.shadows ?? []) this.#byShadow.delete(e164);
    this.#byKey.delete(key);
  }

  putDomain(domain: string, owner: AddressOwner): void {
    this.#domains.set(domain, owner);
  }

  putEmail(email: string, owner: AddressOwner): void {
    this.#emails.set(email, owner);
  }
}

function pick<V>(from: ReadonlyMap<string, V>, keys: readonly string[]): ReadonlyMap<string, V> {
  const found = new Map<string, V>();
  for (const key of keys) {
    const value = from.get(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}
