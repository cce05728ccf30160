import type { Outcome } from './causes.js';

/**
 * What follows when an attempt failed: `next` tries the next one, `stop` tells the caller. A person who is busy or said
 * no is never rung again by another way; trouble of the network is no answer of the person's, so another way is tried.
 */
export type Hunt = 'next' | 'stop';

export type TargetKind = 'device' | 'trunk';

const device: { readonly [O in Outcome]: Hunt } = {
  busy: 'stop',
  declined: 'stop',
  'no-answer': 'stop',
  unallocated: 'next',
  unreachable: 'next',
  congestion: 'next',
  unacceptable: 'next',
  cancelled: 'stop',
  failed: 'next',
};

/** A gateway's or carrier's 401/403/407 speaks of our account there, not of the called person: another route may do. */
const trunk: { readonly [O in Outcome]: Hunt } = { ...device, unallocated: 'stop' };

export function huntAfter(kind: TargetKind, outcome: Outcome, sip?: number): Hunt {
  if (kind === 'device') return device[outcome];
  return sip === 401 || sip === 403 || sip === 407 ? 'next' : trunk[outcome];
}

/**
 * Of several legs' outcomes the one the caller is told: RFC 3261 section 16.7 step 6 prefers the answer of a person to
 * silence, and silence to trouble.
 */
const weight: { readonly [O in Outcome]: number } = {
  declined: 8,
  busy: 7,
  'no-answer': 6,
  unallocated: 5,
  unacceptable: 4,
  congestion: 3,
  failed: 2,
  unreachable: 1,
  cancelled: 0,
};

export function outcomeToTell(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce<Outcome>((told, next) => (weight[next] > weight[told] ? next : told), 'cancelled');
}
