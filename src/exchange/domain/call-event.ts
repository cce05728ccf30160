import type { CapReason, EndReason, RefusalReason, Time } from './call.js';
import type { Decision, RingAttempt, ServeAttempt } from './verdict.js';

/**
 * All that can happen to a call, whoever tells it: Asterisk, our own saves and decisions, a timer, or the recovery that
 * found out later. `leg` is the leg's channel id. Events may come twice, late, or in another order: `step` does not mind.
 */
export type CallEvent =
  | { readonly type: 'routed'; readonly decision: Decision }
  /** The save with this version is committed (or journalled, where that is enough). */
  | { readonly type: 'saved'; readonly version: number }
  /** The set-up could not be recorded in time; nobody knows whether it will be. */
  | { readonly type: 'save.failed'; readonly version: number }
  | { readonly type: 'bridge.ready' }
  | { readonly type: 'bridge.failed' }
  | { readonly type: 'leg.created'; readonly leg: string; readonly at: Time }
  | { readonly type: 'leg.joined'; readonly leg: string }
  /** A leg that neither rings nor sends media: its far end has sent some SIP response; has sent nothing at all. */
  | { readonly type: 'leg.heard'; readonly leg: string }
  | { readonly type: 'leg.silent'; readonly leg: string }
  | { readonly type: 'leg.ringing'; readonly leg: string; readonly at: Time }
  | { readonly type: 'leg.progress'; readonly leg: string; readonly at: Time }
  | { readonly type: 'leg.answered'; readonly leg: string; readonly at: Time }
  | {
      readonly type: 'leg.ended';
      readonly leg: string;
      readonly at: Time;
      readonly q850: number;
      readonly sip?: number;
      readonly unseen?: Unseen;
    }
  | {
      readonly type: 'caller.ended';
      readonly at: Time;
      readonly q850?: number;
      readonly unseen?: Unseen;
    }
  /** The exchange itself has answered the caller. */
  | { readonly type: 'caller.answered'; readonly at: Time }
  /** He hears us without having been answered. */
  | { readonly type: 'caller.reached' }
  | { readonly type: 'service.ended'; readonly q850: number }
  /** The service wants somebody rung who is to take the caller over; nobody any more; the caller back. */
  | { readonly type: 'service.rings'; readonly ring: RingAttempt }
  | { readonly type: 'service.gives-up' }
  | { readonly type: 'service.follows'; readonly serve: ServeAttempt }
  /** These telephones of the member who is being woken are on. */
  | { readonly type: 'member.woken'; readonly devices: readonly string[] }
  /** Whom the exchange called pressed a key while he was spoken to. */
  | { readonly type: 'key.pressed'; readonly digit: string }
  /** Everything was said, or it could not be. `failed`: it broke off, most likely because the caller is gone. */
  | { readonly type: 'announcement.ended'; readonly failed: boolean }
  /** Somebody pays for `seconds` of talking, counted from the answer; absent: as long as the plan allows. `now`: the time of telling. */
  /** `keptIn`: only on our net; whoever would have it sent on does not pay. */
  | {
      readonly type: 'money.granted';
      readonly seconds?: number;
      readonly keptIn?: boolean;
      readonly now: Time;
    }
  | { readonly type: 'money.refused'; readonly reason: RefusalReason }
  /** More is paid for: `maxSeconds` of talking in all, counted from the answer. */
  | { readonly type: 'cap.extended'; readonly maxSeconds: number; readonly now: Time }
  | { readonly type: 'cap.last'; readonly reason: CapReason; readonly now: Time }
  /** `at`: when, where the recovery knows that it must have. */
  | {
      readonly type: 'timer.fired';
      readonly timer: TimerName;
      readonly attempt: number;
      readonly at?: Time;
    }
  /** `by` (his channel) wants the other party put through to what he dialled; `device` is his SIP user name. */
  | {
      readonly type: 'transfer.asked';
      readonly by: string;
      readonly at: Time;
      readonly device: string;
      readonly dialled: string;
    }
  /** Such a call is open, says the recovery. */
  | {
      readonly type: 'transfer.linked';
      readonly call: string;
      readonly by: string;
      readonly at: Time;
    }
  | { readonly type: 'transfer.answered'; readonly call: string; readonly at: Time }
  | {
      readonly type: 'transfer.failed';
      readonly call: string;
      readonly at: Time;
      readonly progress: 'declined' | 'unavailable';
    }
  /** To the call that was opened: nobody is there any more to take its caller back. */
  | { readonly type: 'transferor.left' }
  /** Two calls of one transferor become one; `asked`: he asked on this one and waits to be told. */
  | {
      readonly type: 'transfer.joined';
      readonly by: string;
      readonly with: string;
      readonly withBy: string;
      readonly bridge: string;
      readonly at: Time;
      readonly asked: boolean;
    }
  /** To the call of an order: what became of the call to B that it opened. */
  | { readonly type: 'second.ended'; readonly call: string; readonly reason: EndReason; readonly at: Time }
  /** An operator has ended it. */
  | { readonly type: 'operator.ended'; readonly at: Time }
  /** The call that shares the conversation is over. */
  | { readonly type: 'partner.ended'; readonly call: string; readonly at: Time }
  /** Somebody looked at Asterisk: these channels of the call live, these are in its bridge. What was lost on the way is done again. */
  | {
      readonly type: 'looked';
      readonly present: readonly string[];
      readonly bridged: readonly string[];
      readonly now: Time;
    };

/**
 * Nobody saw the hang-up: Asterisk died with the channel (`node-lost`), or it is gone and nothing says when (`lost`); the
 * time is then the last at which it was known to live.
 */
export type Unseen = 'node-lost' | 'lost';

export type CallEventType = CallEvent['type'];

/**
 * `progress`: the attempt's far ends did not ring in time. `wake`: who is being woken did not answer in time. `silent`: they should have answered anything by now. `cap`: the
 * next slice of talking is to be asked for. `warn`: a minute before the last one ends. `answer`: Asterisk did not answer the
 * caller for us. `announcement`: it takes too long. `clearing`: channels did not go away in time.
 */
export type TimerName =
  | 'progress'
  | 'wake'
  | 'silent'
  | 'cap'
  | 'warn'
  | 'answer'
  | 'announcement'
  | 'clearing';
