import { type Call, type Ending, type Time, winnerOf, withLeg } from './call.js';
import type { CallEvent } from './call-event.js';
import { q850 } from './causes.js';
import type { Effect } from './effect.js';
import { bridgeOf } from './ids.js';
import { join } from './step-attempt.js';
import { hangupBy } from './step-ending.js';
import { finish } from './step-finish.js';
import { secondAnswered } from './step-order.js';
import { type Step, savedFirst, saving, still, then } from './step-result.js';
import { isTransferable, otherPartyOf, transferCallIdOf } from './transfer.js';

type Of<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

/** A party wants the other put through to a number: that becomes a call of its own, and he waits to be told how it went. */
export function transferAsked(call: Call, event: Of<'transfer.asked'>): Step {
  const { by, at } = event;
  const kept = otherPartyOf(call, by);
  if (kept === undefined || !isTransferable(call, by)) {
    return { call, effects: [{ do: 'tell-transferor', channel: by, progress: 'declined' }] };
  }
  const to = transferCallIdOf(call, by, at);
  const asked: Call = { ...call, transfer: { kind: 'blind', by, kept, at, to, done: false } };
  const effects: readonly Effect[] = [
    { do: 'leave-bridge', bridge: bridgeOf(call.id), channel: kept },
    { do: 'open-transfer', id: to, by, kept, at, device: event.device, dialled: event.dialled },
  ];
  // At once: should we die, the opened call's record must not be the only one that knows of it.
  return then({ call: asked, effects }, (next) => saving(next, 'or-journal'));
}

/** After a crash: a call that was opened for a transfer is there, and what was saved of this one does not know it yet. */
export function transferLinked(call: Call, { call: to, by, at }: Of<'transfer.linked'>): Step {
  const kept = otherPartyOf(call, by);
  if (kept === undefined || call.transfer !== undefined) return still(call);
  const linked: Call = { ...call, transfer: { kind: 'blind', by, kept, at, to, done: false } };
  return {
    call: linked,
    effects: [{ do: 'leave-bridge', bridge: bridgeOf(call.id), channel: kept }],
  };
}

/** The target answered: the transferor is told and hung up, the kept party talks in the other call's bridge. */
export function transferAnswered(call: Call, { call: to, at }: Of<'transfer.answered'>): Step {
  const { transfer } = call;
  if (transfer?.kind !== 'blind' || transfer.to !== to || transfer.done) return still(call);
  const answered = secondAnswered(call, at);
  const left = letGo({ ...answered, transfer: { ...transfer, done: true } }, transfer.by, 'answered');
  return then(then(left, leaveBridge), (next) => saving(next, 'or-journal'));
}

/** The target could not be had: the kept party comes back to the transferor, or is hung up where he has left. */
export function transferFailed(call: Call, event: Of<'transfer.failed'>): Step {
  const { transfer } = call;
  if (transfer?.kind !== 'blind' || transfer.to !== event.call || transfer.done) return still(call);
  if (otherPartyOf(call, transfer.kept) === undefined) return finish(call, transferred(call, event.at));
  const { transfer: _, ...back } = call;
  const winner = winnerOf(back);
  const told: Effect = { do: 'tell-transferor', channel: transfer.by, progress: event.progress };
  if (winner === undefined) return still(call);
  return then(
    then({ call: back, effects: [told] }, (next) => join(next, winner)),
    (next) => saving(next, 'soon'),
  );
}

/** Two calls of one transferor become one conversation: he leaves both, and this one's other party stays. */
export function transferJoined(call: Call, event: Of<'transfer.joined'>): Step {
  const { by, bridge, at } = event;
  const kept = otherPartyOf(call, by);
  if (kept === undefined || call.transfer !== undefined) return still(call);
  const moves = bridge !== bridgeOf(call.id);
  const transfer = {
    kind: 'attended',
    by,
    kept,
    at,
    with: event.with,
    withBy: event.withBy,
    bridge,
  } as const;
  const joined: Step = {
    call: { ...call, transfer },
    effects: moves ? [{ do: 'move', bridge, channel: kept }] : [],
  };
  const left = then(joined, (next) => letGo(next, by, event.asked ? 'answered' : undefined));
  return savedFirst(moves ? then(left, leaveBridge) : left);
}

/** The conversation's other call is over, and so is this one. */
export function partnerEnded(call: Call, event: Of<'partner.ended'>): Step {
  const { transfer } = call;
  const partner = transfer?.kind === 'attended' ? transfer.with : transfer?.to;
  return partner === event.call ? finish(call, transferred(call, event.at)) : still(call);
}

/** The transferor has gone: if this call fails now, nobody is there to take its caller back. */
export const transferorLeft = (call: Call): Step =>
  call.borrowed?.returnable === true
    ? still({ ...call, borrowed: { ...call.borrowed, returnable: false } })
    : still(call);

