import { type PrefixTable, prefixTable } from '../../kernel/prefix-table.js';
import type { NumberFormat } from '../../numbering/index.js';

/** A way out of our Asterisk, as it is configured. */
export interface Trunk {
  readonly id: string;
  readonly kind: 'gateway' | 'centre' | 'carrier';
  /** ISO 3166-1 alpha-2: the far network's country. */
  readonly country: string;
  readonly calledFormat: NumberFormat;
  readonly callingFormat: NumberFormat;
  /** E.164 with +, shown for callers without a number of that network's kind. */
  readonly defaultCli: string | null;
  readonly trusted: boolean;
  /** Takes its country's emergency calls. */
  readonly emergency: boolean;
}

export interface Route {
  readonly prefix: string;
  readonly trunk: Trunk;
  readonly priority: number;
  readonly weight: number;
  /** Micro-units of `currency` per minute. */
  readonly costMicro: bigint;
  readonly currency: string;
}

/** Enabled trunks and routes at one moment. Never changed: a changed row makes a new one. */
export interface Network {
  readonly trunks: ReadonlyMap<string, Trunk>;
  /** By E.164 digits: that prefix's routes, then those of each shorter one as their backup. */
  readonly routes: PrefixTable<readonly Route[]>;
}

export const EMPTY_NETWORK: Network = { trunks: new Map(), routes: prefixTable([]) };

export function networkOf(trunks: readonly Trunk[], routes: readonly Route[]): Network {
  const own = Map.groupBy(routes, (route) => route.prefix);
  const withBackup = [...own.keys()].map((prefix) => [prefix, alongPrefix(prefix, own)] as const);
  return { trunks: new Map(trunks.map((trunk) => [trunk.id, trunk])), routes: prefixTable(withBackup) };
}

/** Longest prefix first; within one prefix by priority, then by cost. One trunk is named once. */
function alongPrefix(prefix: string, own: ReadonlyMap<string, readonly Route[]>): readonly Route[] {
  const found = new Map<string, Route>();
  for (let length = prefix.length; length >= 0; length--) {
    const here = (own.get(prefix.slice(0, length)) ?? []).toSorted(byPriorityThenCost);
    for (const route of here) if (!found.has(route.trunk.id)) found.set(route.trunk.id, route);
  }
  return [...found.values()];
}

export const byPriorityThenCost = (a: Route, b: Route): number =>
  a.priority - b.priority || Number(a.costMicro - b.costMicro) || a.trunk.id.localeCompare(b.trunk.id);
