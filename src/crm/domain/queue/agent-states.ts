import { defineStates } from '../../../kernel/fsm.js';

/**
 * - `offline`: not logged in. - `ready`: may be rung. - `ringing`: his phone rings with a caller. - `talking`: with one.
 * - `wrap-up`: after a talk, ready by itself when its time is over. - `paused`: logged in and not rung.
 */
export type AgentState = 'offline' | 'ready' | 'ringing' | 'talking' | 'wrap-up' | 'paused';

export type AgentEvent =
  | { readonly type: 'logged-in'; readonly device: string }
  | { readonly type: 'logged-out' }
  | { readonly type: 'paused'; readonly reason: string }
  | { readonly type: 'resumed' }
  /** He is rung with this caller (`queue_call.id`). */
  | { readonly type: 'rung'; readonly call: string }
  | { readonly type: 'answered'; readonly call: string }
  /** He was not reached; `reason`: he is paused for it, undefined: it was not his doing. */
  | { readonly type: 'missed'; readonly call: string; readonly reason?: MissedBecause }
  | { readonly type: 'talked'; readonly call: string; readonly wrapUpMs: number }
  | { readonly type: 'wrapped-up' };

export type MissedBecause = 'no-answer' | 'declined' | 'unreachable';

/** Where each event may lead (docs/agent-states.md is printed from it). Sound, or the process does not start. */
export const agentStates = defineStates<AgentState, AgentEvent['type']>({
  name: 'agent',
  initial: 'offline',
  final: [],
  moves: {
    offline: { 'logged-in': 'ready' },
    ready: {
      'logged-in': 'ready',
      'logged-out': 'offline',
      paused: 'paused',
      resumed: 'ready',
      rung: 'ringing',
    },
    ringing: {
      // What he wishes now is done when it is over.
      'logged-out': 'ringing',
      paused: 'ringing',
      resumed: 'ringing',
      answered: 'talking',
      missed: ['ready', 'paused', 'offline'],
      talked: ['wrap-up', 'ready', 'paused', 'offline'],
    },
    talking: {
      'logged-out': 'talking',
      paused: 'talking',
      resumed: 'talking',
      missed: ['ready', 'paused', 'offline'],
      talked: ['wrap-up', 'ready', 'paused', 'offline'],
    },
    'wrap-up': {
      'logged-in': 'ready',
      'logged-out': 'offline',
      paused: 'paused',
      resumed: 'ready',
      'wrapped-up': 'ready',
    },
    paused: { 'logged-in': 'ready', 'logged-out': 'offline', paused: 'paused', resumed: 'ready' },
  },
});