/**
 * A party of a call in transfer went away: the transferor does so as he is meant to, the kept party ends the call.
 * Undefined for everything else, which ends as it would in any call.
 */
export function partyLeft(call: Call, event: CallEvent): Step | undefined {
  const { transfer } = call;
  if (transfer === undefined || call.state !== 'talking') return undefined;
  if (event.type !== 'caller.ended' && event.type !== 'leg.ended') return undefined;
  if (event.unseen === 'node-lost') return undefined;
  const channel = event.type === 'caller.ended' ? call.caller.channel : event.leg;
  const gone = markGone(call, event);
  if (gone === undefined) return undefined;
  if (channel === transfer.kept) return finish(gone, keptEnded(gone, event));
  return channel === transfer.by ? transferorEnded(gone) : undefined;
}

function keptEnded(call: Call, { at }: Of<'caller.ended'> | Of<'leg.ended'>) {
  const { transfer } = call;
  const leg = call.legs.find(({ channel }) => channel === transfer?.kept);
  const hangup = leg === undefined ? ({ by: 'caller', reason: 'hangup' } as const) : hangupBy(call, leg);
  const waits = transfer?.kind === 'blind' && !transfer.done && leftAt(call) === undefined;
  const own = waits || hangup.reason !== 'hangup';
  return own ? { ...hangup, q850: q850.normal, at } : transferred(call, at);
}

/** As he is meant to. Where he was the called party nothing more is paid for; if he waited for an answer, nobody does now. */
function transferorEnded(call: Call): Step {
  const { transfer } = call;
  const timers: readonly Effect[] =
    transfer?.by === call.caller.channel
      ? []
      : [
          { do: 'stop-timer', timer: 'cap' },
          { do: 'stop-timer', timer: 'warn' },
        ];
  if (transfer?.kind !== 'blind' || transfer.done) return { call, effects: timers };
  const told: Effect = { do: 'tell-call', call: transfer.to, event: { type: 'transferor.left' } };
  return then({ call, effects: [...timers, told] }, (next) => saving(next, 'soon'));
}

/** When the transferor's channel went, if it has. */
function leftAt(call: Call): Time | undefined {
  const by = call.transfer?.by;
  if (by === call.caller.channel) return call.caller.endedAt;
  return call.legs.find(({ channel }) => channel === by)?.endedAt;
}

function markGone(call: Call, event: Of<'caller.ended'> | Of<'leg.ended'>): Call | undefined {
  if (event.type === 'caller.ended') {
    if (call.caller.endedAt !== undefined) return undefined;
    const endedAt = Math.max(event.at, call.answeredAt ?? call.startedAt);
    return { ...call, caller: { ...call.caller, endedAt } };
  }
  const leg = call.legs.find((one) => one.channel === event.leg);
  if (leg === undefined || leg.status === 'ended') return undefined;
  const endedAt = Math.max(event.at, leg.answeredAt ?? leg.createdAt ?? call.startedAt);
  return withLeg(call, {
    ...leg,
    status: 'ended',
    endedAt,
    q850: event.q850,
    ...(event.sip === undefined ? {} : { sip: event.sip }),
  });
}

/** Hangs the transferor up, after telling him how it went where he asked on this call. */
function letGo(call: Call, channel: string, progress?: 'answered'): Step {
  const cause = q850.normal;
  const effect: Effect =
    progress === undefined
      ? { do: 'hangup', channel, q850: cause }
      : { do: 'tell-transferor', channel, progress, hangup: cause };
  if (channel === call.caller.channel) {
    if (call.caller.endedAt !== undefined) return still(call);
    return { call: { ...call, caller: { ...call.caller, dropped: cause } }, effects: [effect] };
  }
  const leg = call.legs.find((one) => one.channel === channel);
  if (leg === undefined || leg.status === 'ended') return still(call);
  return { call: withLeg(call, { ...leg, dropped: cause }), effects: [effect] };
}

/** Nobody of this call is in its own bridge any more. */
const leaveBridge = (call: Call): Step => ({
  call: { ...call, bridge: 'gone' },
  effects: call.bridge === 'ready' ? [{ do: 'destroy-bridge', bridge: bridgeOf(call.id) }] : [],
});

/** The end of a call whose transferor has left, or is about to: by him, and when he did where he was the one paid for. */
function transferred(call: Call, at: Time): Omit<Ending, 'billable' | 'sip'> {
  const byCaller = call.transfer?.by === call.caller.channel;
  const ended = byCaller ? at : Math.min(at, leftAt(call) ?? at);
  return { by: byCaller ? 'caller' : 'callee', reason: 'transferred', q850: q850.normal, at: ended };
}
