import { defineStates } from '../../../kernel/fsm.js';
import { type Machine, machineOf, step } from './machine.js';
import { type PromptName, prompt } from './prompts.js';
import { end, play } from './service-effect.js';

interface State {
  readonly at: 'noticing' | 'asking' | 'hearing' | 'closing' | 'ended';
}

export const listenStates = defineStates({
  name: 'listen',
  initial: 'noticing',
  final: ['ended'],
  moves: {
    noticing: { played: ['asking', 'closing'], told: 'closing' },
    asking: { done: 'hearing', refused: 'closing', failed: 'closing', told: 'closing' },
    hearing: { told: 'closing' },
    closing: { played: 'ended' },
    ended: {},
  },
});

/** An operator hears a call, never before those who talk in it were told; he cannot speak, and no key changes that. */
export function listenMachine(): Machine<State> {
  const close = (name: PromptName) => step<State>({ at: 'closing' }, { do: 'let-go' }, play(prompt(name)));
  return machineOf(listenStates, () => step<State>({ at: 'noticing' }, { do: 'notice' }), {
    noticing: {
      played: (_, { failed }) =>
        failed ? close('listen-over') : step<State>({ at: 'asking' }, { do: 'supervise', mode: 'listen' }),
      told: () => close('goodbye'),
    },
    asking: {
      done: () => step<State>({ at: 'hearing' }),
      refused: () => close('listen-over'),
      failed: () => close('try-later'),
      told: () => close('goodbye'),
    },
    hearing: { told: () => close('goodbye') },
    closing: { played: () => step<State>({ at: 'ended' }, end) },
    ended: {},
  });
}
