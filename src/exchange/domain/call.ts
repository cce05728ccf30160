import type { CallState } from './call-states.js';
import type { Outcome } from './causes.js';
import type { Identity } from './identity.js';
import type { Order } from './order.js';
import type { Borrowed, Transfer } from './transfer.js';
import type { Connect, LegPlan, Refuse, TargetKind, Unavailable } from './verdict.js';

/** Milliseconds since 1970 by Asterisk's clock: the time of events, never of their handling. A call is plain JSON. */
export type Time = number;

/** Who called. A member's device brings its country and location along, so an emergency call needs no look-up. */
export type Origin =
  | {
      readonly kind: 'member';
      readonly memberId: string;
      readonly deviceId: string;
      /** ISO 3166-1 alpha-2. */
      readonly country: string;
      readonly area?: string;
      /** E.164 with +. */
      readonly location?: string;
      /** The device's SIP user name: the endpoint that must not be rung by its own call. */
      readonly username: string;
    }
  | {
      readonly kind: 'trunk';
      readonly trunkId: string;
      readonly country: string;
      /** Who has sent the call on before it came here, as that network writes them, latest first. */
      readonly divertedBy?: readonly string[];
      /** What the node found of who calls, where the trunk's calls are verified (identity.ts). */
      readonly identity?: Identity;
    }
  /** The exchange itself, by an order and on a member's account; it dials as the phone that it rang would. */
  | {
      readonly kind: 'order';
      readonly orderId: string;
      readonly memberId: string;
      readonly country: string;
      readonly area?: string;
      /** SIP user name of the phone that it rang. */
      readonly username?: string;
      /** Which of the member's numbers is shown, as a key or in E.164; absent: his main number. */
      readonly shown?: string;
    };

export interface Caller {
  readonly channel: string;
  /** What the caller's network gave as calling number and name; only believed from trunks. */
  readonly number: string;
  readonly name: string;
  /** RFC 3261 section 8.1.1.4: by which the far end's own records are found. */
  readonly sipCallId?: string;
  /** Asked to hang up with this cause. */
  readonly dropped?: number;
  readonly endedAt?: Time;
}

/** `creating` until its channel is seen in our application; `created` until dialled. */
export type LegStatus = 'creating' | 'created' | 'dialled' | 'ringing' | 'early' | 'answered' | 'ended';

export interface Leg {
  readonly attempt: number;
  readonly leg: number;
  readonly channel: string;
  readonly plan: LegPlan;
  readonly status: LegStatus;
  /** In the bridge with the caller: asked for, or done. */
  readonly join: 'no' | 'asked' | 'done';
  readonly createdAt?: Time;
  readonly ringingAt?: Time;
  readonly answeredAt?: Time;
  readonly endedAt?: Time;
  readonly q850?: number;
  readonly sip?: number;
  readonly dropped?: number;
  /** Seconds from its creation (or from when it was last set) when Asterisk hangs it up by itself. */
  readonly capSeconds?: number;
  /** Its channel is asked for when the record of this version is safe: after a crash every leg that may live is known. */
  readonly waits?: number;
}

export type EndedBy = 'caller' | 'callee' | 'exchange' | 'network' | 'node-lost';

/** Why a call ended, closed: refusals by their verdict's reason, failed attempts by their outcome, the rest by name. */
export type EndReason =
  | Outcome
  | RefusalReason
  | 'hangup'
  /** A service of ours came to its end. */
  | 'served'
  /** An operator has hung it up. */
  | 'operator'
  | CapReason
  | 'transferred'
  | 'media-lost'
  | 'not-recorded'
  | 'no-bridge'
  | 'node-lost'
  | 'lost';

export type RefusalReason =
  | 'overload'
  /** This process ends; another starts in its place. */
  | 'restarting'
  | 'unallocated-number'
  | 'invalid-number'
  | 'barred'
  | 'not-allowed'
  | 'no-route'
  | 'no-device'
  /** The number that an order wants shown is not its account's. */
  | 'not-your-number'
  | 'caller-unknown'
  /** The trunk takes only calls whose signature says who calls. */
  | 'caller-unverified'
  /** The company has no branch under the country code that was dialled. */
  | 'no-branch'
  | 'do-not-disturb'
  /** The called member talks and wants no second call. */
  | 'member-busy'
  /** The caller's own limit, calls at once or calls a second. */
  | 'too-many-calls'
  /** Every way there carries as many calls as it may. */
  | 'trunks-busy'
  /** No SIP service at the foreign address, or one at an address that may not be called. */
  | 'no-sip-service'
  | 'address-forbidden'
  | 'no-credit'
  /** The payer's price list does not have the number. */
  | 'no-tariff'
  /** Nobody could say who pays. */
  | 'billing-away'
  | 'suspended'
  /** The called number's fee is not paid. */
  | 'number-suspended'
  | 'directory-away';

