import type { Call } from './call.js';

/** A call as it was saved, taken up again: it is recorded, or it would not be here. */
export const restored = (call: Call): Call => ({ ...call, secured: true });

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
