import type { Call, Leg } from './call.js';
import { isMetered } from './metered.js';
import type { RingAttempt, ServeAttempt } from './verdict.js';

/** The plan of an attempt (counted from 1) at which legs are rung; undefined for another kind, or where there is none. */
export function ringPlanOf(call: Call, attempt: number): RingAttempt | undefined {
  const plan = call.plan?.attempts[attempt - 1];
  return plan?.kind === 'ring' ? plan : undefined;
}

/** The plan of the attempt under way, where the exchange takes the call itself. */
export function servePlanOf(call: Call): ServeAttempt | undefined {
  const plan = call.plan?.attempts[call.attempt - 1];
  return plan?.kind === 'serve' ? plan : undefined;
}

export const legsOfAttempt = (call: Call): readonly Leg[] =>
  call.legs.filter((leg) => leg.attempt === call.attempt);

/** A leg on its own is put into the bridge before it is dialled, so ringing, early media and the answer pass by themselves. */
export const isAlone = (call: Call): boolean => ringPlanOf(call, call.attempt)?.legs.length === 1;

/** Seconds that may be talked at an attempt: what was paid for so far where it costs something, at most what the plan allows. */
function talkSecondsOf({ cap, plan }: Call, attempt: RingAttempt | undefined): number {
  const costs = plan !== undefined && attempt?.legs.some((leg) => isMetered(plan, leg));
  return (costs ? cap?.seconds : undefined) ?? plan?.maxSeconds ?? 0;
}

/** Seconds after its creation when Asterisk hangs a leg up by itself: the longest ring and the longest talk. */
export function capSecondsOf(call: Call, attempt: number): number {
  const plan = ringPlanOf(call, attempt);
  return (plan?.answerWithin ?? 0) + talkSecondsOf(call, plan);
}
