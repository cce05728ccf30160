import { ringPlanOf } from './attempt-plan.js';
import { type Call, legOf } from './call.js';
import { q850 } from './causes.js';
import type { Effect } from './effect.js';
import { dropLeg, type Step, still } from './step-result.js';

/**
 * Seconds where no other way is left: a far end that is slow, or lost our first two INVITEs (RFC 3261 repeats it after 0.5, 1.5 and
 * 3.5 s), is better than none.
 */
const LAST_WAY_SECONDS = 5;

/** Counted from the dialling of a leg: its far end must have sent any SIP response by then. */
export function silentTimer(call: Call): readonly Effect[] {
  const { silentWithin, after } = ringPlanOf(call, call.attempt) ?? {};
  if (silentWithin === undefined) return [];
  const isLastWay = after?.unreachable === undefined;
  const seconds = isLastWay ? Math.max(silentWithin, LAST_WAY_SECONDS) : silentWithin;
  return [{ do: 'start-timer', timer: 'silent', attempt: call.attempt, seconds }];
}

/** Legs of the attempt from which nothing was heard: Asterisk knows whether so much as a 100 came. */
export const probes = (call: Call): readonly Effect[] =>
  call.legs
    .filter((leg) => leg.attempt === call.attempt && leg.status === 'dialled' && leg.dropped === undefined)
    .map((leg) => ({ do: 'probe', leg: leg.channel }));

/** Not even a 100 (RFC 3261 section 17.2.1 wants it within 200 ms): nobody is there, and another way is tried. */
export function legSilent(call: Call, channel: string): Step {
  const leg = legOf(call, channel);
  return leg?.status === 'dialled' ? dropLeg(call, leg, q850.noResponse) : still(call);
}
