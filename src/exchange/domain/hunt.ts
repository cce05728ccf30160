import type { Outcome } from './causes.js';
import type { After, TargetKind } from './verdict.js';

/**
 * After which outcomes another way is tried: trouble of the network is no answer of the person's. A person who is busy or
 * said no is never rung again by another way.
 */
export const hunted: { readonly [K in TargetKind]: readonly Outcome[] } = {
  device: ['unallocated', 'unreachable', 'congestion', 'unacceptable', 'failed'],
  trunk: ['unreachable', 'congestion', 'unacceptable', 'failed'],
};

/** Hunting on to the attempt `next` (counted from 1); nothing where there is none. */
export function huntingOn(kind: TargetKind, next: number | undefined): After {
  if (next === undefined) return {};
  return Object.fromEntries(hunted[kind].map((outcome) => [outcome, next]));
}
