import { defineStates } from '../../kernel/fsm.js';

export type NumberOrderState =
  | 'quoted'
  | 'held'
  | 'awaiting-verification'
  | 'awaiting-approval'
  | 'approved'
  | 'selected'
  | 'paid'
  | 'provisioning'
  | 'registered'
  | 'active'
  | 'refund-due'
  | 'rejected'
  | 'cancelled'
  | 'expired'
  | 'refunded'
  | 'closed';
export type NumberOrderEvent =
  | 'hold'
  | 'apply'
  | 'prove'
  | 'approve'
  | 'reject'
  | 'select'
  | 'pay'
  | 'provision'
  | 'register'
  | 'activate'
  | 'fail'
  | 'give-back'
  | 'refund'
  | 'close'
  | 'cancel'
  | 'expire';

/** How a number is bought, from the quote to a number that works; `apply` and `prove` go where the rules say. */
export const orderStates = defineStates<NumberOrderState, NumberOrderEvent>({
  name: 'number order',
  initial: 'quoted',
  final: ['rejected', 'cancelled', 'expired', 'refunded', 'closed'],
  moves: {
    quoted: { hold: 'held', cancel: 'cancelled', expire: 'expired' },
    held: {
      apply: ['awaiting-verification', 'awaiting-approval', 'approved', 'rejected'],
      cancel: 'cancelled',
      expire: 'expired',
    },
    'awaiting-verification': {
      prove: ['awaiting-approval', 'approved', 'rejected'],
      cancel: 'cancelled',
      expire: 'expired',
    },
    'awaiting-approval': {
      approve: 'approved',
      reject: 'rejected',
      cancel: 'cancelled',
      expire: 'expired',
    },
    approved: { select: 'selected', reject: 'rejected', cancel: 'cancelled', expire: 'expired' },
    selected: { pay: 'paid', reject: 'rejected', cancel: 'cancelled', expire: 'expired' },
    // Money is set aside from here on: whatever ends the order now gives it back.
    paid: { provision: 'provisioning', reject: 'refund-due', cancel: 'refund-due' },
    provisioning: { register: 'registered', fail: 'refund-due' },
    registered: { activate: 'active' },
    active: { 'give-back': 'refund-due', close: 'closed' },
    'refund-due': { refund: 'refunded' },
    rejected: {},
    cancelled: {},
    expired: {},
    refunded: {},
    closed: {},
  },
});
