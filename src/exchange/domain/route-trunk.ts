import { callingOnTrunk, divertingOn } from './calling.js';
import type { RingStop } from './course.js';
import type { RouteFacts } from './facts.js';
import type { Route } from './network.js';
import type { Trunk } from './trunk.js';
import type { Calling, LegPlan } from './verdict.js';
import type { Walk } from './walk.js';

/** How long a far network may ring when nobody asked for less. */
const RING_SECONDS = 120;
/** Between "trying" and the first sign of a called party abroad. */
const PROGRESS_SECONDS = 20;
/** A gateway that lives says "trying" in milliseconds; a dead one must not cost a caller more than two seconds. */
const SILENT_SECONDS = 1.5;

/** One way out: over which trunk, and the called number in its form. */
export interface Way {
  readonly trunk: Trunk;
  readonly called: string;
  /** The canonical telephone number; absent for numbers that are none. */
  readonly e164?: string;
  readonly route?: Route;
}

/** A leg on a trunk, caller and payer as the walk has it. */
export function trunkLeg(walk: Walk, { trunk, called, e164, route }: Way): LegPlan {
  const payer = walk.via.at(-1)?.id;
  return {
    ...legOnTrunk(trunk, called, callingOnTrunk(walk, trunk)),
    ...(e164 === undefined ? {} : { e164 }),
    ...(trunk.attests && isForeign(walk) ? { unsigned: true } : {}),
    ...(payer === undefined ? {} : { payer }),
    ...(route === undefined ? {} : { route: route.id }),
  };
}

/** Another network's caller, who is sent on: whether the number is his, only that network can say (ATIS-1000074). */
const isForeign = ({ facts }: Walk): boolean => facts.origin.kind === 'trunk';

export const legOnTrunk = (trunk: Trunk, called: string, calling: Calling): LegPlan => ({
  kind: 'trunk',
  target: trunk.id,
  endpoint: `PJSIP/${called}@${trunk.id}`,
  called,
  calling,
});

/** An attempt with this leg alone. */
export function trunkStop(
  walk: Walk,
  trunk: Trunk,
  leg: LegPlan,
  ringSeconds = RING_SECONDS,
): Omit<RingStop, 'onward'> {
  return {
    kind: 'ring',
    legs: [leg],
    answerWithin: ringSeconds,
    progressWithin: PROGRESS_SECONDS,
    silentWithin: SILENT_SECONDS,
    ...divertingOn(walk, trunk),
  };
}

/** Whether it carries as many calls as it may. */
export const isFull = ({ id, maxCalls, maxCallsPerSecond }: Trunk, { load }: RouteFacts): boolean =>
  (maxCalls !== null && load.calls('trunk', id) >= maxCalls) ||
  (maxCallsPerSecond !== null && load.perSecond('trunk', id) >= maxCallsPerSecond);
