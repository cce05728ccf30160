import { languageOfCaller, soundOf } from './announcement.js';
import { capSecondsOf, legsOfAttempt } from './attempt-plan.js';
import { type Call, type CapReason, type Leg, type Time, winnerOf, withLeg } from './call.js';
import type { CallEvent } from './call-event.js';
import { q850 } from './causes.js';
import type { Effect } from './effect.js';
import { isElsewheres, isMetered, keptIn } from './metered.js';
import { advance } from './step-attempt.js';
import { finish } from './step-finish.js';
import { dropLegs, type Step, saving, still, then } from './step-result.js';
import { meetingBridgeOf } from './transfer.js';

type Of<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

/** The next slice is asked for so long before this one is used up: a minute for the warning, and time to be refused. */
const LEAD_SECONDS = 75;
/** The limit that a leg was made with is left as it is if so much of it is left at the answer: what a call lasts at least when we die then. */
const ENOUGH_SECONDS = 120;
const WARNING_SECONDS = 60;

/** Somebody pays: for `seconds` of talking so far, or for as long as the plan allows. */
export function moneyGranted(
  call: Call,
  { seconds, keptIn: inside = false, now }: Of<'money.granted'>,
): Step {
  if (call.money !== 'asked') return still(call);
  if (inside) return keepIn(call);
  const most = call.plan?.maxSeconds ?? 0;
  const capped = seconds !== undefined && seconds < most;
  const granted: Call = {
    ...call,
    money: 'granted',
    ...(capped ? { cap: { seconds, armed: false } } : {}),
  };
  if (granted.state === 'talking') return arm(granted, now);
  return then(recap(granted), advance);
}

/** Nobody pays for the ways out of our net: those are not taken. */
function keepIn(call: Call): Step {
  const winner = winnerOf(call);
  if (winner !== undefined && isElsewheres(winner.plan)) return moneyRefused(call, NO_CREDIT);
  const plan = call.plan && keptIn(call.plan);
  const kept: Call = { ...call, money: 'granted', ...(plan === undefined ? {} : { plan }) };
  const paidElsewhere = legsOfAttempt(kept).filter((leg) => isElsewheres(leg.plan));
  const dropped = dropLegs(kept, paidElsewhere, q850.destinationOutOfOrder);
  return then(then(dropped, recap), advance);
}

const NO_CREDIT = { type: 'money.refused', reason: 'no-credit' } as const;

export function moneyRefused(call: Call, { reason }: Of<'money.refused'>): Step {
  if (call.money !== 'asked') return still(call);
  return call.state === 'talking'
    ? finish(call, { by: 'exchange', reason: 'credit', q850: q850.normal })
    : finish(call, {
        by: 'exchange',
        reason,
        q850: reason === 'billing-away' ? q850.congestion : q850.rejected,
      });
}

/** Legs that were made before it was known how long they may talk. */
function recap(call: Call): Step {
  return call.legs.reduce<Step>((step, leg) => then(step, (next) => recapLeg(next, leg)), still(call));
}

/** Sets Asterisk's own limit of a leg anew where it is another by now. */
export function recapLeg(call: Call, leg: Leg): Step {
  const seconds = capSecondsOf(call, leg.attempt);
  const there = leg.status !== 'creating' && leg.status !== 'ended' && leg.dropped === undefined;
  if (!there || leg.capSeconds === seconds) return still(call);
  return {
    call: withLeg(call, { ...leg, capSeconds: seconds }),
    effects: [{ do: 'cap', channel: leg.channel, seconds }],
  };
}

/** At the answer: the limit that the leg was made with stands where it is within what is paid for and far enough away. */
export function armAnswered(call: Call, now: Time): Step {
  const { cap, plan, answeredAt } = call;
  const winner = winnerOf(call);
  if (cap === undefined || cap.armed || answeredAt === undefined || winner === undefined) return still(call);
  const until = (winner.createdAt ?? 0) + (winner.capSeconds ?? 0) * 1_000;
  const within = until <= answeredAt + cap.seconds * 1_000 && until - now >= ENOUGH_SECONDS * 1_000;
  if (!within || (plan !== undefined && !isMetered(plan, winner.plan))) return arm(call, now);
  const armed: Call = { ...call, cap: { ...cap, armed: true, until } };
  return { call: armed, effects: [mind(armed, (until - now) / 1_000)] };
}

/** Sets the talking leg's limit to what is paid for, counted from the answer, and minds its end. */
export function arm(call: Call, now: Time): Step {
  const { cap, answeredAt } = call;
  const winner = winnerOf(call);
  if (cap === undefined || cap.armed || answeredAt === undefined || winner === undefined) return still(call);
  if (call.plan !== undefined && !isMetered(call.plan, winner.plan)) return uncapped(call, winner);
  const left = (answeredAt + cap.seconds * 1_000 - now) / 1_000;
  const { until: _, ...paid } = cap;
  const armed: Call = { ...call, cap: { ...paid, armed: true } };
  // Found late, after a restart of ours: Asterisk's limit stands as it was set; only more time can be asked for.
  if (left <= 1) return { call: armed, effects: cap.last === undefined ? [{ do: 'extend' }] : [] };
  return {
    call: armed,
    effects: [{ do: 'cap', channel: winner.channel, seconds: left }, mind(armed, left)],
  };
}

/** What was held is not for this talk: it lasts as long as the plan allows. */
function uncapped({ cap: _, ...call }: Call, winner: Leg): Step {
  return recapLeg(call, winner);
}

function mind(call: Call, left: number): Effect {
  const [timer, lead] =
    call.cap?.last === undefined ? (['cap', LEAD_SECONDS] as const) : (['warn', WARNING_SECONDS] as const);
  return { do: 'start-timer', timer, attempt: call.attempt, seconds: Math.max(0, left - lead) };
}

/** More is paid for: `maxSeconds` of talking in all, counted from the answer. */
export function capExtended(call: Call, { maxSeconds, now }: Of<'cap.extended'>): Step {
  const { cap, plan } = call;
  if (cap === undefined || cap.last !== undefined || maxSeconds <= cap.seconds) return still(call);
  const most = plan?.maxSeconds ?? maxSeconds;
  const last: { last?: CapReason } = maxSeconds >= most ? { last: 'time-limit' } : {};
  const extended: Call = { ...call, cap: { seconds: Math.min(maxSeconds, most), armed: false, ...last } };
  return then(arm(extended, now), (next) => saving(next, 'soon'));
}

/** This slice was the last: Asterisk will cut at its end, and a minute before that both are told. */
export function capLast(call: Call, { reason, now }: Of<'cap.last'>): Step {
  const { cap, answeredAt } = call;
  if (cap === undefined || cap.last !== undefined || answeredAt === undefined) return still(call);
  const last: Call = { ...call, cap: { ...cap, last: reason } };
  // To the last second that is paid for.
  if (cap.until !== undefined) return arm({ ...last, cap: { ...cap, last: reason, armed: false } }, now);
  return { call: last, effects: [mind(last, (answeredAt + cap.seconds * 1_000 - now) / 1_000)] };
}

/** Spoken into the bridge, so that both know why the call will end. */
export const warning = (call: Call): Effect => ({
  do: 'warn',
  bridge: meetingBridgeOf(call),
  media: soundOf('one-minute-left'),
  language: languageOfCaller(call),
});
