import { defineStates } from '../../../kernel/fsm.js';
import { type Machine, machineOf, step } from './machine.js';
import { prompt } from './prompts.js';
import { end, play, wait } from './service-effect.js';

interface State {
  readonly at: 'asking' | 'choosing' | 'keeping' | 'thanking' | 'ended';
}

const CHOICE_SECONDS = 6;

export const surveyStates = defineStates({
  name: 'survey',
  initial: 'asking',
  final: ['ended'],
  moves: {
    asking: { played: 'choosing', digit: ['asking', 'keeping'] },
    choosing: { digit: ['choosing', 'keeping'], timeout: 'thanking' },
    keeping: { done: 'thanking', failed: 'thanking' },
    thanking: { played: 'ended' },
    ended: {},
  },
});

/** How content was he? One key from 1 to 5, or none. */
export function surveyMachine(): Machine<State> {
  const keyed = (state: State, digit: string) =>
    /^[1-5]$/.test(digit)
      ? step<State>({ at: 'keeping' }, { do: 'score', value: Number(digit) })
      : step(state);
  const thank = () => step<State>({ at: 'thanking' }, play(prompt('survey-thanks')));
  return machineOf(surveyStates, () => step<State>({ at: 'asking' }, play(prompt('survey-ask'))), {
    asking: {
      played: () => step<State>({ at: 'choosing' }, wait(CHOICE_SECONDS)),
      digit: (state, { digit }) => keyed(state, digit),
    },
    choosing: { digit: (state, { digit }) => keyed(state, digit), timeout: thank },
    keeping: { done: thank, failed: thank },
    thanking: { played: () => step<State>({ at: 'ended' }, end) },
    ended: {},
  });
}
