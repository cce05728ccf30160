import { defineStates } from '../../../kernel/fsm.js';
import { type Machine, machineOf, step } from './machine.js';
import { type PromptName, prompt } from './prompts.js';
import { end, play } from './service-effect.js';

interface State {
  readonly at: 'asking' | 'closing' | 'ended';
}

export const pageLinkStates = defineStates({
  name: 'page-link',
  initial: 'asking',
  final: ['ended'],
  moves: {
    asking: { done: 'closing', refused: 'closing', failed: 'closing' },
    closing: { played: 'ended' },
    ended: {},
  },
});

/** Mails the caller the link to the page of the number that he dialled after the code, and says so. */
export function pageLinkMachine(): Machine<State> {
  const close = (name: PromptName) => step<State>({ at: 'closing' }, play(prompt(name)));
  return machineOf(pageLinkStates, () => step<State>({ at: 'asking' }, { do: 'mail-link' }), {
    asking: {
      done: () => close('page-link-sent'),
      refused: () => close('page-link-no-mail'),
      failed: () => close('try-later'),
    },
    closing: { played: () => step<State>({ at: 'ended' }, end) },
    ended: {},
  });
}
