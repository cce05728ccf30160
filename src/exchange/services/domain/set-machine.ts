import { defineStates } from '../../../kernel/fsm.js';
import { type Machine, machineOf, step } from './machine.js';
import { type PromptName, prompt } from './prompts.js';
import { end, play, wait } from './service-effect.js';
import type { Speech } from './speech.js';

export type MemberSetting =
  | 'do-not-disturb'
  | 'forward-always'
  | 'forward-busy'
  | 'forward-no-answer'
  | 'hide-number';

interface State {
  readonly at: 'asking' | 'setting' | 'closing' | 'ended';
  /** Keyed so far, or to be set. */
  readonly number: string;
}

/** ITU-T E.164 has 15 digits; our own numbers and foreign access codes in front of them are longer. */
const MOST_DIGITS = 32;
const WAIT_SECONDS = 8;

export const setStates = defineStates({
  name: 'set',
  initial: 'asking',
  final: ['ended'],
  moves: {
    asking: { played: 'asking', digit: ['asking', 'setting', 'closing'], timeout: ['setting', 'closing'] },
    setting: { done: 'closing', refused: 'closing', failed: 'closing' },
    closing: { played: 'ended' },
    ended: {},
  },
});

const closing = (...media: readonly string[]) => step<State>({ at: 'closing', number: '' }, play(...media));

/**
 * Changes one setting of a member and says what holds now. An empty text asks for the number, which `#` or a pause ends.
 */
export function setMachine(
  setting: MemberSetting,
  value: string | boolean | null,
  speech: Speech,
): Machine<State> {
  const set = (wanted: string | boolean | null) =>
    step<State>(
      { at: 'setting', number: typeof wanted === 'string' ? wanted : '' },
      { do: 'set', value: wanted },
    );
  const on: PromptName = `${setting}-on`;
  const off: PromptName = `${setting}-off`;
  const confirm = ({ number }: State) => {
    if (number !== '') return closing(prompt(on), ...speech.digits(number));
    return closing(prompt(value === true ? on : off));
  };
  const keyed = (state: State, digit: string) => {
    if (digit === '#') return state.number === '' ? closing(prompt('cancelled')) : set(state.number);
    const number = state.number + digit;
    return number.length > MOST_DIGITS
      ? closing(prompt('setting-refused'))
      : step<State>({ at: 'asking', number }, wait(WAIT_SECONDS));
  };
  const begin = () =>
    value === '' ? step<State>({ at: 'asking', number: '' }, play(prompt('forward-ask'))) : set(value);
  return machineOf(setStates, begin, {
    asking: {
      played: (state) => step(state, wait(WAIT_SECONDS)),
      digit: (state, { digit }) => keyed(state, digit),
      timeout: ({ number }) => (number === '' ? closing(prompt('cancelled')) : set(number)),
    },
    setting: {
      done: confirm,
      refused: () => closing(prompt('setting-refused')),
      failed: () => closing(prompt('try-later')),
    },
    closing: { played: (state) => step<State>({ ...state, at: 'ended' }, end) },
    ended: {},
  });
}
