import { type Call, type Ending, liveLegs } from './call.js';
import { q850, sipOf } from './causes.js';
import type { Effect } from './effect.js';
import { bridgeOf } from './ids.js';
import { giveBack } from './step-links.js';
import { dropLegs, type Step, saving, then } from './step-result.js';

/** How long channels may take to go away before we look where they are. */
export const CLEARING_SECONDS = 5;

/**
 * The one exit. Decides the ending, once; hangs up what still lives: the caller with the ending's cause, legs with
 * normal clearing (16), which the far end sees as CANCEL or BYE.
 */
export function finish(call: Call, ending: Omit<Ending, 'billable' | 'sip'>): Step {
  const answered = call.answeredAt !== undefined;
  const decided: Call = {
    ...call,
    state: 'clearing',
    ending: {
      ...ending,
      billable: answered && call.plan?.emergency !== true,
      ...sipTold(ending, answered || call.borrowed !== undefined),
    },
  };
  const cleared = then(dropLegs(decided, liveLegs(decided), q850.normal), dropCaller);
  const timers: readonly Effect[] = [
    { do: 'stop-timer', timer: 'progress' },
    { do: 'start-timer', timer: 'clearing', attempt: call.attempt, seconds: CLEARING_SECONDS },
  ];
  return then({ call: cleared.call, effects: [...cleared.effects, ...timers] }, settle);
}

/** The SIP status that the caller gets; none once he was answered, or where nobody is left to send it. */
function sipTold({ by, q850: cause }: Pick<Ending, 'by' | 'q850'>, answered: boolean): { sip?: number } {
  if (answered || by === 'node-lost') return {};
  // RFC 3261 section 15.1.2: a CANCEL ends the INVITE with 487.
  return { sip: by === 'caller' ? 487 : sipOf(cause) };
}

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
    { do: 'stop-timer', timer: 'clearing' },
    ...(call.bridge === 'ready' ? [{ do: 'destroy-bridge', bridge: bridgeOf(call.id) } as const] : []),
  ];
  return then({ call: { ...call, state: 'ended', bridge: 'gone' }, effects }, (next) =>
    saving(next, 'or-journal'),
  );
}
