import { isAlone } from './attempt-plan.js';
import { type Call, type Leg, legOf, liveLegs, withLeg } from './call.js';
import type { CallEvent } from './call-event.js';
import { q850 } from './causes.js';
import type { Effect } from './effect.js';
import { joinWinner } from './step-attempt.js';
import { armAnswered } from './step-cap.js';
import { beginOrder } from './step-order.js';
import { dropLegs, type Step, saving, still, then } from './step-result.js';

type Of<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

export function legRinging(call: Call, { leg: channel, at }: Of<'leg.ringing'>): Step {
  const leg = alerting(call, channel);
  if (leg === undefined) return still(call);
  const status = leg.status === 'early' ? 'early' : 'ringing';
  return heard(call, { ...leg, status, ringingAt: leg.ringingAt ?? at }, at, 'ringing');
}

/** Early media. Of legs rung at once nobody's is passed on: the caller hears ringing. */
export function legProgress(call: Call, { leg: channel, at }: Of<'leg.progress'>): Step {
  const leg = alerting(call, channel);
  if (leg === undefined) return still(call);
  const next: Leg = { ...leg, status: 'early', ringingAt: leg.ringingAt ?? at };
  return heard(call, next, at, isAlone(call) ? 'early' : 'ringing');
}

const alerting = (call: Call, channel: string): Leg | undefined => {
  const leg = legOf(call, channel);
  return leg?.status === 'answered' || leg?.status === 'ended' ? undefined : leg;
};

function heard(call: Call, leg: Leg, at: number, state: 'ringing' | 'early'): Step {
  const first = call.state === 'dialling' || call.state === 'preparing';
  const ring: readonly Effect[] =
    first && !isAlone(call) && call.order === undefined ? [{ do: 'ring', channel: call.caller.channel }] : [];
  const next: Call = {
    ...withLeg(call, leg),
    ringingAt: call.ringingAt ?? at,
    state: call.state === 'early' ? 'early' : state,
  };
  return { call: next, effects: ring };
}

/**
 * The first answer wins and gives up all others. When one of those answers all the same it is being hung up already;
 * that it answered stays in its record, because the far network will charge for it.
 */
export function legAnswered(call: Call, { leg: channel, at }: Of<'leg.answered'>): Step {
  const leg = legOf(call, channel);
  if (leg === undefined || leg.status === 'answered' || leg.status === 'ended') return still(call);
  // A call that we started has its beginning by our clock, all else by Asterisk's.
  const answeredAt = Math.max(at, call.startedAt);
  const answered = withLeg(call, { ...leg, status: 'answered', answeredAt });
  if (call.state === 'clearing' || leg.dropped !== undefined) return still(answered);
  const talking: Call = { ...answered, state: 'talking', answeredAt };
  const others = liveLegs(talking).filter((other) => other.channel !== channel);
  const cleared = then(dropLegs(talking, others, q850.answeredElsewhere), joinWinner);
  const quiet: Step = { ...cleared, effects: [{ do: 'stop-timers' }, ...cleared.effects] };
  const armed = then(
    then(quiet, (next) => armAnswered(next, at)),
    (next) => beginOrder(next, at),
  );
  // Should we die before it is saved, Asterisk's own log knows the time of the answer.
  return then(armed, (next) => saving(next, 'soon'));
}
