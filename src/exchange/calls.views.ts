import type { CallCost } from '../billing/index.js';
import type { CallTrace } from './domain/trace.js';

/** A call as REST shows it. Times are ISO 8601; the parties' numbers are canonical (PIN or VNS key, E.164 with +). */
export interface CallView {
  readonly id: string;
  readonly state: string;
  readonly origin: 'member' | 'trunk' | 'order';
  readonly memberId: string | null;
  readonly deviceId: string | null;
  readonly trunkId: string | null;
  readonly dialled: string;
  readonly reading: string | null;
  readonly called: string | null;
  readonly calling: string | null;
  readonly startedAt: Date;
  readonly ringingAt: Date | null;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly reason: string | null;
  readonly q850: number | null;
  readonly sip: number | null;
  readonly billable: boolean | null;
  /** Who calls, by the signature of his network: `A`, `B` or `C` as it was signed, else why it is not verified; null where nobody looked. */
  readonly identity: string | null;
}

/** One leg with its times and causes; of an open call as they are by now. */
export interface CallLegView {
  readonly leg: number;
  readonly channelId: string;
  readonly attempt: number;
  readonly kind: 'device' | 'trunk';
  readonly target: string;
  readonly called: string;
  readonly calling: string | null;
  readonly createdAt: Date;
  readonly ringingAt: Date | null;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  readonly q850: number | null;
  readonly sip: number | null;
}

/** "Why did my call fail?": each reading step's verdict, the route candidates with cost, each attempt, each move, each leg. */
export interface CallTraceView {
  readonly call: CallView;
  readonly trace: CallTrace;
  readonly legs: readonly CallLegView[];
  /** Both numbers as people write them. */
  readonly shown: { readonly called: string | null; readonly calling: string | null };
  /** What the caller was charged; null for what is not rated (yet). */
  readonly cost: CallCost | null;
  /** Who of the house ended it or listened, when and why. */
  readonly interventions: readonly {
    readonly at: Date;
    readonly kind: 'hang-up' | 'listen';
    readonly by: string | null;
    readonly reason: string;
  }[];
}
