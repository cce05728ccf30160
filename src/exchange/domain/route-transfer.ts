import { q850 } from './causes.js';
import type { RouteFacts } from './facts.js';
import { featureOf } from './features.js';
import { languageOf } from './route-verdicts.js';
import type { Refuse, Verdict } from './verdict.js';

/**
 * What a transfer may not do, though the transferor might dial it himself: nobody puts others through to the police or to
 * a service of his own telephone (his mailbox), and a caller from a trunk goes out again only where the member who pays
 * for it lets him. What a called member sends on at his own cost is that member's wish.
 */
export function transferVerdict(facts: RouteFacts, verdict: Verdict): Verdict {
  const { transferred, reading, caller } = facts;
  if (transferred === undefined || verdict.kind !== 'connect') return verdict;
  if (reading.kind === 'emergency') return refused(facts);
  if (reading.kind === 'feature' && featureOf(reading)?.does !== 'queue') return refused(facts);
  const barred = transferred.fromTrunk && caller?.settings.transferOut !== true;
  const leavesAtHisCost = verdict.attempts.some(
    (attempt) =>
      attempt.kind === 'ring' &&
      attempt.legs.some(({ kind, payer }) => kind === 'trunk' && payer === undefined),
  );
  return barred && leavesAtHisCost ? refused(facts) : verdict;
}

const refused = (facts: RouteFacts): Refuse => ({
  kind: 'refuse',
  reason: 'not-allowed',
  q850: q850.rejected,
  language: languageOf(facts),
});