export interface Ending {
  readonly by: EndedBy;
  readonly reason: EndReason;
  readonly q850: number;
  /** The SIP status towards the caller; absent once the call was answered. */
  readonly sip?: number;
  readonly billable: boolean;
  /** When the first party went; absent while only the exchange has decided. */
  readonly at?: Time;
}

export type CapReason = 'credit' | 'time-limit';

/** How long may be talked for what is paid for so far. */
export interface Cap {
  /** Seconds of talking in all, counted from the answer. */
  readonly seconds: number;
  /** There will be no more, and why. */
  readonly last?: CapReason;
  /** Asterisk knows it, and its end is minded. */
  readonly armed: boolean;
  /** Asterisk cuts already then: the limit with which the leg was made stands, as there is time to ask for more. */
  readonly until?: Time;
}

/** What became of one attempt, and which followed it; none: the caller was told. */
export interface Hunt {
  readonly at: Time;
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly next?: number;
}

export interface CallMove {
  readonly at: Time;
  readonly from: CallState;
  readonly event: string;
  readonly to: CallState;
}

/** The whole of one call: plain JSON, saved as it is (column `snapshot`) and read back after a crash. */
export interface Call {
  readonly id: string;
  readonly node: string;
  /** How many times the record was saved; a save with a lower version never wins over a higher. */
  readonly version: number;
  readonly state: CallState;
  readonly origin: Origin;
  readonly caller: Caller;
  readonly dialled: string;
  readonly startedAt: Time;
  readonly ringingAt?: Time;
  readonly answeredAt?: Time;
  /** The verdict that let it through; absent before and for refused calls. */
  readonly plan?: Connect;
  /** How the number was read and routed, for the console. */
  readonly account?: RouteAccount;
  /** The attempt under way, counted from 1; 0 before the first. */
  readonly attempt: number;
  /** The attempt whose called member is being woken, until its time is over: it goes on with nobody ringing. */
  readonly waking?: number;
  readonly legs: readonly Leg[];
  readonly bridge: 'none' | 'creating' | 'ready' | 'gone';
  /** The set-up record is committed (or, for emergency calls, in the journal): dialling may begin. */
  readonly secured: boolean;
  /** `asked`: nobody has said yet who pays, so nothing is dialled; absent: nothing is to be paid, or not by the call. */
  readonly money?: 'asked' | 'granted';
  readonly cap?: Cap;
  /** BCP 47: in which language the caller is told things; absent until it is decided where he goes. */
  readonly language?: string;
  readonly hunts?: readonly Hunt[];
  /** The verdict that did not let it through. */
  readonly refused?: Pick<Refuse | Unavailable, 'kind' | 'reason' | 'q850'>;
  readonly ending?: Ending;
  /** One party puts, or has put, the other through to somebody else. */
  readonly transfer?: Transfer;
  /** Opened by a transfer: the caller is another call's party. */
  readonly borrowed?: Borrowed;
  /** Started by the exchange itself: nobody is at the caller's end. */
  readonly order?: Order;
  readonly moves: readonly CallMove[];
  /** The latest Asterisk time seen in any event of this call. */
  readonly seenAt: Time;
}

/** The account of one decision, each step's verdict in order, as the trace shows it. */
export interface RouteAccount {
  /** How the number was understood: `pin`, `pstn`, `emergency` …; absent when it could not be read. */
  readonly reading?: string;
  /** The canonical called number: a PIN's or VNS's key, E.164 with +, or an emergency number. */
  readonly called?: string;
  readonly steps: readonly { readonly step: string; readonly verdict: string; readonly detail?: string }[];
  readonly candidates: readonly {
    readonly kind: TargetKind | 'queue';
    readonly target: string;
    readonly called: string;
    readonly calling?: string;
    /** Micro-units of `currency` per minute. */
    readonly costMicro?: string;
    readonly currency?: string;
    readonly verdict: string;
  }[];
}

export const liveLegs = (call: Call): readonly Leg[] => call.legs.filter((leg) => leg.status !== 'ended');
export const legOf = (call: Call, channel: string): Leg | undefined =>
  call.legs.find((leg) => leg.channel === channel);
export const winnerOf = (call: Call): Leg | undefined =>
  call.legs.find((leg) => leg.status === 'answered' && leg.dropped === undefined);
export const withLeg = (call: Call, changed: Leg): Call => ({
  ...call,
  legs: call.legs.map((leg) => (leg.channel === changed.channel ? changed : leg)),
});
