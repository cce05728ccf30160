import { type Announcement, announcementOf, languageOfCaller, soundOf } from './announcement.js';
import { type Call, type Ending, liveLegs } from './call.js';
import { q850, sipOf } from './causes.js';
import type { Effect } from './effect.js';
import { bridgeOf, playbackOf } from './ids.js';
import { giveBack } from './step-links.js';
import { dropLegs, type Step, saving, then } from './step-result.js';

/** How long channels may take to go away before we look where they are. */
export const CLEARING_SECONDS = 5;
/** The longest announcement takes half of it; nobody is kept waiting for his cause. */
export const ANNOUNCEMENT_SECONDS = 12;

/**
 * The one exit. Decides the ending, once; hangs up the legs that still live with normal clearing (16), which the far end
 * sees as CANCEL or BYE, and the caller with the ending's cause, after he was told why where that is done in words.
 */
export function finish(call: Call, ending: Omit<Ending, 'billable' | 'sip'>): Step {
  const answered = call.answeredAt !== undefined;
  const serving = call.state === 'serving';
  const decided: Call = {
    ...call,
    ending: {
      ...ending,
      // Our own services cost nothing; whom a queue answered was answered by whom he called.
      billable: answered && (!serving || isQueued(call)) && call.plan?.emergency !== true,
      ...sipTold(ending, answered || call.borrowed !== undefined || call.order !== undefined),
    },
  };
  const stopping: readonly Effect[] = [
    { do: 'stop-timers' },
    ...(serving || call.order !== undefined ? [{ do: 'stop-service' } as const] : []),
  ];
  const dropped = then({ call: decided, effects: stopping }, (next) =>
    dropLegs(next, liveLegs(next), q850.normal),
  );
  const name = announcementOf(call, ending);
  return then(dropped, (next) => (name === undefined ? clear(next) : announce(next, name)));
}

const isQueued = ({ plan }: Call): boolean =>
  plan?.attempts.some((attempt) => attempt.kind === 'serve' && attempt.service.name === 'queue') === true;

/** The SIP status that the caller gets; none once he was answered, or where nobody is left to send it. */
function sipTold({ by, q850: cause }: Pick<Ending, 'by' | 'q850'>, answered: boolean): { sip?: number } {
  if (answered || by === 'node-lost') return {};
  // RFC 3261 section 15.1.2: a CANCEL ends the INVITE with 487.
  return { sip: by === 'caller' ? 487 : sipOf(cause) };
}

/** Tells the caller in words, before the answer (183), which costs him nothing; out of the bridge, where nobody else listens. */
function announce(call: Call, name: Announcement): Step {
  const bridged = call.legs.some((leg) => leg.join !== 'no');
  return {
    call: { ...call, state: 'refusing' },
    effects: [
      {
        do: 'announce',
        channel: call.caller.channel,
        ...(bridged ? { bridge: bridgeOf(call.id) } : {}),
        playback: playbackOf(call.id),
        media: soundOf(name),
        language: languageOfCaller(call),
      },
      announcementTimer(call),
    ],
  };
}

export const announcementTimer = (call: Call): Effect => ({
  do: 'start-timer',
  timer: 'announcement',
  attempt: call.attempt,
  seconds: ANNOUNCEMENT_SECONDS,
});

/** Nothing more is to be said: the caller is hung up, and what is left is waited for. */
export function clear(call: Call): Step {
  const dropped = then(dropCaller({ ...call, state: 'clearing' }), leaveBridge);
  const effects: readonly Effect[] = [...dropped.effects, clearingTimer(call)];
  return then({ call: dropped.call, effects }, settle);
}

/**
 * Who talked is leaving the bridge for good: it goes together with them. Not before an answer: going with its bridge, the caller's
 * channel might forget the cause that he was hung up with. Not after a transfer: others may be in it.
 */
function leaveBridge(call: Call): Step {
  const over = call.answeredAt !== undefined && call.transfer === undefined && call.bridge === 'ready';
  return over
    ? { call: { ...call, bridge: 'gone' }, effects: [{ do: 'destroy-bridge', bridge: bridgeOf(call.id) }] }
    : { call, effects: [] };
}

export const clearingTimer = (call: Call): Effect => ({
  do: 'start-timer',
  timer: 'clearing',
  attempt: call.attempt,
  seconds: CLEARING_SECONDS,
});

function dropCaller(call: Call): Step {
  const { caller, ending } = call;
  const back = giveBack(call);
  if (back !== undefined) return back;
  if (caller.endedAt !== undefined || ending === undefined) return { call, effects: [] };
  return {
    call: { ...call, caller: { ...caller, dropped: ending.q850 } },
    effects: [{ do: 'hangup', channel: caller.channel, q850: ending.q850 }],
  };
}

/** Ends the call once nothing of it is left that could still come or go. */
export function settle(call: Call): Step {
  const left = call.caller.endedAt === undefined || call.bridge === 'creating' || liveLegs(call).length > 0;
  if (left) return { call, effects: [] };
  const effects: readonly Effect[] = [
    { do: 'stop-timers' },
    ...(call.bridge === 'ready' ? [{ do: 'destroy-bridge', bridge: bridgeOf(call.id) } as const] : []),
  ];
  return then({ call: { ...call, state: 'ended', bridge: 'gone' }, effects }, (next) =>
    saving(next, 'or-journal'),
  );
}
