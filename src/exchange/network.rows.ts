import { parseNumberFormat } from '../numbering/index.js';
import { type Network, networkOf, type Route } from './domain/network.js';
import { isAlways, isTimeZone, type Schedule } from './domain/schedule.js';
import type { Trunk } from './domain/trunk.js';

/** Rows of directory.sql.ts's trunks, routes, centres and carriers. */
export interface TrunkRow {
  readonly id: string;
  readonly kind: Trunk['kind'];
  readonly country: string;
  readonly called_format: unknown;
  readonly calling_format: unknown;
  readonly default_cli: string | null;
  readonly trusted: boolean;
  readonly emergency: boolean;
  readonly attests: boolean;
  readonly verifies: Trunk['verifies'];
  readonly max_calls: number | null;
  readonly max_calls_per_second: number | null;
}

export interface RouteRow {
  readonly id: string;
  readonly prefix: string;
  readonly trunk_id: string;
  readonly priority: number;
  readonly weight: number;
  readonly cost_micro: string;
  readonly currency: string;
  readonly days: number;
  readonly from_minute: number;
  readonly to_minute: number;
  readonly time_zone: string;
  readonly max_calls: number | null;
}

export interface CentreRow {
  readonly country: string;
  readonly area: string | null;
  /** Null for our own. */
  readonly trunk_id: string | null;
}

export interface CarrierRow {
  readonly id: string;
  readonly trunk_id: string;
}

export interface NetworkRows {
  readonly trunks: readonly TrunkRow[];
  readonly routes: readonly RouteRow[];
  readonly centres: readonly CentreRow[];
  readonly carriers: readonly CarrierRow[];
}

/**
 * The network as rows describe it. A trunk or route that cannot be read takes no calls and is told to `unreadable`; what
 * names a trunk that is not there (or not enabled) is left out.
 */
export function networkFrom(
  rows: NetworkRows,
  unreadable: (what: string) => void,
  compared: (route: RouteRow) => bigint | null,
): Network {
  const trunks = new Map(
    rows.trunks.flatMap((row) => {
      const trunk = trunkOf(row);
      if (trunk === undefined) unreadable(`the number formats of trunk ${row.id}`);
      return trunk === undefined ? [] : [[trunk.id, trunk] as const];
    }),
  );
  const routes = rows.routes.flatMap((row) => {
    const trunk = trunks.get(row.trunk_id);
    if (trunk === undefined) return [];
    if (isTimeZone(row.time_zone)) return [routeOf(row, trunk, compared(row))];
    unreadable(`the time zone of route ${row.id}`);
    return [];
  });
  const centres = rows.centres.flatMap(({ country, area, trunk_id }) => {
    const trunk = trunk_id === null ? null : trunks.get(trunk_id);
    return trunk === undefined ? [] : [{ country, area, trunk }];
  });
  const carriers = rows.carriers.flatMap(({ id, trunk_id }) => {
    const trunk = trunks.get(trunk_id);
    return trunk === undefined ? [] : [[id, trunk] as const];
  });
  return networkOf({ trunks: [...trunks.values()], routes, centres, carriers: new Map(carriers) });
}

function trunkOf(row: TrunkRow): Trunk | undefined {
  const called = parseNumberFormat(row.called_format);
  const calling = parseNumberFormat(row.calling_format);
  if (!called.ok || !calling.ok) return undefined;
  const { id, kind, country, trusted, emergency, attests, verifies } = row;
  return {
    id,
    kind,
    country,
    calledFormat: called.value,
    callingFormat: calling.value,
    defaultCli: row.default_cli,
    trusted,
    emergency,
    attests,
    verifies,
    maxCalls: row.max_calls,
    maxCallsPerSecond: row.max_calls_per_second,
  };
}

function routeOf(row: RouteRow, trunk: Trunk, comparedMicro: bigint | null): Route {
  const { id, prefix, priority, weight, currency } = row;
  const schedule: Schedule = {
    days: row.days,
    fromMinute: row.from_minute,
    toMinute: row.to_minute,
    timeZone: row.time_zone,
  };
  return {
    id,
    prefix,
    trunk,
    priority,
    weight,
    costMicro: BigInt(row.cost_micro),
    currency,
    comparedMicro,
    maxCalls: row.max_calls,
    ...(isAlways(schedule) ? {} : { schedule }),
  };
}
