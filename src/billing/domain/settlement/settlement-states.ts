import { defineStates } from '../../../kernel/fsm.js';

export type SettlementState = 'open' | 'imported' | 'review' | 'approved' | 'paying' | 'paid';
export type SettlementEvent =
  | 'statement.imported'
  | 'statement.withdrawn'
  | 'statement.matched'
  | 'settlement.approved'
  | 'payment.begun'
  | 'payment.failed'
  | 'payment.made';

/** A settlement's way from the carrier's statement to the money. */
export const settlementStates = defineStates<SettlementState, SettlementEvent>({
  name: 'settlement',
  initial: 'open',
  final: ['paid'],
  moves: {
    open: { 'statement.imported': 'imported' },
    imported: { 'statement.matched': 'review', 'statement.withdrawn': 'open' },
    review: { 'settlement.approved': 'approved', 'statement.withdrawn': 'open' },
    approved: { 'payment.begun': 'paying' },
    paying: { 'payment.made': 'paid', 'payment.failed': 'approved' },
    paid: {},
  },
});
