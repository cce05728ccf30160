import type { Leg } from './call.js';
import { type Outcome, outcomeOf } from './causes.js';

/**
 * What became of a leg that ended. One that we gave up ended for our reason, whatever the far end answered to it; a
 * gateway's or carrier's 401, 403 or 407 speaks of our account there, not of the called person.
 */
export function outcomeOfLeg({ plan, q850, sip, dropped, ringingAt }: Leg): Outcome {
  const own = plan.kind === 'trunk' && dropped === undefined;
  if (own && (sip === 401 || sip === 403 || sip === 407)) return 'failed';
  return outcomeOf({
    q850: dropped ?? q850 ?? 0,
    sip: dropped === undefined ? sip : undefined,
    rang: ringingAt !== undefined,
  });
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
