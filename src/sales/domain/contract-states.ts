import { defineStates } from '../../kernel/fsm.js';

export type ContractState = 'active' | 'ending' | 'overdue' | 'suspended' | 'ended' | 'transferred';
export type ContractEvent =
  | 'renew'
  | 'end'
  | 'resume'
  | 'reach-end'
  | 'miss'
  | 'remind'
  | 'suspend'
  | 'lapse'
  | 'transfer'
  | 'revoke';

/**
 * A number's life with its owner; `ended` sends the number into quarantine. Overdue it works as before, suspended it is not rung:
 * a payment in time revives it from either.
 */
export const contractStates = defineStates<ContractState, ContractEvent>({
  name: 'number contract',
  initial: 'active',
  final: ['ended', 'transferred'],
  moves: {
    active: { renew: 'active', end: 'ending', miss: 'overdue', transfer: 'transferred', revoke: 'ended' },
    ending: { resume: 'active', 'reach-end': 'ended', revoke: 'ended' },
    overdue: { renew: 'active', remind: 'overdue', suspend: 'suspended', end: 'ended', revoke: 'ended' },
    suspended: { renew: 'active', lapse: 'ended', end: 'ended', revoke: 'ended' },
    ended: {},
    transferred: {},
  },
});

/** States in which the number is its holder's. */
export const HOLDING = [
  'active',
  'ending',
  'overdue',
  'suspended',
] as const satisfies readonly ContractState[];
