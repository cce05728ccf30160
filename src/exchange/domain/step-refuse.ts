import type { Call } from './call.js';
import type { CallEvent } from './call-event.js';
import { clear } from './step-finish.js';
import { type Step, still, then } from './step-result.js';

type CallerEnded = Extract<CallEvent, { type: 'caller.ended' }>;

/** The announcement is over, or could not be made: now the cause. */
export const announced = (call: Call): Step =>
  call.state === 'refusing' ? then({ call, effects: [{ do: 'stop-timers' }] }, clear) : still(call);

/** He did not listen to the end: his CANCEL ends the INVITE with 487 (RFC 3261 section 15.1.2), whatever it was to be. */
export function leftAnnouncement(call: Call, at: CallerEnded['at']): Step {
  const { ending, caller } = call;
  if (ending === undefined) return still(call);
  const gone: Call = { ...call, caller: { ...caller, endedAt: at }, ending: { ...ending, sip: 487 } };
  return announced(gone);
}
