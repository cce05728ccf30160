import type { AddressOwner, Assignment } from '../own/assignment.js';
import type { Found, LookupKeys } from '../reading/directory.js';
import { PackedAssignments } from './packed-assignments.js';

/** Everything sold, in memory, for the hot path: one batch of keys in, what is known of them out. */
export interface AssignmentIndex {
  find(keys: LookupKeys): Found;
  /** Inserts, or replaces what has the same key, shadows included. */
  put(assignment: Assignment): void;
  remove(key: string): void;
  putDomain(domain: string, owner: AddressOwner): void;
  removeDomain(domain: string): void;
  putEmail(email: string, owner: AddressOwner): void;
  removeEmail(email: string): void;
  readonly size: number;
  /** Memory of the numbers and shadows. */
  readonly bytes: number;
}

/** An empty index. Ids are UUIDs; a number with one shadow takes about 100 bytes, outside the garbage collector's sight. */
export function assignmentIndex(): AssignmentIndex {
  const numbers = new PackedAssignments();
  const domains = new Map<string, AddressOwner>();
  const emails = new Map<string, AddressOwner>();
  return {
    find: (keys) => ({
      assignments: pick(keys.assignmentKeys, (key) => numbers.byKey(key)),
      shadows: pick(keys.e164s, (e164) => numbers.byShadow(e164)),
      domains: pick(keys.domains, (domain) => domains.get(domain)),
      emails: pick(keys.emails, (email) => emails.get(email)),
    }),
    put: (assignment) => numbers.put(assignment),
    remove: (key) => numbers.remove(key),
    putDomain: (domain, owner) => void domains.set(domain, owner),
    removeDomain: (domain) => void domains.delete(domain),
    putEmail: (email, owner) => void emails.set(email, owner),
    removeEmail: (email) => void emails.delete(email),
    get size() {
      return numbers.size;
    },
    get bytes() {
      return numbers.bytes;
    },
  };
}

function pick<V>(keys: readonly string[], get: (key: string) => V | undefined): ReadonlyMap<string, V> {
  const found = new Map<string, V>();
  for (const key of keys) {
    const value = get(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}
