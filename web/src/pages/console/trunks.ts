import type { Health } from './parts.js';

export interface TrunkNow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'gateway' | 'centre' | 'carrier';
  readonly country: string;
  readonly enabled: boolean;
  readonly state: 'closed' | 'half-open' | 'open';
  readonly since: string | null;
  readonly sign: string | null;
  readonly callsNow: number;
  readonly offered: number;
  readonly answered: number;
  readonly lastFailure: {
    readonly at: string;
    readonly callId: string;
    readonly q850: number;
    readonly sip: number | null;
  } | null;
  readonly registration: {
    readonly state: 'registered' | 'rejected' | 'unregistered';
    readonly since: string | null;
  } | null;
  readonly centres: readonly { readonly id: string; readonly name: string; readonly country: string }[];
}

export interface Centre {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly kind: 'own' | 'partner';
  readonly trunkId: string | null;
  readonly enabled: boolean;
}

export const healthOf = ({ enabled, state }: Pick<TrunkNow, 'enabled' | 'state'>): Health =>
  enabled ? state : 'disabled';
