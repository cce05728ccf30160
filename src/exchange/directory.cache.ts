import {
  type AddressOwner,
  type Assignment,
  type Found,
  type LookupKeys,
  NOTHING_FOUND,
} from '../numbering/index.js';
import { type Known, rowsOfMember, rowsOfNumber, rowsOfOwner } from './directory.used-rows.js';
import type { Member } from './domain/member.js';
import { Lru } from './lru.js';

/** What is known of one key; `null` value: it is known that nobody has it. */
interface Entry {
  readonly value: Known | null;
  /** Rows that it was made of, as the database names them when they change (`device:lab-b`). */
  readonly rows: readonly string[];
}

/** What one call asks: what its number could be, and members by id. */
export interface Question {
  readonly keys: LookupKeys;
  readonly memberIds: readonly string[];
  /** Where the caller is: a company's branch there is looked up with it. */
  readonly country: string;
}

export interface LookedUp {
  readonly found: Found;
  readonly members: ReadonlyMap<string, Member>;
}

/**
 * Numbers, addresses and members that calls asked for lately, found and not found. Entries of changed rows are dropped; one
 * that was read while something changed is used once and not kept (it may be the old one).
 */
export class DirectoryCache {
  private readonly entries: Lru<Entry>;
  private readonly users = new Map<string, Set<string>>();
  private changes = 0;

  constructor(most: number) {
    this.entries = new Lru<Entry>(most, (key, entry) => this.forgetRows(key, entry));
  }

  get size(): number {
    return this.entries.size;
  }

  /** Counts changes: what was read before the latest is not kept. */
  get epoch(): number {
    return this.changes;
  }

  /** The answer, if all of it is known: what was asked for, whose it is, and the members asked for. */
  look({ keys, memberIds }: Question): LookedUp | undefined {
    const assignments = this.pick<Assignment>('number', keys.assignmentKeys);
    const shadows = this.pick<Assignment>('shadow', keys.e164s);
    const domains = this.pick<AddressOwner>('domain', keys.domains);
    const emails = this.pick<AddressOwner>('email', keys.emails);
    if (assignments === undefined || shadows === undefined) return undefined;
    if (domains === undefined || emails === undefined) return undefined;
    const found: Found = { assignments, shadows, domains, emails };
    const members = this.pick<Member>('member', [...memberIds, ...holdersIn(found)]);
    return members && { found: isEmpty(found) ? NOTHING_FOUND : found, members };
  }

  /** These members, if all of them are known. */
  members(memberIds: readonly string[]): ReadonlyMap<string, Member> | undefined {
    return this.pick<Member>('member', memberIds);
  }

  /** Keeps an answer, nobodies included. */
  keep({ keys, memberIds }: Question, { found, members }: LookedUp): void {
    for (const assignment of new Set([...found.assignments.values(), ...found.shadows.values()])) {
      const rows = rowsOfNumber(assignment);
      this.put(`number:${assignment.key}`, assignment, rows);
      for (const { e164 } of assignment.shadows) this.put(`shadow:${e164}`, assignment, rows);
    }
    for (const [domain, owner] of found.domains)
      this.put(`domain:${domain}`, owner, rowsOfOwner(`domain_identity:${domain}`, owner));
    for (const [email, owner] of found.emails)
      this.put(`email:${email}`, owner, rowsOfOwner(`email_identity:${email}`, owner));
    for (const member of members.values()) this.put(`member:${member.id}`, member, rowsOfMember(member));
    for (const key of keys.assignmentKeys) this.nobody('number', key, `number_assignment:${key}`);
    for (const e164 of keys.e164s) this.nobody('shadow', e164, `number_shadow:${e164}`);
    for (const domain of keys.domains) this.nobody('domain', domain, `domain_identity:${domain}`);
    for (const email of keys.emails) this.nobody('email', email, `email_identity:${email}`);
    for (const id of [...memberIds, ...holdersIn(found)]) this.nobody('member', id, `member:${id}`);
  }

  /** Drops what was made of this row. */
  dropRow(row: string): void {
    this.changes++;
    for (const key of [...(this.users.get(row) ?? [])]) this.entries.delete(key);
  }

  clear(): void {
    this.changes++;
    this.entries.clear();
  }

  private pick<V extends Known>(kind: string, keys: readonly string[]): ReadonlyMap<string, V> | undefined {
    const known = new Map<string, V>();
    for (const key of keys) {
      const entry = this.entries.get(`${kind}:${key}`);
      if (entry === undefined) return undefined;
      // What lies under a kind's keys was put there by `keep` as that kind.
      if (entry.value !== null) known.set(key, entry.value as V);
    }
    return known;
  }

  private nobody(kind: string, key: string, row: string): void {
    if (this.entries.get(`${kind}:${key}`) === undefined) this.put(`${kind}:${key}`, null, [row]);
  }

  private put(key: string, value: Entry['value'], rows: readonly string[]): void {
    this.entries.set(key, { value, rows });
    for (const row of rows) {
      const users = this.users.get(row) ?? new Set();
      this.users.set(row, users.add(key));
    }
  }

  private forgetRows(key: string, { rows }: Entry): void {
    for (const row of rows) {
      const users = this.users.get(row);
      users?.delete(key);
      if (users?.size === 0) this.users.delete(row);
    }
  }
}

/** Who answers for what was found; who answers for a company's branch is asked when it is known which. */
const holdersIn = ({ assignments, shadows, domains, emails }: Found): readonly string[] =>
  [assignments, shadows, domains, emails].flatMap((some) =>
    [...some.values()].flatMap((one) => ('branches' in one ? [] : [one.holderId])),
  );

const isEmpty = ({ assignments, shadows, domains, emails }: Found): boolean =>
  assignments.size + shadows.size + domains.size + emails.size === 0;
