import { capSecondsOf, legsOfAttempt, ringPlanOf } from './attempt-plan.js';
import type { Call, Leg } from './call.js';
import type { CallEvent } from './call-event.js';
import { hunted } from './hunt.js';
import { legChannelOf } from './ids.js';
import { outcomeOfLeg } from './outcome-to-tell.js';
import { type Step, saving, still } from './step-result.js';
import type { LegPlan } from './verdict.js';
import { isWaking } from './wake.js';

/** A telephone that comes and goes is not rung for ever. */
const MOST_LEGS = 12;

/**
 * Telephones of the member who was told by a push message have come on: they are rung beside those that ring already, as legs added to
 * the attempt's plan. Saved before anybody is rung.
 */
export function memberWoken(call: Call, { devices }: Extract<CallEvent, { type: 'member.woken' }>): Step {
  const { plan, attempt } = call;
  const ring = ringPlanOf(call, attempt);
  if (plan === undefined || ring?.wakes === undefined || !isWaking(call)) return still(call);
  const { member, called, calling } = ring.wakes;
  const wanted = devices.filter((device) => mayRing(call, device));
  const plans = wanted.slice(0, Math.max(0, MOST_LEGS - ring.legs.length)).map(
    (device): LegPlan => ({
      kind: 'device',
      target: device,
      endpoint: `PJSIP/${device}`,
      called,
      calling,
      member,
    }),
  );
  if (plans.length === 0) return still(call);
  const capSeconds = capSecondsOf(call, attempt);
  const legs = plans.map(
    (leg, index): Leg => ({
      attempt,
      leg: ring.legs.length + index + 1,
      channel: legChannelOf(call.id, attempt, ring.legs.length + index + 1),
      plan: leg,
      status: 'creating',
      join: 'no',
      capSeconds,
      waits: call.version + 1,
    }),
  );
  const attempts = plan.attempts.map((one) =>
    one === ring ? { ...ring, legs: [...ring.legs, ...plans] } : one,
  );
  return saving({ ...call, plan: { ...plan, attempts }, legs: [...call.legs, ...legs] }, 'or-journal');
}

/** Not the one that calls, none that rings, and none where a person has answered the call already by being busy or silent. */
function mayRing(call: Call, device: string): boolean {
  const { origin } = call;
  if (origin.kind !== 'trunk' && origin.username === device) return false;
  return legsOfAttempt(call)
    .filter(({ plan }) => plan.target === device)
    .every((leg) => leg.status === 'ended' && hunted.device.includes(outcomeOfLeg(leg)));
}
