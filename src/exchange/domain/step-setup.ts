import { type Call, legOf, liveLegs, winnerOf, withLeg } from './call.js';
import type { CallEvent } from './call-event.js';
import { q850 } from './causes.js';
import type { Effect } from './effect.js';
import { bridgeOf } from './ids.js';
import { advance, join, ringPlanOf, startAttempt } from './step-attempt.js';
import { CLEARING_SECONDS, finish, settle } from './step-finish.js';
import { moveAgain } from './step-links.js';
import { type Step, saving, still, then } from './step-result.js';
import type { Decision } from './verdict.js';

type Of<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

/** Verdict first, action second: record, bridge and first legs start together; only dialling waits for the record. */
export function routed(call: Call, { verdict, account }: Decision): Step {
  const told = { ...call, account };
  if (verdict.kind !== 'connect') {
    return finish(told, { by: 'exchange', reason: verdict.reason, q850: verdict.q850 });
  }
  const planned: Call = { ...told, plan: verdict, state: 'preparing', bridge: 'creating' };
  const started = then(
    { call: planned, effects: [{ do: 'create-bridge', bridge: bridgeOf(call.id) }] },
    (next) => startAttempt(next, 1),
  );
  return then(started, (next) => saving(next, verdict.emergency ? 'or-journal' : 'or-refuse'));
}

export const saved = (call: Call): Step => (call.secured ? still(call) : advance({ ...call, secured: true }));

/** No record, no call: the caller is told to try again, and the refusal's own record closes what may still be written. */
export const saveFailed = (call: Call): Step =>
  call.secured
    ? still(call)
    : finish(call, { by: 'exchange', reason: 'not-recorded', q850: q850.congestion });

export function bridgeReady(call: Call): Step {
  if (call.bridge !== 'creating') return still(call);
  const ready: Call = { ...call, bridge: 'ready' };
  if (call.state === 'clearing') return settle(ready);
  return call.state === 'talking' ? joinWinner(ready) : advance(ready);
}

export function bridgeFailed(call: Call): Step {
  if (call.bridge === 'gone') return still(call);
  const gone: Call = { ...call, bridge: 'gone' };
  return call.state === 'clearing'
    ? settle(gone)
    : finish(gone, { by: 'exchange', reason: 'no-bridge', q850: q850.congestion });
}

export function legCreated(call: Call, { leg: channel, at }: Of<'leg.created'>): Step {
  const leg = legOf(call, channel);
  if (leg?.status !== 'creating') return still(call);
  const created = withLeg(call, { ...leg, status: 'created', createdAt: at });
  if (leg.dropped !== undefined) {
    return { call: created, effects: [{ do: 'hangup', channel, q850: leg.dropped }] };
  }
  return advance(created);
}

export function legJoined(call: Call, channel: string): Step {
  const leg = legOf(call, channel);
  if (leg === undefined || leg.status === 'ended' || leg.join === 'done') return still(call);
  const joined = withLeg(call, { ...leg, join: 'done' });
  return call.state === 'talking' ? still(joined) : advance(joined);
}

/** The one that answered and the caller are put together; a leg that was alone is there already. */
export function joinWinner(call: Call): Step {
  const winner = winnerOf(call);
  if (winner === undefined || winner.join !== 'no' || call.bridge !== 'ready') return still(call);
  return then(join(call, winner), (next) => ({
    call: next,
    effects: [{ do: 'answer', channel: call.caller.channel }],
  }));
}

/**
 * After a look at Asterisk (a lost reply, a restart of ours): commands that had no effect are given again. What is gone
 * is told by `leg.ended` and `caller.ended` before, so everything that still lives in `call` lives in Asterisk.
 */
export function looked(call: Call, present: readonly string[], bridged: readonly string[]): Step {
  const legs = call.legs.map((leg) =>
    leg.join === 'asked' && !bridged.includes(leg.channel) ? { ...leg, join: 'no' as const } : leg,
  );
  const seen = legs.some((leg, at) => leg !== call.legs[at]) ? { ...call, legs } : call;
  if (call.state === 'clearing')
    return { call: seen, effects: [...hangups(seen, present), clearingTimer(call)] };
  if (call.state === 'talking')
    return then(joinWinner(seen), (next) => ({
      call: next,
      effects: [...hangups(next, present), ...moveAgain(next, present, bridged)],
    }));
  return then(advance(seen), (next) => ({
    call: next,
    effects: [...hangups(next, present), ...progressTimer(next)],
  }));
}

/** What was told to go, or was believed gone, and is still there is told (again). */
function hangups(call: Call, present: readonly string[]): readonly Effect[] {
  const legs = call.legs.flatMap(({ channel, dropped, status }): readonly Effect[] =>
    (dropped !== undefined || status === 'ended') && present.includes(channel)
      ? [{ do: 'hangup', channel, q850: dropped ?? q850.normal }]
      : [],
  );
  const { channel, dropped } = call.caller;
  return dropped !== undefined && present.includes(channel)
    ? [...legs, { do: 'hangup', channel, q850: dropped }]
    : legs;
}

const clearingTimer = (call: Call): Effect => ({
  do: 'start-timer',
  timer: 'clearing',
  attempt: call.attempt,
  seconds: CLEARING_SECONDS,
});

function progressTimer(call: Call): readonly Effect[] {
  const silent = liveLegs(call).some((leg) => ['creating', 'created', 'dialled'].includes(leg.status));
  const plan = ringPlanOf(call, call.attempt);
  if (!silent || plan === undefined) return [];
  return [{ do: 'start-timer', timer: 'progress', attempt: call.attempt, seconds: plan.progressWithin }];
}
