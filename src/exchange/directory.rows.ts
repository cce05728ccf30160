import {
  type AddressOwner,
  type Assignment,
  type Branch,
  type Found,
  NOTHING_FOUND,
  type QueuePointer,
} from '../numbering/index.js';
import type { LookedUp, Question } from './directory.cache.js';
import { type CallSettings, DEFAULT_CALL_SETTINGS, type Member } from './domain/member.js';

/** Rows of directory.sql.ts as what the domain works with. */
export type FoundRow =
  | { readonly kind: 'assignment'; readonly found: AssignmentRow }
  | { readonly kind: 'owner'; readonly found: OwnerRow }
  | { readonly kind: 'member'; readonly found: MemberRow };

export interface AssignmentRow {
  readonly id: string;
  readonly key: string;
  readonly kind: 'pin' | 'vns';
  readonly ccc: string;
  readonly region: string;
  readonly identification: boolean;
  readonly holderId: string;
  readonly suspended: boolean;
  readonly shadows: Assignment['shadows'];
  readonly queue: QueuePointer | null;
  readonly branches: readonly Branch[];
}

export interface OwnerRow {
  readonly kind: 'domain' | 'email';
  readonly name: string;
  readonly holderId: string;
  /** The number that a call to the address goes to. */
  readonly key: string | null;
}

export interface MemberRow extends Omit<Member, 'settings'> {
  readonly settings: CallSettings | null;
}

/** A company's home is a branch of its own, answered by its own devices, unless a row says who answers there. */
export function assignmentOf({ kind, identification, branches, ...row }: AssignmentRow): Assignment {
  if (kind === 'pin') return { ...row, kind, identification };
  const home = { id: row.id, ccc: row.ccc, region: row.region, isDefault: false };
  const isThere = branches.some(({ region }) => region === row.region);
  return { ...row, kind, branches: isThere ? branches : [home, ...branches] };
}

/** What a look-up brought, as the answer to what was asked. */
export function answerOf(rows: readonly FoundRow[], { keys }: Question): LookedUp {
  const numbers = rows.flatMap((row) => (row.kind === 'assignment' ? [assignmentOf(row.found)] : []));
  const asked = new Set(keys.assignmentKeys);
  const e164s = new Set(keys.e164s);
  const members = new Map<string, Member>();
  for (const row of rows) {
    if (row.kind === 'member') {
      const { settings, ...member } = row.found;
      members.set(member.id, { ...member, settings: settings ?? DEFAULT_CALL_SETTINGS });
    }
  }
  const found: Found = {
    ...NOTHING_FOUND,
    assignments: new Map(numbers.filter(({ key }) => asked.has(key)).map((one) => [one.key, one])),
    shadows: new Map(
      numbers.flatMap((one) =>
        one.shadows.filter(({ e164 }) => e164s.has(e164)).map(({ e164 }) => [e164, one]),
      ),
    ),
    domains: ownersIn(rows, 'domain', numbers),
    emails: ownersIn(rows, 'email', numbers),
  };
  return { found, members };
}

function ownersIn(
  rows: readonly FoundRow[],
  kind: OwnerRow['kind'],
  numbers: readonly Assignment[],
): ReadonlyMap<string, AddressOwner> {
  const owners = rows.flatMap((row) => (row.kind === 'owner' && row.found.kind === kind ? [row.found] : []));
  return new Map(
    owners.map(({ name, holderId, key }) => {
      const assignment = numbers.find((one) => one.key === key);
      return [name, { holderId, verified: true, ...(assignment === undefined ? {} : { assignment }) }];
    }),
  );
}
