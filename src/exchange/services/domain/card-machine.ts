import { defineStates } from '../../../kernel/fsm.js';
import { type Machine, machineOf, step } from './machine.js';
import { type PromptName, prompt } from './prompts.js';
import { end, play, wait } from './service-effect.js';

interface State {
  readonly at: 'looking' | 'keying-number' | 'keying-pin' | 'closing' | 'ended';
  readonly number: string;
  readonly keyed: string;
}

const NUMBER_DIGITS = 12;
const PIN_DIGITS = 6;
const KEY_SECONDS = 8;

export const cardCodeStates = defineStates({
  name: 'card-code',
  initial: 'looking',
  final: ['ended'],
  moves: {
    looking: { done: 'closing', nothing: 'keying-number', refused: 'closing', failed: 'closing' },
    'keying-number': {
      played: 'keying-number',
      digit: ['keying-number', 'keying-pin', 'closing'],
      timeout: 'closing',
    },
    'keying-pin': { played: 'keying-pin', digit: ['keying-pin', 'looking', 'closing'], timeout: 'closing' },
    closing: { played: 'ended' },
    ended: {},
  },
});

/** Puts a flash card in at the telephone from which its code is dialled, or takes it out. Who dialled the code alone is asked for the rest. */
export function cardMachine(wish: 'put-in' | 'take-out'): Machine<State> {
  const close = (name: PromptName) =>
    step<State>({ at: 'closing', number: '', keyed: '' }, play(prompt(name)));
  const look = (keyed: string) =>
    step<State>({ at: 'looking', number: '', keyed: '' }, { do: 'card', keyed });
  const askNumber = () =>
    step<State>({ at: 'keying-number', number: '', keyed: '' }, play(prompt('card-number-ask')));
  const askPin = (number: string) =>
    step<State>({ at: 'keying-pin', number, keyed: '' }, play(prompt('card-pin-ask')));
  const listen = (state: State) => step(state, wait(KEY_SECONDS));
  const key = (
    state: State,
    digit: string,
    most: number,
    full: (keyed: string) => ReturnType<typeof close>,
  ) => {
    // Both have a known length; keys that are no digits end what was begun.
    if (!/^[0-9]$/.test(digit)) return state.keyed === '' ? close('cancelled') : full(state.keyed);
    const keyed = state.keyed + digit;
    return keyed.length >= most ? full(keyed) : listen({ ...state, keyed });
  };
  return machineOf(cardCodeStates, () => look(''), {
    looking: {
      done: () => close(wish === 'put-in' ? 'card-in' : 'card-out'),
      nothing: askNumber,
      refused: () => close(wish === 'put-in' ? 'card-refused' : 'card-none'),
      failed: () => close('try-later'),
    },
    'keying-number': {
      played: listen,
      digit: (state, { digit }) => key(state, digit, NUMBER_DIGITS, askPin),
      timeout: () => close('cancelled'),
    },
    'keying-pin': {
      played: listen,
      digit: (state, { digit }) => key(state, digit, PIN_DIGITS, (pin) => look(`${state.number}*${pin}`)),
      timeout: () => close('cancelled'),
    },
    closing: { played: (state) => step<State>({ ...state, at: 'ended' }, end) },
    ended: {},
  });
}
