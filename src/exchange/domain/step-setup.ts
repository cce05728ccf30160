import { type Call, legOf, withLeg } from './call.js';
import type { CallEvent } from './call-event.js';
import { q850 } from './causes.js';
import { bridgeOf } from './ids.js';
import { advance, joinWinner, startAttempt } from './step-attempt.js';
import { advanceBeside, besideSaved } from './step-beside.js';
import { recapLeg } from './step-cap.js';
import { finish, settle } from './step-finish.js';
import { type Step, saving, still, then } from './step-result.js';
import type { Decision } from './verdict.js';

type Of<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

/**
 * Verdict first, action second: money, bridge, first legs and record start together; only dialling waits for the record and
 * for somebody who pays. Services of ours need neither bridge nor money.
 */
export function routed(call: Call, { verdict, account }: Decision): Step {
  const told: Call = { ...call, account, language: verdict.language };
  if (verdict.kind !== 'connect') {
    const { kind, reason, q850: cause } = verdict;
    return finish(
      { ...told, refused: { kind, reason, q850: cause } },
      { by: 'exchange', reason, q850: cause },
    );
  }
  const planned: Call = { ...told, plan: verdict, state: 'preparing' };
  const alone = verdict.attempts[0]?.kind === 'serve' || call.order !== undefined;
  const begun = alone ? still(planned) : bridging(planned);
  const asked = verdict.emergency ? begun : then(begun, paying);
  const started = then(asked, (next) => startAttempt(next, 1));
  return then(started, (next) => saving(next, verdict.emergency ? 'or-journal' : 'or-refuse'));
}

const bridging = (call: Call): Step => ({
  call: { ...call, bridge: 'creating' },
  effects: [{ do: 'create-bridge', bridge: bridgeOf(call.id) }],
});

/** Only what is rung may cost something. */
function paying(call: Call): Step {
  const rings = call.plan?.attempts.some(({ kind }) => kind === 'ring') === true;
  return rings ? { call: { ...call, money: 'asked' }, effects: [{ do: 'reserve' }] } : still(call);
}

export const saved = (call: Call, version: number): Step =>
  then(call.secured ? still(call) : advance({ ...call, secured: true }), (next) =>
    besideSaved(next, version),
  );

/** No record, no call: the caller is told to try again, and the refusal's own record closes what may still be written. */
export const saveFailed = (call: Call): Step =>
  call.secured
    ? still(call)
    : finish(call, { by: 'exchange', reason: 'not-recorded', q850: q850.congestion });

export function bridgeReady(call: Call): Step {
  if (call.bridge !== 'creating') return still(call);
  const ready: Call = { ...call, bridge: 'ready' };
  if (call.state === 'clearing') return settle(ready);
  if (needsNoBridge(call)) return still(ready);
  return call.state === 'talking' ? joinWinner(ready) : advance(ready);
}

export function bridgeFailed(call: Call): Step {
  if (call.bridge === 'gone') return still(call);
  const gone: Call = { ...call, bridge: 'gone' };
  if (call.state === 'clearing') return settle(gone);
  return needsNoBridge(call)
    ? still(gone)
    : finish(gone, { by: 'exchange', reason: 'no-bridge', q850: q850.congestion });
}

const needsNoBridge = ({ state }: Call): boolean => state === 'serving' || state === 'refusing';

export function legCreated(call: Call, { leg: channel, at }: Of<'leg.created'>): Step {
  const leg = legOf(call, channel);
  if (leg?.status !== 'creating') return still(call);
  const created = withLeg(call, { ...leg, status: 'created', createdAt: at });
  if (leg.dropped !== undefined) {
    return { call: created, effects: [{ do: 'hangup', channel, q850: leg.dropped }] };
  }
  const capped = recapLeg(created, { ...leg, status: 'created', createdAt: at });
  return then(capped, call.state === 'serving' ? advanceBeside : advance);
}

export function legJoined(call: Call, channel: string): Step {
  const leg = legOf(call, channel);
  if (leg === undefined || leg.status === 'ended' || leg.join === 'done') return still(call);
  const joined = withLeg(call, { ...leg, join: 'done' });
  return call.state === 'talking' ? still(joined) : advance(joined);
}
