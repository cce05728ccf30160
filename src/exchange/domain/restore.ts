import { servePlanOf } from './attempt-plan.js';
import type { Call } from './call.js';
import type { AttemptPlan } from './verdict.js';

/** A call as it was saved, taken up again: it is recorded, or it would not be here. */
export const restored = (call: Call): Call => ({
  ...call,
  ...planned(call),
  // What Asterisk was told last is not known for sure: it is told again.
  ...(call.cap === undefined ? {} : { cap: { ...call.cap, armed: false } }),
  ...served(call),
  secured: true,
});

const UNNAMED = { kind: 'ring', after: {} };

/** What is recorded and is for a service alone was about to be served, or was. */
const served = (call: Call): Partial<Pick<Call, 'state'>> =>
  call.state === 'preparing' && servePlanOf(call) !== undefined ? { state: 'serving' } : {};

/** Calls saved before attempts had a kind were all to be rung; what was to follow they did not say. */
function planned({ plan }: Call): Pick<Call, 'plan'> {
  if (plan === undefined || plan.attempts.every((attempt) => 'kind' in attempt)) return {};
  return { plan: { ...plan, attempts: plan.attempts.map((old) => ({ ...UNNAMED, ...old }) as AttemptPlan) } };
}

/**
 * A call from its saved JSON; undefined when it is none that this version of the machine can go on with. Our own data, so
 * only what an older or newer release could have changed is looked at.
 */
export function openCallOf(snapshot: unknown): Call | undefined {
  return looksLikeCall(snapshot) ? restored(snapshot) : undefined;
}

function looksLikeCall(value: unknown): value is Call {
  if (typeof value !== 'object' || value === null) return false;
  const { id, state, caller, legs, moves, version, seenAt } = value as Readonly<Record<keyof Call, unknown>>;
  const channel = (caller as Partial<Call['caller']> | null | undefined)?.channel;
  return (
    typeof id === 'string' &&
    typeof state === 'string' &&
    typeof channel === 'string' &&
    typeof version === 'number' &&
    typeof seenAt === 'number' &&
    Array.isArray(legs) &&
    Array.isArray(moves)
  );
}
