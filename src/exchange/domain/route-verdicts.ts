import type { RefusalReason, RouteAccount } from './call.js';
import type { Verdict } from './verdict.js';

/** The longest that one call may last without anybody's renewing it: a forgotten handset must not talk for days. */
export const MOST_SECONDS = 4 * 3_600;

type Candidates = RouteAccount['candidates'];

/** A verdict, and the legs that were considered for it. */
export interface Routed {
  readonly verdict: Verdict;
  readonly candidates: Candidates;
}

export const no = (reason: RefusalReason, q850: number): Routed => ({
  verdict: { kind: 'refuse', reason, q850 },
  candidates: [],
});

export const notNow = (reason: RefusalReason, q850: number): Routed => ({
  verdict: { kind: 'unavailable', reason, q850 },
  candidates: [],
});
