import { type Call, type EndedBy, type Leg, legOf, liveLegs, withLeg } from './call.js';
import type { CallEvent, TimerName } from './call-event.js';
import { answerTo, type Outcome, q850 } from './causes.js';
import { outcomeOfLeg, outcomeToTell } from './outcome-to-tell.js';
import { capSecondsOf, legsOfAttempt, ringPlanOf, startAttempt } from './step-attempt.js';
import { CLEARING_SECONDS, finish, settle } from './step-finish.js';
import { dropLegs, type Step, still, then } from './step-result.js';

type LegEnded = Extract<CallEvent, { type: 'leg.ended' }>;
type CallerEnded = Extract<CallEvent, { type: 'caller.ended' }>;

export function legEnded(call: Call, event: LegEnded): Step {
  const leg = legOf(call, event.leg);
  if (leg === undefined || leg.status === 'ended') return still(call);
  const won = call.state === 'talking' && leg.status === 'answered' && leg.dropped === undefined;
  const endedAt = Math.max(event.at, leg.answeredAt ?? leg.createdAt ?? call.startedAt);
  const ended: Leg = {
    ...leg,
    status: 'ended',
    endedAt,
    q850: event.q850,
    ...(event.sip === undefined ? {} : { sip: event.sip }),
  };
  const next = withLeg(call, ended);
  if (call.state === 'clearing') return settle(next);
  if (event.unseen === 'node-lost') return finish(next, nodeLost(endedAt));
  if (won && event.unseen === 'lost') return finish(next, lost(endedAt));
  if (won) return finish(next, { ...hangupBy(call, ended), at: endedAt });
  return call.state === 'talking' ? still(next) : legFailed(next, ended);
}

/** Who hung up a talking call, as far as the cause tells. */
function hangupBy(call: Call, leg: Leg) {
  const capAt = (leg.createdAt ?? call.startedAt) + capSecondsOf(call, leg.attempt) * 1_000;
  // Asterisk says 16 for its own TIMEOUT(absolute) too [measured]; it fires within milliseconds of the cap.
  if ((leg.endedAt ?? 0) >= capAt - 250) {
    return { by: 'exchange', reason: 'time-limit', q850: q850.normal } as const;
  }
  // chan_pjsip's rtp_timeout hangs up with 44 (requested channel not available).
  if (leg.q850 === q850.channelUnavailable) {
    return { by: 'network', reason: 'media-lost', q850: q850.normal } as const;
  }
  return { by: 'callee', reason: 'hangup', q850: q850.normal } as const;
}

/** One leg of the attempt is over; when the last is, either the next attempt begins or the caller is told. */
function legFailed(call: Call, leg: Leg): Step {
  const others = legsOfAttempt(call).filter((other) => other.status !== 'ended');
  if (others.length > 0) {
    // A person who declines on one phone has declined on all (RFC 3261 section 16.7 step 5).
    return outcomeOfLeg(leg) === 'declined' ? dropLegs(call, others, q850.normal) : still(call);
  }
  return attemptFailed(call);
}

function attemptFailed(call: Call): Step {
  const outcome = outcomeToTell(legsOfAttempt(call).map(outcomeOfLeg));
  const next = ringPlanOf(call, call.attempt)?.after[outcome];
  if (next !== undefined) {
    const state = call.state === 'preparing' ? 'preparing' : 'dialling';
    return startAttempt({ ...call, state }, next);
  }
  return finish(call, { by: endedBy[outcome], reason: outcome, q850: answerTo[outcome].q850 });
}

const endedBy: { readonly [O in Outcome]: EndedBy } = {
  busy: 'callee',
  declined: 'callee',
  'no-answer': 'callee',
  unallocated: 'network',
  unreachable: 'network',
  congestion: 'network',
  unacceptable: 'network',
  cancelled: 'exchange',
  failed: 'network',
};

export function callerEnded(call: Call, event: CallerEnded): Step {
  if (call.caller.endedAt !== undefined) return still(call);
  const at = Math.max(event.at, call.answeredAt ?? call.startedAt);
  const gone: Call = { ...call, caller: { ...call.caller, endedAt: at } };
  if (call.state === 'clearing') return settle(gone);
  if (event.unseen !== undefined) return finish(gone, event.unseen === 'lost' ? lost(at) : nodeLost(at));
  if (call.state !== 'talking')
    return finish(gone, { by: 'caller', reason: 'cancelled', q850: q850.normal, at });
  return event.q850 === q850.channelUnavailable
    ? finish(gone, { by: 'network', reason: 'media-lost', q850: q850.normal, at })
    : finish(gone, { by: 'caller', reason: 'hangup', q850: q850.normal, at });
}

const nodeLost = (at: number) =>
  ({ by: 'node-lost', reason: 'node-lost', q850: q850.temporaryFailure, at }) as const;

const lost = (at: number) => ({ by: 'network', reason: 'lost', q850: q850.temporaryFailure, at }) as const;

export function timerFired(call: Call, timer: TimerName, attempt: number): Step {
  if (timer === 'clearing') return call.state === 'clearing' ? lookAgain(call) : still(call);
  if (call.state === 'clearing' || attempt !== call.attempt) return still(call);
  const silent = liveLegs(call).filter((leg) => ['creating', 'created', 'dialled'].includes(leg.status));
  const dropped = dropLegs(call, silent, q850.noResponse);
  const inDoubt = silent.some((leg) => leg.status === 'creating');
  return inDoubt ? then(dropped, (next) => ({ call: next, effects: [{ do: 'reconcile' }] })) : dropped;
}

const lookAgain = (call: Call): Step => ({
  call,
  effects: [
    { do: 'reconcile' },
    { do: 'start-timer', timer: 'clearing', attempt: call.attempt, seconds: CLEARING_SECONDS },
  ],
});
