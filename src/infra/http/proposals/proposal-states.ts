import { defineStates } from '../../../kernel/fsm.js';

export type ProposalState = 'waiting' | 'approved' | 'rejected' | 'withdrawn' | 'expired';
export type ProposalEvent = 'other.approved' | 'other.rejected' | 'proposer.withdrew' | 'time.passed';

/** What one person proposes and another decides. */
export const proposalStates = defineStates<ProposalState, ProposalEvent>({
  name: 'proposal',
  initial: 'waiting',
  final: ['approved', 'rejected', 'withdrawn', 'expired'],
  moves: {
    waiting: {
      'other.approved': 'approved',
      'other.rejected': 'rejected',
      'proposer.withdrew': 'withdrawn',
      'time.passed': 'expired',
    },
    approved: {},
    rejected: {},
    withdrawn: {},
    expired: {},
  },
});

/** How long a proposal waits: over a weekend, not until nobody remembers why. */
export const PROPOSAL_HOURS = 72;
