import { type Assignment, NOTHING_FOUND, parseNumberFormat } from '../numbering/index.js';
import type { LookedUp, Question } from './directory.cache.js';
import type { Member } from './domain/facts.js';
import type { Route, Trunk } from './domain/network.js';

/** Rows of directory.sql.ts as what the domain works with. */
export type FoundRow =
  | { readonly kind: 'assignment'; readonly found: AssignmentRow }
  | { readonly kind: 'member'; readonly found: Member };

export interface AssignmentRow {
  readonly id: string;
  readonly key: string;
  readonly kind: 'pin' | 'vns';
  readonly ccc: string;
  readonly region: string;
  readonly identification: boolean;
  readonly holderId: string;
  readonly shadows: Assignment['shadows'];
}

export interface TrunkRow {
  readonly id: string;
  readonly kind: Trunk['kind'];
  readonly country: string;
  readonly called_format: unknown;
  readonly calling_format: unknown;
  readonly default_cli: string | null;
  readonly trusted: boolean;
  readonly emergency: boolean;
}

export interface RouteRow {
  readonly prefix: string;
  readonly trunk_id: string;
  readonly priority: number;
  readonly weight: number;
  readonly cost_micro: string;
  readonly currency: string;
}

/** A company without branches of its own has one: its home. */
export function assignmentOf({ kind, identification, ...row }: AssignmentRow): Assignment {
  return kind === 'pin'
    ? { ...row, kind, identification }
    : { ...row, kind, branches: [{ id: row.id, ccc: row.ccc, region: row.region, isDefault: true }] };
}

/** Undefined for a trunk whose number formats can't be read: it is reported and takes no calls. */
export function trunkOf(row: TrunkRow): Trunk | undefined {
  const called = parseNumberFormat(row.called_format);
  const calling = parseNumberFormat(row.calling_format);
  if (!called.ok || !calling.ok) return undefined;
  return {
    id: row.id,
    kind: row.kind,
    country: row.country,
    calledFormat: called.value,
    callingFormat: calling.value,
    defaultCli: row.default_cli,
    trusted: row.trusted,
    emergency: row.emergency,
  };
}

/** Routes whose trunk is there. */
export function routesOf(rows: readonly RouteRow[], trunks: readonly Trunk[]): readonly Route[] {
  const byId = new Map(trunks.map((trunk) => [trunk.id, trunk]));
  return rows.flatMap((row) => {
    const trunk = byId.get(row.trunk_id);
    if (trunk === undefined) return [];
    const { prefix, priority, weight, currency } = row;
    return [{ prefix, trunk, priority, weight, costMicro: BigInt(row.cost_micro), currency }];
  });
}

/** What a look-up brought, as the answer to what was asked. */
export function answerOf(rows: readonly FoundRow[], { keys }: Question): LookedUp {
  const numbers = rows.flatMap((row) => (row.kind === 'assignment' ? [assignmentOf(row.found)] : []));
  const members = rows.flatMap((row) => (row.kind === 'member' ? [row.found] : []));
  const asked = new Set(keys.assignmentKeys);
  const e164s = new Set(keys.e164s);
  return {
    found: {
      ...NOTHING_FOUND,
      assignments: new Map(numbers.filter(({ key }) => asked.has(key)).map((one) => [one.key, one])),
      shadows: new Map(
        numbers.flatMap((one) =>
          one.shadows.filter(({ e164 }) => e164s.has(e164)).map(({ e164 }) => [e164, one]),
        ),
      ),
    },
    members: new Map(members.map((member) => [member.id, member])),
  };
}
