import { capSecondsOf, isAlone, legsOfAttempt, ringPlanOf, servePlanOf } from './attempt-plan.js';
import { type Call, type Leg, legOf, withLeg } from './call.js';
import type { Effect } from './effect.js';
import { bridgeOf, legChannelOf } from './ids.js';
import { type Step, then } from './step-result.js';
import { serve } from './step-serve.js';
import { silentTimer } from './step-silent.js';

/** Begins an attempt: takes the call for a service, or builds every leg anew from the plan; nothing of an earlier one goes into it. */
export function startAttempt(call: Call, attempt: number): Step {
  const begun: Call = { ...call, attempt };
  return servePlanOf(begun) === undefined ? ring(begun, attempt) : serve(begun);
}

function ring(call: Call, attempt: number): Step {
  const plan = ringPlanOf(call, attempt);
  if (plan === undefined) throw new Error(`call ${call.id} has no attempt ${attempt}`);
  const capSeconds = capSecondsOf(call, attempt);
  const legs = plan.legs.map(
    (leg, index): Leg => ({
      attempt,
      leg: index + 1,
      channel: legChannelOf(call.id, attempt, index + 1),
      plan: leg,
      status: 'creating',
      join: 'no',
      capSeconds,
    }),
  );
  return {
    call: { ...call, legs: [...call.legs, ...legs] },
    effects: [
      ...legs.map((leg): Effect => ({ do: 'create-leg', leg, originator: call.caller.channel, capSeconds })),
      { do: 'start-timer', timer: 'progress', attempt, seconds: plan.progressWithin },
    ],
  };
}

/** Does what has become possible for the attempt under way: join what is created, dial what is joined, recorded and paid for. */
export function advance(call: Call): Step {
  if (servePlanOf(call) !== undefined) return serve(call);
  return legsOfAttempt(call).reduce<Step>(
    (step, { channel }) =>
      then(step, (next) => then(joinBeforeDial(next, channel), (it) => dial(it, channel))),
    { call, effects: [] },
  );
}

function joinBeforeDial(call: Call, channel: string): Step {
  const leg = legOf(call, channel);
  const possible = leg?.status === 'created' && leg.join === 'no' && leg.dropped === undefined;
  return possible && isAlone(call) && call.bridge === 'ready' ? join(call, leg) : { call, effects: [] };
}

/** Asks for caller and leg to be put together. */
export const join = (call: Call, leg: Leg): Step => ({
  call: withLeg(call, { ...leg, join: 'asked' }),
  effects: [{ do: 'join', bridge: bridgeOf(call.id), caller: call.caller.channel, leg: leg.channel }],
});

function dial(call: Call, channel: string): Step {
  const leg = legOf(call, channel);
  const possible =
    leg?.status === 'created' && leg.dropped === undefined && call.secured && call.money !== 'asked';
  if (!possible || (isAlone(call) && leg.join !== 'done')) return { call, effects: [] };
  const withinSeconds = ringPlanOf(call, leg.attempt)?.answerWithin ?? 0;
  return {
    call: { ...withLeg(call, { ...leg, status: 'dialled' }), state: dialledState(call) },
    effects: [{ do: 'dial', leg: channel, withinSeconds }, ...silentTimer(call)],
  };
}

const dialledState = (call: Call) => (call.state === 'preparing' ? 'dialling' : call.state);
