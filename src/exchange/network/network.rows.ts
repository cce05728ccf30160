import { TableRows } from '../../infra/db/table-rows.js';
import type { NumberFormat } from '../../numbering/index.js';

/** As REST shows it and PostgreSQL stores it. */
export interface TrunkView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'gateway' | 'centre' | 'carrier';
  readonly country: string;
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly calledFormat: NumberFormat;
  readonly callingFormat: NumberFormat;
  readonly defaultCli: string | null;
  readonly trusted: boolean;
  readonly emergency: boolean;
  readonly attests: boolean;
  readonly verifies: 'no' | 'record' | 'reject';
  readonly maxCalls: number | null;
  readonly maxCallsPerSecond: number | null;
  readonly enabled: boolean;
  /** What it calls itself to the carrier; the secret beside it is never shown. */
  readonly username: string | null;
  readonly registers: boolean;
}

export const TRUNKS = new TableRows<TrunkView>(
  'trunk',
  ['id'],
  [
    'id',
    'name',
    'kind',
    'country',
    'host',
    'port',
    'transport',
    'calledFormat',
    'callingFormat',
    'defaultCli',
    'trusted',
    'emergency',
    'attests',
    'verifies',
    'maxCalls',
    'maxCallsPerSecond',
    'enabled',
    'username',
    'registers',
  ],
);

export interface CentreView {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly area: string | null;
  readonly kind: 'own' | 'partner';
  readonly trunkId: string | null;
  readonly enabled: boolean;
}

export const CENTRES = new TableRows<CentreView>(
  'centre',
  ['id'],
  ['id', 'name', 'country', 'area', 'kind', 'trunkId', 'enabled'],
);

/** cost: micro-units of `currency` a minute, as PostgreSQL's bigint arrives. */
export interface RouteRecord {
  readonly id: string;
  readonly prefix: string;
  readonly trunkId: string;
  readonly priority: number;
  readonly weight: number;
  readonly costMicro: string;
  readonly currency: string;
  readonly days: number;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly timeZone: string;
  readonly maxCalls: number | null;
  readonly enabled: boolean;
}

export const ROUTES = new TableRows<RouteRecord>(
  'route',
  ['prefix', 'id'],
  [
    'id',
    'prefix',
    'trunkId',
    'priority',
    'weight',
    'costMicro',
    'currency',
    'days',
    'fromMinute',
    'toMinute',
    'timeZone',
    'maxCalls',
    'enabled',
  ],
);
