import { defineStates } from '../../../kernel/fsm.js';
import type { SuperviseMode } from '../../domain/service.js';
import { type Machine, machineOf, step } from './machine.js';
import { type PromptName, prompt } from './prompts.js';
import { end, play } from './service-effect.js';

interface State {
  readonly at: 'asking' | 'hearing' | 'closing' | 'ended';
  readonly mode: SuperviseMode;
}

export const superviseStates = defineStates({
  name: 'supervise',
  initial: 'asking',
  final: ['ended'],
  moves: {
    asking: { done: 'hearing', refused: 'closing', failed: 'closing', told: 'closing' },
    hearing: { digit: ['hearing', 'asking'], told: 'closing' },
    closing: { played: 'ended' },
    ended: {},
  },
});

const modes: Readonly<Record<string, SuperviseMode>> = { '4': 'listen', '5': 'whisper', '6': 'barge' };

/** A supervisor hears an agent's call, speaks to the agent alone, or to both; keys 4, 5 and 6 change between the three. */
export function superviseMachine(first: SuperviseMode): Machine<State> {
  const ask = (mode: SuperviseMode) => step<State>({ at: 'asking', mode }, { do: 'supervise', mode });
  const close = (state: State, name: PromptName) =>
    step<State>({ ...state, at: 'closing' }, { do: 'let-go' }, play(prompt(name)));
  return machineOf(superviseStates, () => ask(first), {
    asking: {
      done: (state) => step<State>({ ...state, at: 'hearing' }),
      refused: (state) => close(state, 'supervise-nobody'),
      failed: (state) => close(state, 'try-later'),
      told: (state) => close(state, 'goodbye'),
    },
    hearing: {
      digit: (state, { digit }) => {
        const mode = modes[digit];
        return mode === undefined || mode === state.mode ? step(state) : ask(mode);
      },
      told: (state) => close(state, 'goodbye'),
    },
    closing: { played: (state) => step<State>({ ...state, at: 'ended' }, end) },
    ended: {},
  });
}
