import { defineStates } from '../../kernel/fsm.js';

export type ContractState = 'active' | 'ending' | 'overdue' | 'ended' | 'transferred';
export type ContractEvent =
  | 'renew'
  | 'end'
  | 'resume'
  | 'reach-end'
  | 'miss'
  | 'lapse'
  | 'transfer'
  | 'revoke';

/** A number's life with its owner; `ended` sends the number into quarantine. */
export const contractStates = defineStates<ContractState, ContractEvent>({
  name: 'number contract',
  initial: 'active',
  final: ['ended', 'transferred'],
  moves: {
    active: { renew: 'active', end: 'ending', miss: 'overdue', transfer: 'transferred', revoke: 'ended' },
    ending: { resume: 'active', 'reach-end': 'ended', revoke: 'ended' },
    overdue: { renew: 'active', lapse: 'ended', revoke: 'ended' },
    ended: {},
    transferred: {},
  },
});
