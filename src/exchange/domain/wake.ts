import { legsOfAttempt, ringPlanOf } from './attempt-plan.js';
import type { Call } from './call.js';
import type { Effect } from './effect.js';
import { type Step, still } from './step-result.js';

/** Whether the attempt under way goes on with nobody ringing, because its called member may come yet. */
export const isWaking = (call: Call): boolean => call.waking !== undefined && call.waking === call.attempt;

/** Nobody is waited for any more. */
export function wokenEnough(call: Call): Call {
  const { waking: _, ...rest } = call;
  return rest;
}

/** How long the one who is being woken has to answer; nothing where nobody is. */
export function wakeTimer(call: Call, attempt: number): readonly Effect[] {
  const plan = ringPlanOf(call, attempt);
  return plan?.wakes === undefined
    ? []
    : [{ do: 'start-timer', timer: 'wake', attempt, seconds: plan.answerWithin }];
}

/** While nothing rings yet, the caller hears ringing all the same: somebody is being called. */
export function ringMeanwhile(call: Call): Step {
  const silent = legsOfAttempt(call).every(({ status }) => status === 'ended');
  const ready = isWaking(call) && call.secured && call.money !== 'asked';
  if (!silent || !ready || call.state === 'ringing') return still(call);
  const ring: readonly Effect[] =
    call.order === undefined ? [{ do: 'ring', channel: call.caller.channel }] : [];
  return { call: { ...call, state: 'dialling' }, effects: ring };
}
