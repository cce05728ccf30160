import type { ContractEvent, ContractState } from './contract-states.js';

export interface Dunning {
  readonly state: ContractState;
  readonly interval: 'month' | 'year';
  /** The wallet has what is due; of an active yearly contract: what is due today. */
  readonly covered: boolean;
  /** Whole days since the fee was missed. */
  readonly overdueFor: number;
  readonly reminded: boolean;
  /** From the missed fee on until the number is out of service, and until it is given up. */
  readonly graceDays: number;
  readonly overdueDays: number;
}

/** So long before the number is out of service its owner is told once more. */
export const REMIND_DAYS = 3;

/** What is to be done about a contract whose fee is due; nothing is undefined. One step at a time, each with its mail. */
export function decideDunning(due: Dunning): ContractEvent | undefined {
  switch (due.state) {
    case 'active':
      if (!due.covered) return 'miss';
      return due.interval === 'year' ? 'renew' : undefined;
    case 'overdue':
      if (due.covered) return 'renew';
      if (due.overdueFor >= due.graceDays) return 'suspend';
      return due.overdueFor >= due.graceDays - REMIND_DAYS && !due.reminded ? 'remind' : undefined;
    case 'suspended':
      if (due.covered) return 'renew';
      return due.overdueFor >= due.overdueDays ? 'lapse' : undefined;
    case 'ending':
    case 'ended':
    case 'transferred':
      return undefined;
  }
}
