import { capSecondsOf, ringPlanOf, servePlanOf } from './attempt-plan.js';
import { type Call, type Leg, legOf, liveLegs, withLeg } from './call.js';
import type { CallEvent } from './call-event.js';
import { q850 } from './causes.js';
import type { Effect } from './effect.js';
import { bridgeOf, legChannelOf } from './ids.js';
import { joinWinner } from './step-attempt.js';
import { dropLegs, type Step, saving, still, then } from './step-result.js';
import { beginService } from './step-serve.js';
import type { ServeAttempt } from './verdict.js';

type Of<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

/**
 * Somebody is rung for a caller whom a service keeps company meanwhile (a queue's music): an attempt that nobody planned, added to the
 * plan. Saved before anybody is rung.
 */
export function serviceRings(call: Call, { ring }: Of<'service.rings'>): Step {
  const { plan } = call;
  if (plan === undefined || servePlanOf(call) === undefined || call.ending !== undefined) return still(call);
  const attempt = plan.attempts.length + 1;
  const planned: Call = { ...call, plan: { ...plan, attempts: [...plan.attempts, ring] } };
  const capSeconds = capSecondsOf(planned, attempt);
  const legs = ring.legs.map(
    (leg, index): Leg => ({
      attempt,
      leg: index + 1,
      channel: legChannelOf(call.id, attempt, index + 1),
      plan: leg,
      status: 'creating',
      join: 'no',
      capSeconds,
      waits: call.version + 1,
    }),
  );
  const begun: Call = { ...planned, legs: [...call.legs, ...legs] };
  return then(bridged(begun), (next) => saving(next, 'or-journal'));
}

/** The record is safe: those who are to be rung may be. */
export function besideSaved(call: Call, version: number): Step {
  return call.legs.reduce<Step>((step, leg) => then(step, (next) => make(next, leg, version)), still(call));
}

function make(call: Call, leg: Leg, version: number): Step {
  if (leg.waits === undefined || leg.waits > version || leg.status !== 'creating') return still(call);
  const { waits: _, ...asked } = leg;
  const { channel: originator } = call.caller;
  const capSeconds = leg.capSeconds ?? 0;
  return {
    call: withLeg(call, asked),
    effects: [{ do: 'create-leg', leg: asked, originator, capSeconds }],
  };
}

/** Where two will talk, if there is no such place yet. */
function bridged(call: Call): Step {
  if (call.bridge === 'ready' || call.bridge === 'creating') return still(call);
  return {
    call: { ...call, bridge: 'creating' },
    effects: [{ do: 'create-bridge', bridge: bridgeOf(call.id) }],
  };
}

/** Whoever is rung is rung no more; the service goes on. */
export const serviceGivesUp = (call: Call): Step => dropLegs(call, liveLegs(call), q850.normal);

/** Legs are dialled as soon as they are there: the caller is in no bridge with them before one answers. */
export function advanceBeside(call: Call): Step {
  return liveLegs(call).reduce<Step>((step, { channel }) => then(step, (next) => dial(next, channel)), {
    call,
    effects: [],
  });
}

function dial(call: Call, channel: string): Step {
  const leg = legOf(call, channel);
  if (leg?.status !== 'created' || leg.dropped !== undefined) return still(call);
  const withinSeconds = ringPlanOf(call, leg.attempt)?.answerWithin ?? 0;
  return {
    call: withLeg(call, { ...leg, status: 'dialled' }),
    effects: [{ do: 'dial', leg: channel, withinSeconds }],
  };
}

/** It rings somewhere; the caller hears the service. */
export function besideHeard(call: Call, { leg: channel, at }: Of<'leg.ringing'> | Of<'leg.progress'>): Step {
  const leg = legOf(call, channel);
  const rings = leg?.status === 'creating' || leg?.status === 'created' || leg?.status === 'dialled';
  return rings ? still(withLeg(call, { ...leg, status: 'ringing', ringingAt: at })) : still(call);
}

/** The one who answers takes the caller over from the service. */
export function besideAnswered(call: Call, { leg: channel, at }: Of<'leg.answered'>): Step {
  const leg = legOf(call, channel);
  if (leg === undefined || leg.status === 'answered' || leg.status === 'ended') return still(call);
  const answered = withLeg(call, { ...leg, status: 'answered', answeredAt: at });
  if (leg.dropped !== undefined) return still(answered);
  const talking: Call = {
    ...answered,
    state: 'talking',
    attempt: leg.attempt,
    answeredAt: call.answeredAt ?? at,
  };
  const quiet: Step = { call: talking, effects: [{ do: 'stop-timers' }, { do: 'stop-service' }] };
  const others = liveLegs(talking).filter((other) => other.channel !== channel);
  const alone = then(quiet, (next) => dropLegs(next, others, q850.answeredElsewhere));
  return then(then(then(alone, bridged), joinWinner), (next) => saving(next, 'soon'));
}

/** After (or instead of) a talk a service takes the caller: out of the bridge, whoever is still there is hung up. */
export function followWith(call: Call, serve: ServeAttempt): Step {
  const { plan } = call;
  if (plan === undefined || call.transfer !== undefined) return still(call);
  const attempts = [...plan.attempts, serve];
  const serving: Call = {
    ...call,
    state: 'serving',
    attempt: attempts.length,
    plan: { ...plan, attempts },
  };
  const out: readonly Effect[] = [
    { do: 'stop-timers' },
    { do: 'leave-bridge', bridge: bridgeOf(call.id), channel: call.caller.channel },
  ];
  const left = then({ call: serving, effects: out }, (next) => dropLegs(next, liveLegs(next), q850.normal));
  return then(
    then(left, (next) => ({ call: next, effects: beginService(next) })),
    (next) => saving(next, 'soon'),
  );
}

/** The service that waits for the end of this talk, where the called party hung up and the caller is still there. */
export const followOf = (call: Call, leg: Leg): ServeAttempt | undefined =>
  call.caller.endedAt === undefined && call.caller.dropped === undefined && call.transfer === undefined
    ? ringPlanOf(call, leg.attempt)?.follow
    : undefined;
