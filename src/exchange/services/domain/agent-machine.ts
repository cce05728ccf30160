import { defineStates } from '../../../kernel/fsm.js';
import type { AgentWish } from '../../domain/service.js';
import { type Machine, machineOf, step } from './machine.js';
import { type PromptName, prompt } from './prompts.js';
import { end, play, wait } from './service-effect.js';

interface State {
  readonly at: 'asking' | 'keying-number' | 'keying-pin' | 'closing' | 'ended';
  readonly number: string;
  readonly keyed: string;
}

const KEY_SECONDS = 8;
const MOST_DIGITS = 12;

export const agentCodeStates = defineStates({
  name: 'agent-code',
  initial: 'asking',
  final: ['ended'],
  moves: {
    asking: { done: 'closing', nothing: 'keying-number', refused: 'closing', failed: 'closing' },
    'keying-number': {
      played: 'keying-number',
      digit: ['keying-number', 'keying-pin', 'closing'],
      timeout: ['keying-pin', 'closing'],
    },
    'keying-pin': { played: 'keying-pin', digit: ['keying-pin', 'asking'], timeout: 'asking' },
    closing: { played: 'ended' },
    ended: {},
  },
});

const confirmations: { readonly [W in AgentWish]: PromptName } = {
  'log-in': 'agent-logged-in',
  'log-out': 'agent-logged-out',
  pause: 'agent-paused',
  resume: 'agent-resumed',
};

/**
 * What an agent wants at the phone from which he dials: as the agent whose phone it is; else his number and his secret number are asked (at
 * once where he dialled a number to log in with).
 */
export function agentMachine(wish: AgentWish, argument: string): Machine<State> {
  const named = wish === 'log-in' ? argument : '';
  const close = (name: PromptName) =>
    step<State>({ at: 'closing', number: '', keyed: '' }, play(prompt(name)));
  const askPin = (number: string) =>
    step<State>({ at: 'keying-pin', number, keyed: '' }, play(prompt('agent-pin-ask')));
  const askNumber = () =>
    step<State>({ at: 'keying-number', number: '', keyed: '' }, play(prompt('agent-number-ask')));
  const numbered = ({ keyed }: State) => (keyed === '' ? close('cancelled') : askPin(keyed));
  const proved = ({ number, keyed }: State) =>
    step<State>({ at: 'asking', number, keyed: '' }, { do: 'agent', number, pin: keyed });
  const key = (state: State, digit: string, ended: (state: State) => ReturnType<typeof close>) => {
    if (digit === '#') return ended(state);
    const keyed = (state.keyed + digit).slice(0, MOST_DIGITS);
    return step<State>({ ...state, keyed }, wait(KEY_SECONDS));
  };
  const begin = () =>
    named === '' ? step<State>({ at: 'asking', number: '', keyed: '' }, { do: 'agent' }) : askPin(named);
  return machineOf(agentCodeStates, begin, {
    asking: {
      done: () => close(confirmations[wish]),
      nothing: askNumber,
      refused: () => close('agent-refused'),
      failed: () => close('try-later'),
    },
    'keying-number': {
      played: (state) => step(state, wait(KEY_SECONDS)),
      digit: (state, { digit }) => key(state, digit, numbered),
      timeout: numbered,
    },
    'keying-pin': {
      played: (state) => step(state, wait(KEY_SECONDS)),
      digit: (state, { digit }) => key(state, digit, proved),
      timeout: proved,
    },
    closing: { played: (state) => step<State>({ ...state, at: 'ended' }, end) },
    ended: {},
  });
}
