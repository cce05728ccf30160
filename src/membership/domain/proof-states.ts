import { defineStates } from '../../kernel/fsm.js';

export type ProofState =
  | 'waiting'
  | 'contested'
  | 'proved'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | 'refused'
  | 'released';

export type ProofEvent =
  | 'proved'
  | 'wrong'
  | 'time.passed'
  | 'given.up'
  | 'holder.proved-again'
  | 'holder.let-go'
  | 'contest.over'
  | 'taken.over'
  | 'renewed';

/** The life of a proof of control. `proved` is where somebody holds what he proved: of one subject there is one such proof at most. */
export const proofStates = defineStates<ProofState, ProofEvent>({
  name: 'proof',
  initial: 'waiting',
  final: ['failed', 'expired', 'cancelled', 'refused', 'released'],
  moves: {
    waiting: {
      // Proved: nobody else holds it; contested: somebody does, and is asked; refused: he proves it still (a domain's record).
      proved: ['proved', 'contested', 'refused'],
      wrong: ['waiting', 'failed'],
      'time.passed': 'expired',
      'given.up': 'cancelled',
    },
    contested: {
      'holder.proved-again': 'refused',
      'holder.let-go': 'proved',
      'contest.over': 'proved',
      'given.up': 'cancelled',
    },
    // Renewed: the same holder has proved it once more, by another proof.
    proved: {
      'given.up': 'released',
      'taken.over': 'released',
      renewed: 'released',
      'time.passed': 'released',
    },
    failed: {},
    expired: {},
    cancelled: {},
    refused: {},
    released: {},
  },
});
