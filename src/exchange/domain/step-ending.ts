import { assertNever } from '../../kernel/result.js';
import { capSecondsOf, legsOfAttempt, ringPlanOf } from './attempt-plan.js';
import { type Call, type EndedBy, type Leg, legOf, liveLegs, withLeg } from './call.js';
import type { CallEvent, TimerName } from './call-event.js';
import { answerTo, type Outcome, q850 } from './causes.js';
import type { Effect } from './effect.js';
import { outcomeOfLeg, outcomeToTell } from './outcome-to-tell.js';
import { startAttempt } from './step-attempt.js';
import { followOf, followWith } from './step-beside.js';
import { warning } from './step-cap.js';
import { clearingTimer, finish, settle } from './step-finish.js';
import { announced, leftAnnouncement } from './step-refuse.js';
import { dropLegs, type Step, still, then } from './step-result.js';
import { serveAgain } from './step-serve.js';
import { probes } from './step-silent.js';
import { isWaking, ringMeanwhile, wokenEnough } from './wake.js';

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
  if (call.state === 'refusing') return still(next);
  if (call.state === 'clearing') return settle(next);
  // A service goes on as long as its caller: he says himself that he is gone.
  if (call.state === 'serving') return still(next);
  if (event.unseen === 'node-lost') return finish(next, nodeLost(endedAt));
  if (won && event.unseen === 'lost') return finish(next, lost(endedAt));
  if (won) return talkEnded(next, ended, endedAt);
  return call.state === 'talking' ? still(next) : legFailed(next, ended);
}

/** A service may wait for the caller whose called party hung up. */
function talkEnded(call: Call, leg: Leg, at: number): Step {
  const hangup = hangupBy(call, leg);
  const follow = hangup.by === 'callee' ? followOf(call, leg) : undefined;
  return follow === undefined ? finish(call, { ...hangup, at }) : followWith(call, follow);
}

/** Who hung up a talking call by its called party's end, as far as the cause tells. */
export function hangupBy(call: Call, leg: Leg) {
  // Asterisk says 16 for its own TIMEOUT(absolute) too [measured]; it fires within milliseconds of the cap.
  if ((leg.endedAt ?? 0) >= capAt(call, leg) - 250) {
    const reason = call.cap === undefined ? 'time-limit' : (call.cap.last ?? 'credit');
    return { by: 'exchange', reason, q850: q850.normal } as const;
  }
  // chan_pjsip's rtp_timeout hangs up with 44 (requested channel not available).
  if (leg.q850 === q850.channelUnavailable) {
    return { by: 'network', reason: 'media-lost', q850: q850.normal } as const;
  }
  return { by: 'callee', reason: 'hangup', q850: q850.normal } as const;
}

/** When Asterisk cuts: from the answer on where a cap was set then, else from the leg's creation. */
const capAt = (call: Call, leg: Leg): number =>
  call.cap?.armed === true
    ? (call.cap.until ?? (call.answeredAt ?? 0) + call.cap.seconds * 1_000)
    : (leg.createdAt ?? call.startedAt) + (leg.capSeconds ?? capSecondsOf(call, leg.attempt)) * 1_000;

/** One leg of the attempt is over; when the last is, either the next attempt begins or the caller is told. */
function legFailed(call: Call, leg: Leg): Step {
  const others = legsOfAttempt(call).filter((other) => other.status !== 'ended');
  // A person who declines on one phone has declined on all (RFC 3261 section 16.7 step 5).
  const declined = outcomeOfLeg(leg) === 'declined';
  const told = declined ? wokenEnough(call) : call;
  if (others.length > 0) return declined ? dropLegs(told, others, q850.normal) : still(told);
  return isWaking(told) ? ringMeanwhile(told) : attemptFailed(told, leg.endedAt ?? call.seenAt);
}

