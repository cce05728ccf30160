import { defineStates } from '../../kernel/fsm.js';

export type DisputeState = 'unseen' | 'inquiry' | 'open' | 'won' | 'lost' | 'dropped';
export type DisputeEvent = 'asked' | 'opened' | 'won' | 'lost' | 'dropped';

/**
 * A payer tells his bank that a payment was not his. Events come in any order: what was decided stays decided, whatever is told
 * late of how it began; only a lost one may still be won (the bank's second look).
 */
export const disputeStates = defineStates<DisputeState, DisputeEvent>({
  name: 'dispute',
  initial: 'unseen',
  final: ['won', 'dropped'],
  moves: {
    unseen: { asked: 'inquiry', opened: 'open', won: 'won', lost: 'lost', dropped: 'dropped' },
    inquiry: { opened: 'open', won: 'won', lost: 'lost', dropped: 'dropped' },
    open: { won: 'won', lost: 'lost', dropped: 'dropped' },
    lost: { won: 'won' },
    won: {},
    dropped: {},
  },
});

/** Whether the provider has taken the money back in that state. */
export const isWithdrawn = (state: DisputeState): boolean => state === 'open' || state === 'lost';
