import type { Call, CapReason } from '../domain/call.js';
import type { Connect } from '../domain/verdict.js';

/**
 * Who pays for a call, and for how long.
 * - `unmetered`: it costs nothing, or is paid for afterwards: the plan's own limit alone counts.
 * - `granted`: held for so many seconds of talking, counted from the answer (a slice: 180, where there is money for it).
 * - `refused`: the caller is told why; `billing-away` when nobody can say.
 */
export type Grant =
  | { readonly kind: 'unmetered' }
  | { readonly kind: 'granted'; readonly seconds: number }
  /** Who would have it sent on does not pay for that: it may go on within our net. */
  | { readonly kind: 'kept-in' }
  | {
      readonly kind: 'refused';
      readonly reason: 'no-credit' | 'no-tariff' | 'barred' | 'suspended' | 'billing-away';
    };

/** `extended`: `maxSeconds` of talking in all, counted from the answer. `last`: no more than is granted already. */
export type Extension =
  | { readonly kind: 'extended'; readonly maxSeconds: number }
  | { readonly kind: 'last'; readonly reason: CapReason };

/**
 * The call machine's door to whoever holds the money. The exchange calls it so:
 *
 * 1. `reserve` once the verdict is `connect` and something is to be rung, at the same moment at which the set-up record is
 *    saved and the first legs are made, so that it costs no round trip of its own; only dialling waits for its answer. Not for
 *    calls for help, nor for services of ours. Asked again after a lost answer or a restart of ours: the hold's key is
 *    the call's id, and the second answer must be that of the first. `plan.attempts[].legs[]` say target, called number and
 *    `payer`; `call.origin` who calls. An answer that needs no database may be given at once, not as a promise.
 * 2. `extend` while they talk, 75 seconds before what was granted is used up. `extended` sets Asterisk's limit anew and is
 *    followed by the next `extend`; after `last` both are warned a minute before the end and Asterisk cuts, the call ending
 *    with reason `credit` or `time-limit`. No answer at all: Asterisk cuts at the end of what was granted (`credit`).
 * 3. `close` when nothing is left of the call, however it went (also of one that was refused). Only a hint: it is not told
 *    when the process dies; what must not be missed hangs on the event `call.ended`.
 *
 * Asterisk enforces what was granted by itself (`TIMEOUT(absolute)`), also with this process dead: a leg is made with a limit of
 * 175 seconds, which is less than a slice and stands at the answer where it leaves the time to ask for more; where less was granted it is
 * ringing time + grant before the answer, and exactly the grant at the answer. An implementation has a deadline of its own.
 */
export interface CallMoney {
  reserve(call: Call, plan: Connect): Grant | Promise<Grant>;
  extend(call: Call): Promise<Extension>;
  close(call: Call): void;
}
