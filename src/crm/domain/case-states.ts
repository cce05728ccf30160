import { defineStates } from '../../kernel/fsm.js';

export const caseStatuses = ['open', 'working', 'waiting', 'solved', 'closed'] as const;
export type CaseStatus = (typeof caseStatuses)[number];
export const caseMoves = ['begin', 'wait', 'solve', 'reopen', 'close'] as const;
export type CaseMove = (typeof caseMoves)[number];

/** A case's way: whoever takes it up works at it, may wait for somebody, and solves it; the customer may find that it is not. */
export const caseStates = defineStates<CaseStatus, CaseMove>({
  name: 'case',
  initial: 'open',
  final: ['closed'],
  moves: {
    open: { begin: 'working', solve: 'solved', close: 'closed' },
    working: { wait: 'waiting', solve: 'solved', close: 'closed' },
    waiting: { begin: 'working', solve: 'solved', close: 'closed' },
    solved: { reopen: 'working', close: 'closed' },
    closed: {},
  },
});
