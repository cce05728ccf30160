import { capSecondsOf, isAlone, legsOfAttempt, ringPlanOf, servePlanOf } from './attempt-plan.js';
import { type Call, type Leg, legOf, winnerOf, withLeg } from './call.js';
import type { Effect } from './effect.js';
import { bridgeOf, legChannelOf } from './ids.js';
import { type Step, still, then } from './step-result.js';
import { serve } from './step-serve.js';
import { silentTimer } from './step-silent.js';
import { ringMeanwhile, wakeTimer } from './wake.js';

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
  const originator = call.order === undefined ? { originator: call.caller.channel } : {};
  const waking = plan.wakes === undefined ? {} : { waking: attempt };
  return {
    call: { ...call, ...waking, legs: [...call.legs, ...legs] },
    effects: [
      ...legs.map((leg): Effect => ({ do: 'create-leg', leg, ...originator, capSeconds })),
      { do: 'start-timer', timer: 'progress', attempt, seconds: plan.progressWithin },
      ...wakeTimer(call, attempt),
    ],
  };
}

/**
 * Does what has become possible for the attempt under way: what is created, recorded and paid for is dialled; a leg that is
 * alone is put together with the caller at the same moment, so that both requests travel together.
 */
export function advance(call: Call): Step {
  if (servePlanOf(call) !== undefined) return serve(call);
  const dialled = legsOfAttempt(call).reduce<Step>(
    (step, { channel }) => then(step, (next) => then(joinAgain(next, channel), (it) => dial(it, channel))),
    { call, effects: [] },
  );
  return then(dialled, ringMeanwhile);
}

/** What was dialled and is not in the bridge: its join was lost. */
function joinAgain(call: Call, channel: string): Step {
  const leg = legOf(call, channel);
  const lost = leg !== undefined && leg.join === 'no' && ['dialled', 'ringing', 'early'].includes(leg.status);
  const possible = lost && leg.dropped === undefined && isAlone(call) && call.bridge === 'ready';
  return possible ? join(call, leg) : { call, effects: [] };
}

/** Asks for caller and leg to be put together. */
export const join = (call: Call, leg: Leg, dialWithin?: number): Step => ({
  call: withLeg(call, { ...leg, join: 'asked' }),
  effects: [
    {
      do: 'join',
      bridge: bridgeOf(call.id),
      caller: call.caller.channel,
      leg: leg.channel,
      ...(dialWithin === undefined ? {} : { dialWithin }),
    },
  ],
});

function dial(call: Call, channel: string): Step {
  const leg = legOf(call, channel);
  const possible =
    leg?.status === 'created' && leg.dropped === undefined && call.secured && call.money !== 'asked';
  if (!possible || (isAlone(call) && (call.bridge !== 'ready' || leg.join === 'asked')))
    return { call, effects: [] };
  const withinSeconds = ringPlanOf(call, leg.attempt)?.answerWithin ?? 0;
  const dialled: Leg = { ...leg, status: 'dialled' };
  const asked =
    isAlone(call) && leg.join === 'no'
      ? join(call, dialled, withinSeconds)
      : { call: withLeg(call, dialled), effects: [{ do: 'dial', leg: channel, withinSeconds } as const] };
  return {
    call: { ...asked.call, state: dialledState(call) },
    effects: [...asked.effects, ...silentTimer(call)],
  };
}

const dialledState = (call: Call) => (call.state === 'preparing' ? 'dialling' : call.state);

/** The one that answered and the caller are put together; a leg that was alone is there already. */
export function joinWinner(call: Call): Step {
  const winner = winnerOf(call);
  if (winner === undefined || winner.join !== 'no' || call.bridge !== 'ready') return still(call);
  return then(join(call, winner), (next) => ({
    call: next,
    effects: [{ do: 'answer', channel: call.caller.channel }],
  }));
}
