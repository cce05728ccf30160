import { defineStates } from '../../../kernel/fsm.js';
import { type Machine, machineOf, step } from './machine.js';
import { prompt, soundOf } from './prompts.js';
import { end, play, type ServiceEffect, wait } from './service-effect.js';
import type { Speech } from './speech.js';

/** Whoever lifts the handset needs a moment until it is at his ear. */
const LIFTING_SECONDS = 1;
/** Between two times, for whoever writes it down. */
const PAUSE_SECONDS = 2;

interface State {
  readonly at: 'lifting' | 'saying' | 'pausing' | 'closing' | 'ended';
  /** How often it was begun. */
  readonly said: number;
}

export const speakStates = defineStates({
  name: 'speak',
  initial: 'lifting',
  final: ['ended'],
  moves: {
    lifting: { timeout: 'saying', digit: 'lifting' },
    saying: { played: ['pausing', 'closing'], digit: 'saying' },
    pausing: { timeout: 'saying', digit: 'pausing' },
    closing: { played: 'ended', digit: 'closing' },
    ended: {},
  },
});

interface Spoken {
  readonly prompt: string;
  readonly digits: string;
  readonly times: number;
}

/** Says a prompt and digits one by one, several times over, then goodbye. Keys that are pressed meanwhile are told on. */
export function speakMachine(spoken: Spoken, speech: Speech): Machine<State> {
  const say = ({ said }: State) =>
    step<State>(
      { at: 'saying', said: said + 1 },
      play(soundOf(`order-${spoken.prompt}`), ...speech.digits(spoken.digits)),
    );
  const pressed = (state: State, { digit }: { readonly digit: string }) =>
    step<State>(state, { do: 'pressed', digit } satisfies ServiceEffect);
  const close = (state: State) => step<State>({ ...state, at: 'closing' }, play(prompt('goodbye')));
  return machineOf(speakStates, () => step<State>({ at: 'lifting', said: 0 }, wait(LIFTING_SECONDS)), {
    lifting: { timeout: say, digit: pressed },
    saying: {
      played: (state) =>
        state.said >= spoken.times
          ? close(state)
          : step<State>({ ...state, at: 'pausing' }, wait(PAUSE_SECONDS)),
      digit: pressed,
    },
    pausing: { timeout: say, digit: pressed },
    closing: { played: (state) => step<State>({ ...state, at: 'ended' }, end), digit: pressed },
    ended: {},
  });
}
