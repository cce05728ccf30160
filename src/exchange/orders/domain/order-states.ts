import { defineStates } from '../../../kernel/fsm.js';

/**
 * - `waiting`: wanted; no exchange has begun it.
 * - `taken`: an exchange has begun the call that rings the first party. Given back when that process died before the call's
 *   record was written: until then nothing is dialled.
 * - `ended`: somebody was rung. `refused`: nobody was.
 */
export type OrderState = 'waiting' | 'taken' | 'ended' | 'refused';

export const orderStates = defineStates<OrderState, 'taken' | 'expired' | 'released' | 'call.ended'>({
  name: 'call-order',
  initial: 'waiting',
  final: ['ended', 'refused'],
  moves: {
    waiting: { taken: 'taken', expired: 'refused' },
    taken: { released: 'waiting', expired: 'refused', 'call.ended': ['ended', 'refused'] },
    ended: {},
    refused: {},
  },
});
