import type { NextAction } from './order-contract.js';

export const STEPS = ['hold', 'apply', 'prove', 'select', 'pay', 'register-phone'] as const;

/** The place of an order among the steps; waiting belongs to the step that it waits for. */
export function stepOf(action: NextAction, state: string): number {
  if (action === 'wait') return STEPS.indexOf(state === 'awaiting-approval' ? 'prove' : 'register-phone');
  const index = STEPS.indexOf(action as (typeof STEPS)[number]);
  return index < 0 ? STEPS.length : index;
}
