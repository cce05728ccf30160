import { type PrefixTable, prefixTable } from '../../kernel/prefix-table.js';
import { type CentreMap, centreMap, type PartnerCentre } from './centres.js';
import type { Schedule } from './schedule.js';
import type { Trunk } from './trunk.js';

export type { Trunk } from './trunk.js';

export interface Route {
  readonly id: string;
  readonly prefix: string;
  readonly trunk: Trunk;
  readonly priority: number;
  readonly weight: number;
  /** Micro-units of `currency` per minute. */
  readonly costMicro: bigint;
  readonly currency: string;
  /** The cost in the one currency in which all routes are compared, where theirs differ; null: no exchange rate says it. */
  readonly comparedMicro?: bigint | null;
  /** When it may be used; undefined: always. */
  readonly schedule?: Schedule;
  readonly maxCalls: number | null;
}

/** Enabled trunks, routes, partner centres and carriers at one moment. Never changed: a changed row makes a new one. */
export interface Network {
  readonly trunks: ReadonlyMap<string, Trunk>;
  /** By E.164 digits: that prefix's routes, then those of each shorter one as their backup. */
  readonly routes: PrefixTable<readonly Route[]>;
  /** Which numbers of ours live at a partner's. */
  readonly centres: CentreMap;
  /** By carrier's id: its trunk. */
  readonly carriers: ReadonlyMap<string, Trunk>;
}

export interface NetworkParts {
  readonly trunks?: readonly Trunk[];
  readonly routes?: readonly Route[];
  readonly centres?: readonly PartnerCentre[];
  readonly carriers?: ReadonlyMap<string, Trunk>;
}

export function networkOf({
  trunks = [],
  routes = [],
  centres = [],
  carriers = new Map(),
}: NetworkParts): Network {
  const own = Map.groupBy(routes, (route) => route.prefix);
  for (const here of own.values()) here.sort(byPriorityThenCost);
  const withBackup = [...own.keys()].map((prefix) => [prefix, alongPrefix(prefix, own)] as const);
  return {
    trunks: new Map(trunks.map((trunk) => [trunk.id, trunk])),
    routes: prefixTable(withBackup),
    centres: centreMap(centres),
    carriers,
  };
}

export const EMPTY_NETWORK: Network = networkOf({});

/** Longest prefix first; within one prefix by priority, then by cost. A trunk may come more than once: at other times. */
function alongPrefix(prefix: string, own: ReadonlyMap<string, readonly Route[]>): readonly Route[] {
  const found: Route[] = [];
  for (let length = prefix.length; length >= 0; length--)
    found.push(...(own.get(prefix.slice(0, length)) ?? []));
  return found;
}

export const byPriorityThenCost = (a: Route, b: Route): number =>
  a.priority - b.priority || byCost(a, b) || a.trunk.id.localeCompare(b.trunk.id);

/** What a minute costs, to be compared with other routes; null: nobody knows. */
export const comparedCost = ({ comparedMicro, costMicro }: Route): bigint | null =>
  comparedMicro === undefined ? costMicro : comparedMicro;

/** A cost that nobody can compare comes last: it may be anything. */
function byCost(a: Route, b: Route): number {
  const [one, other] = [comparedCost(a), comparedCost(b)];
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one < other ? -1 : Number(one > other);
}
