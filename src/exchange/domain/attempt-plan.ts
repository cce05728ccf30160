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

/**
 * A leg on its own is put into the bridge before it is dialled, so ringing, early media and the answer pass by themselves. Not
 * where nobody is at the caller's end, nor where others may come while it rings.
 */
export const isAlone = (call: Call): boolean =>
  call.order === undefined && isOnly(ringPlanOf(call, call.attempt));

const isOnly = (ring: RingAttempt | undefined): boolean =>
  ring?.legs.length === 1 && ring.wakes === undefined;

/**
 * What a leg that costs money may last before it is known how much is paid for: a little less than the slice that is held for most
 * calls, so that neither the news of it nor the answer needs a word to Asterisk.
 */
const FIRST_SECONDS = 175;
/** Whoever takes long to answer still has so much to talk until we have set the limit anew. */
const LEAST_SECONDS = 30;

/**
 * Seconds after its creation when Asterisk hangs a leg up by itself: the longest ring and the longest talk; where that costs
 * something, at most what is surely paid for.
 */
export function capSecondsOf(call: Call, attempt: number): number {
  const { plan, cap, money } = call;
  const ringPlan = ringPlanOf(call, attempt);
  const ringing = ringPlan?.answerWithin ?? 0;
  const costs = plan !== undefined && ringPlan?.legs.some((leg) => isMetered(plan, leg)) === true;
  if (!costs || (cap === undefined && money !== 'asked')) return ringing + (plan?.maxSeconds ?? 0);
  const talking = cap?.seconds ?? plan.maxSeconds;
  return Math.min(ringing + talking, Math.max(FIRST_SECONDS, ringing + LEAST_SECONDS));
}
