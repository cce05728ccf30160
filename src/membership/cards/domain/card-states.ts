import { defineStates } from '../../../kernel/fsm.js';

export const cardStateNames = ['blank', 'ready', 'active', 'revoked'] as const;
export type CardState = (typeof cardStateNames)[number];

/** Why a card is no longer on a terminal. */
export type ActivationEnd =
  | 'code'
  | 'takeover'
  | 'other-card'
  | 'time-out'
  | 'sign-out'
  | 'terminal-lost'
  | 'revoked'
  | 'suspended';

/** `ended`: by code, time-out, sign-out, another card on the terminal, the terminal's loss, or the holder's suspension. */
export const cardStates = defineStates<CardState, 'bound' | 'activated' | 'taken-over' | 'ended' | 'revoked'>(
  {
    name: 'flash card',
    initial: 'blank',
    final: ['revoked'],
    moves: {
      blank: { bound: 'ready', revoked: 'revoked' },
      ready: { activated: 'active', revoked: 'revoked' },
      active: { 'taken-over': 'active', ended: 'ready', revoked: 'revoked' },
      revoked: {},
    },
  },
);
