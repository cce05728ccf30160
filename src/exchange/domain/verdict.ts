import type { RefusalReason, RouteAccount } from './call.js';
import type { Outcome } from './causes.js';
import type { Service } from './service.js';

export type TargetKind = 'device' | 'trunk';

/** Who is shown as calling on one leg, already in that network's form. */
export interface Calling {
  readonly number?: string;
  readonly name?: string;
  /** RFC 3325: the number goes along for the network, the called person does not see it. */
  readonly withheld: boolean;
  /** P-Asserted-Identity: a SIP URI with the number in that network's form; for trusted trunks only. */
  readonly asserted?: string;
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
  /** The member who pays for it because he had the call sent there (forwarding, find-me); absent: the caller. */
  readonly payer?: string;
  /** What a trunk is asked to reach, in E.164 before conversion: what its owner charges for. */
  readonly e164?: string;
  /** The member whose device it is. */
  readonly member?: string;
  /** The route by which a trunk was chosen: what its `max_calls` counts. */
  readonly route?: string;
  /** Its trunk signs who calls, and we cannot say so of this caller: the call is sent unsigned. */
  readonly unsigned?: true;
  /** The queue's agent who is rung. */
  readonly agent?: string;
}

/**
 * The attempt that follows an outcome, counted from 1 and always later than its own, so that a call comes to an end; where
 * an outcome is absent the caller is told it. A trunk's own 401, 403 or 407 counts as `failed`: it speaks of our account there.
 */
export type After = { readonly [O in Outcome]?: number };

/** Legs rung at once; the first answer wins. */
export interface RingAttempt {
  readonly kind: 'ring';
  readonly legs: readonly LegPlan[];
  /** Seconds from dialling to giving up. */
  readonly answerWithin: number;
  /** Seconds in which a far end must ring or send media, or it counts as unreachable. */
  readonly progressWithin: number;
  /** Seconds in which a far end must send any SIP response at all, or it counts as dead; for trunks. */
  readonly silentWithin?: number;
  readonly after: After;
  /** Who sent the call on, a SIP URI with his number in the target network's form: the Diversion header (RFC 5806). */
  readonly diverting?: { readonly uri: string };
  /** What the caller is connected to when whom he talked with hangs up first. */
  readonly follow?: ServeAttempt;
  readonly wakes?: Wake;
}

/**
 * The called member is told of the call by a push message: for as long as the attempt may ring, it is not over, and a telephone of his
 * that comes on is rung, too.
 */
export interface Wake {
  readonly member: string;
  readonly called: string;
  readonly calling: Calling;
}

/** The exchange takes the call itself: answers, runs the service, hangs up. Nothing follows it. */
export interface ServeAttempt {
  readonly kind: 'serve';
  readonly service: Service;
  /** Who calls, as the owner of the service may see it. */
  readonly caller?: Calling;
  /** Not answered: the caller hears it as early media, and is answered by whoever takes him over. */
  readonly late?: true;
}

export type AttemptPlan = RingAttempt | ServeAttempt;

/** What a call counts against besides the trunks of its legs; trunks' callers count against nothing else. */
export interface CountedAgainst {
  readonly member?: string;
  readonly device?: string;
}

export interface Connect {
  readonly kind: 'connect';
  /** The first is tried; what follows says its `after`. Each is built anew from the canonical number. At least one. */
  readonly attempts: readonly AttemptPlan[];
  /** Longest time to talk, in seconds; Asterisk itself cuts the call then, with or without us. */
  readonly maxSeconds: number;
  /** Never refused for want of a record, of credit, or of room. */
  readonly emergency: boolean;
  /** Canonical numbers for the record. */
  readonly called: string;
  readonly calling?: string;
  /** BCP 47: in which language the caller is told what became of his call. */
  readonly language: string;
  readonly limits: CountedAgainst;
}

/** "No": the caller may not or can not, and trying again won't help. */
export interface Refuse {
  readonly kind: 'refuse';
  readonly reason: RefusalReason;
  readonly q850: number;
  /** BCP 47: the caller's. */
  readonly language: string;
}

/** "Could not": our trouble, worth another try. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: RefusalReason;
  readonly q850: number;
  readonly language: string;
}

export type Verdict = Connect | Refuse | Unavailable;

/** A verdict and how it came about. */
export interface Decision {
  readonly verdict: Verdict;
  readonly account: RouteAccount;
}
