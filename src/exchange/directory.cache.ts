import { type Assignment, type Found, type LookupKeys, NOTHING_FOUND } from '../numbering/index.js';
import type { Member } from './domain/facts.js';
import { Lru } from './lru.js';

/** What is known of one key; `null` value: it is known that nobody has it. */
interface Entry {
  readonly value: Assignment | Member | null;
  /** Rows that it was made of, as the database names them when they change (`device:lab-b`). */
  readonly rows: readonly string[];
}

/** What one call asks: numbers, shadows, and members by id. */
export interface Question {
  readonly keys: LookupKeys;
  readonly memberIds: readonly string[];
}

export interface LookedUp {
  readonly found: Found;
  readonly members: ReadonlyMap<string, Member>;
}

/**
 * Numbers and members that calls asked for lately, found and not found. Entries of changed rows are dropped; one that was
 * read while something changed is used once and not kept (it may be the old one).
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

  /** The answer, if all of it is known: the numbers asked for, their holders, and the members asked for. */
  look({ keys, memberIds }: Question): LookedUp | undefined {
    const assignments = this.pick<Assignment>('number', keys.assignmentKeys);
    const shadows = this.pick<Assignment>('shadow', keys.e164s);
    if (assignments === undefined || shadows === undefined) return undefined;
    const holders = [...assignments.values(), ...shadows.values()].map((one) => one.holderId);
    const members = this.pick<Member>('member', [...memberIds, ...holders]);
    return members && { found: { ...NOTHING_FOUND, assignments, shadows }, members };
  }

  /** Keeps an answer, nobodies included. */
  keep({ keys, memberIds }: Question, { found, members }: LookedUp): void {
    const numbers = new Set([...found.assignments.values(), ...found.shadows.values()]);
    for (const assignment of numbers) {
      const rows = rowsOfNumber(assignment);
      this.put(`number:${assignment.key}`, assignment, rows);
      for (const { e164 } of assignment.shadows) this.put(`shadow:${e164}`, assignment, rows);
    }
    for (const member of members.values()) this.put(`member:${member.id}`, member, rowsOfMember(member));
    for (const key of keys.assignmentKeys) this.nobody('number', key, `number_assignment:${key}`);
    for (const e164 of keys.e164s) this.nobody('shadow', e164, `number_shadow:${e164}`);
    const holders = [...numbers].map((number) => number.holderId);
    for (const id of [...memberIds, ...holders]) this.nobody('member', id, `member:${id}`);
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

  private pick<V extends Assignment | Member>(
    kind: string,
    keys: readonly string[],
  ): ReadonlyMap<string, V> | undefined {
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

const rowsOfNumber = ({ key, shadows }: Pick<Assignment, 'key' | 'shadows'>): readonly string[] => [
  `number_assignment:${key}`,
  ...shadows.map(({ e164 }) => `number_shadow:${e164}`),
];

const rowsOfMember = (member: Member): readonly string[] => [
  `member:${member.id}`,
  ...member.devices.map((username) => `device:${username}`),
  ...member.numbers.flatMap(rowsOfNumber),
];
