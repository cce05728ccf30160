import type { RefusalReason } from './call.js';
import { type Outcome, outcomeOf } from './causes.js';
import type { Stop } from './course.js';
import type { Callee, Member, RouteFacts } from './facts.js';
import type { Route } from './network.js';
import type { LegPlan } from './verdict.js';

/** On the way from what was dialled to where it leads: whose forwarding or find-me has led here, and what was considered. */
export interface Walk {
  readonly facts: RouteFacts;
  /** The latest last: he pays for what leaves our net from here on. */
  readonly via: readonly Member[];
  /** Every leg that was thought of, in order; added to as the walk goes on. */
  readonly considered: Considered[];
}

export interface Considered {
  readonly plan: LegPlan;
  readonly route?: Route;
  /** Why it is no part of the verdict. */
  readonly why?: string;
}

/** What comes of a destination: where to begin, or why the call cannot go there. */
export type Leads = { readonly start: Stop } | { readonly refusal: Refusal };

/** `refuse`: no, and again no. `unavailable`: not now. */
export interface Refusal {
  readonly kind: 'refuse' | 'unavailable';
  readonly reason: RefusalReason;
  readonly q850: number;
}

export const refuse = (reason: RefusalReason, q850: number): Leads => ({
  refusal: { kind: 'refuse', reason, q850 },
});

export const notNow = (reason: RefusalReason, q850: number): Leads => ({
  refusal: { kind: 'unavailable', reason, q850 },
});

/** The outcome that a refusal stands for: whoever waits for one goes on after it. */
export const outcomeOfRefusal = ({ q850 }: Refusal): Outcome => outcomeOf({ q850, rang: false });

/** The walk, led on by a member's wish. */
export const ledOnBy = (walk: Walk, member: Callee): Walk => ({ ...walk, via: [...walk.via, member] });

/**
 * The toll-fraud wall: what leaves our net has a member who wants it and pays for it, the caller or one who had his calls
 * sent there.
 */
export const mayLeave = ({ facts, via }: Walk): boolean => facts.origin.kind !== 'trunk' || via.length > 0;
