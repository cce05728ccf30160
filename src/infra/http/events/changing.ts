import type { PolicyName } from '../policies.js';

/** Topics that say no more than that something of theirs was changed, with the policy of who reads it; null where a module has the topic. */
export const changing = {
  audit: 'audit.read',
  'billing-checks': 'billing-checks.read',
  'fraud-alerts': null,
  jobs: null,
  network: 'network.read',
  proposals: 'proposals.read',
  'rate-decks': 'rate-decks.read',
  settlements: 'settlements.read',
  'sip-bans': 'sip-bans.read',
  webhooks: null,
} as const satisfies Readonly<Record<string, PolicyName | null>>;
export type Changing = keyof typeof changing;

/** What else a request changes than what its policy is named after: proposals are made of price lists and payments, and decided into them. */
const along: Readonly<Record<string, readonly Changing[]>> = {
  'rate-decks': ['proposals'],
  settlements: ['proposals'],
  ledger: ['proposals', 'billing-checks'],
  'top-ups': ['proposals'],
  proposals: ['rate-decks', 'settlements'],
  carriers: ['network'],
};

/** The topics that hear of a request under that policy (`settlements.approve`): its own, those along, and the audit log, which has it. */
export function changedBy(policy: string): readonly Changing[] {
  const area = policy.split('.')[0] ?? '';
  return [...(area in changing ? [area as Changing] : []), ...(along[area] ?? []), 'audit'];
}