/** The time of the one who was to be woken is over. */
function notWoken(call: Call): Step {
  const ringing = legsOfAttempt(call).filter(({ status }) => status !== 'ended');
  const dropped = dropLegs(wokenEnough(call), ringing, q850.noAnswer);
  const over = legsOfAttempt(dropped.call).every(({ status }) => status === 'ended');
  return over ? then(dropped, (next) => attemptFailed(next, next.seenAt)) : dropped;
}

function attemptFailed(before: Call, at: number): Step {
  const { attempt } = before;
  const legs = legsOfAttempt(before);
  // With no telephone at all nobody could be reached.
  const outcome = legs.length === 0 ? 'unreachable' : outcomeToTell(legs.map(outcomeOfLeg));
  const next = ringPlanOf(before, attempt)?.after[outcome];
  const hunt = { at, attempt, outcome, ...(next === undefined ? {} : { next }) };
  const call: Call = { ...before, hunts: [...(before.hunts ?? []), hunt] };
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
  if (call.state === 'refusing') return leftAnnouncement(call, at);
  const gone: Call = { ...call, caller: { ...call.caller, endedAt: at } };
  if (call.state === 'clearing') return settle(gone);
  if (event.unseen !== undefined) return finish(gone, event.unseen === 'lost' ? lost(at) : nodeLost(at));
  if (call.answeredAt === undefined)
    return finish(gone, { by: 'caller', reason: 'cancelled', q850: q850.normal, at });
  return event.q850 === q850.channelUnavailable
    ? finish(gone, { by: 'network', reason: 'media-lost', q850: q850.normal, at })
    : finish(gone, { by: 'caller', reason: 'hangup', q850: q850.normal, at });
}

const nodeLost = (at: number) =>
  ({ by: 'node-lost', reason: 'node-lost', q850: q850.temporaryFailure, at }) as const;

const lost = (at: number) => ({ by: 'network', reason: 'lost', q850: q850.temporaryFailure, at }) as const;

export function timerFired(call: Call, timer: TimerName, attempt: number): Step {
  switch (timer) {
    case 'clearing':
      return call.state === 'clearing' ? lookAgain(call, [clearingTimer(call)]) : still(call);
    case 'announcement':
      return announced(call);
    case 'answer': {
      const waits = call.state === 'serving' && call.answeredAt === undefined;
      return waits ? lookAgain(call, serveAgain(call)) : still(call);
    }
    case 'cap':
      return call.state === 'talking' ? { call, effects: [{ do: 'extend' }] } : still(call);
    case 'warn':
      return call.state === 'talking' ? { call, effects: [warning(call)] } : still(call);
    case 'silent':
      return isUnderWay(call, attempt) ? { call, effects: probes(call) } : still(call);
    case 'progress':
      return isUnderWay(call, attempt) ? tooLong(call) : still(call);
    case 'wake':
      return isUnderWay(call, attempt) ? notWoken(call) : still(call);
    default:
      return assertNever(timer);
  }
}

const lookAgain = (call: Call, effects: readonly Effect[]): Step => ({
  call,
  effects: [{ do: 'reconcile' }, ...effects],
});

const isUnderWay = (call: Call, attempt: number): boolean =>
  attempt === call.attempt && ['preparing', 'dialling', 'ringing', 'early'].includes(call.state);

/** Nothing rang in time: whoever is still silent is given up. */
function tooLong(call: Call): Step {
  const silent = liveLegs(call).filter((leg) => ['creating', 'created', 'dialled'].includes(leg.status));
  const dropped = dropLegs(call, silent, q850.noResponse);
  const inDoubt = silent.some((leg) => leg.status === 'creating');
  return inDoubt ? then(dropped, (next) => ({ call: next, effects: [{ do: 'reconcile' }] })) : dropped;
}

/** An operator ends it, whatever it is doing; nobody is told in words. */
export const operatorEnded = (call: Call): Step =>
  finish(call, {
    by: 'exchange',
    reason: 'operator',
    q850: call.answeredAt === undefined ? q850.rejected : q850.normal,
  });
