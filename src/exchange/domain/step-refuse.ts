import type { Call } from './call.js';
import type { CallEvent } from './call-event.js';
import { clear } from './step-finish.js';
import { type Step, still, then } from './step-result.js';

const BROKEN_OFF_SECONDS = 0.5;

type CallerEnded = Extract<CallEvent, { type: 'caller.ended' }>;

/** The announcement is over, or could not be made: now the cause. */
export const announced = (call: Call): Step =>
  call.state === 'refusing' ? then({ call, effects: [{ do: 'stop-timers' }] }, clear) : still(call);

/**
 * One that breaks off does so because the caller hangs up: his own end follows at once, and says so in the record. Where it does
 * not (there is no such recording), he gets his cause a moment later.
 */
export function announcementEnded(call: Call, failed: boolean): Step {
  if (!failed) return announced(call);
  const timer = { do: 'start-timer', timer: 'announcement', attempt: call.attempt } as const;
  return { call, effects: [{ ...timer, seconds: BROKEN_OFF_SECONDS }] };
}

/** He did not listen to the end: his CANCEL ends the INVITE with 487 (RFC 3261 section 15.1.2), whatever it was to be. */
export function leftAnnouncement(call: Call, at: CallerEnded['at']): Step {
  const { ending, caller } = call;
  if (ending === undefined) return still(call);
  const gone: Call = { ...call, caller: { ...caller, endedAt: at }, ending: { ...ending, sip: 487 } };
  return announced(gone);
}
