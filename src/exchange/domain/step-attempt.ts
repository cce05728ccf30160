import { type Call, type Leg, legOf, withLeg } from './call.js';
import type { Effect } from './effect.js';
import { bridgeOf, legChannelOf } from './ids.js';
import { type Step, then } from './step-result.js';
import type { AttemptPlan, RingAttempt } from './verdict.js';

export const planOf = (call: Call, attempt: number): AttemptPlan | undefined =>
  call.plan?.attempts[attempt - 1];
export const ringPlanOf = (call: Call, attempt: number): RingAttempt | undefined => {
  const plan = planOf(call, attempt);
  return plan?.kind === 'ring' ? plan : undefined;
};
export const legsOfAttempt = (call: Call): readonly Leg[] =>
  call.legs.filter((leg) => leg.attempt === call.attempt);

/** A leg on its own is put into the bridge before it is dialled, so ringing, early media and the answer pass by themselves. */
export const isAlone = (call: Call): boolean => ringPlanOf(call, call.attempt)?.legs.length === 1;

/** Seconds after its creation when Asterisk hangs a leg up by itself: the longest ring and the longest talk. */
export const capSecondsOf = (call: Call, attempt: number): number =>
  (ringPlanOf(call, attempt)?.answerWithin ?? 0) + (call.plan?.maxSeconds ?? 0);

/** Builds every leg of an attempt anew from its plan; nothing of an earlier attempt goes into it. */
export function startAttempt(call: Call, attempt: number): Step {
  const plan = ringPlanOf(call, attempt);
  if (plan === undefined) throw new Error(`call ${call.id} has no attempt ${attempt}`);
  const legs = plan.legs.map(
    (leg, index): Leg => ({
      attempt,
      leg: index + 1,
      channel: legChannelOf(call.id, attempt, index + 1),
      plan: leg,
      status: 'creating',
      join: 'no',
    }),
  );
  const capSeconds = capSecondsOf(call, attempt);
  return {
    call: { ...call, attempt, legs: [...call.legs, ...legs] },
    effects: [
      ...legs.map((leg): Effect => ({ do: 'create-leg', leg, originator: call.caller.channel, capSeconds })),
      { do: 'start-timer', timer: 'progress', attempt, seconds: plan.progressWithin },
    ],
  };
}

/** Does what has become possible for the attempt under way: join what is created, dial what is joined and recorded. */
export function advance(call: Call): Step {
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
  const possible = leg?.status === 'created' && leg.dropped === undefined && call.secured;
  if (!possible || (isAlone(call) && leg.join !== 'done')) return { call, effects: [] };
  const withinSeconds = ringPlanOf(call, leg.attempt)?.answerWithin ?? 0;
  return {
    call: { ...withLeg(call, { ...leg, status: 'dialled' }), state: dialledState(call) },
    effects: [{ do: 'dial', leg: channel, withinSeconds }],
  };
}

const dialledState = (call: Call) => (call.state === 'preparing' ? 'dialling' : call.state);
