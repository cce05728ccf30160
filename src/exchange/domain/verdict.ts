import type { RefusalReason, RouteAccount } from './call.js';
import type { TargetKind } from './hunt.js';

/** Who is shown as calling on one leg, already in that network's form. */
export interface Calling {
  readonly number?: string;
  readonly name?: string;
  /** RFC 3325: the number goes along for the network, the called person does not see it. */
  readonly withheld: boolean;
}

/** One leg to be built: everything that Asterisk is told, decided beforehand. */
export interface LegPlan {
  readonly kind: TargetKind;
  /** A device's SIP user name or a trunk's id. */
  readonly target: string;
  /** `PJSIP/<user>` or `PJSIP/<number>@<trunk>`. */
  readonly endpoint: string;
  /** The called number in the target network's form. */
  readonly called: string;
  readonly calling: Calling;
}

/** Legs rung at once; the first answer wins. */
export interface AttemptPlan {
  readonly legs: readonly LegPlan[];
  /** Seconds from dialling to giving up. */
  readonly answerWithin: number;
  /** Seconds in which a far end must ring or send media, or it counts as unreachable. */
  readonly progressWithin: number;
}

export interface Connect {
  readonly kind: 'connect';
  /** Tried in order, each built anew from the canonical number. At least one. */
  readonly attempts: readonly AttemptPlan[];
  /** Longest time to talk, in seconds; Asterisk itself cuts the call then, with or without us. */
  readonly maxSeconds: number;
  /** Never refused for want of a record, of credit, or of room. */
  readonly emergency: boolean;
  /** Canonical numbers for the record. */
  readonly called: string;
  readonly calling?: string;
}

/** "No": the caller may not or can not, and trying again won't help. */
export interface Refuse {
  readonly kind: 'refuse';
  readonly reason: RefusalReason;
  readonly q850: number;
}

/** "Could not": our trouble, worth another try. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: RefusalReason;
  readonly q850: number;
}

export type Verdict = Connect | Refuse | Unavailable;

/** A verdict and how it came about. */
export interface Decision {
  readonly verdict: Verdict;
  readonly account: RouteAccount;
}
