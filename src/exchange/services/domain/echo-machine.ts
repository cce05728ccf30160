import { defineStates } from '../../../kernel/fsm.js';
import { type Machine, machineOf, step } from './machine.js';
import { prompt } from './prompts.js';
import { end, play } from './service-effect.js';

/** Nobody tests his line for longer than this many turns. */
const TURNS = 10;
const TURN_SECONDS = 8;
const PAUSE_SECONDS = 2;

interface State {
  readonly at: 'telling' | 'listening' | 'answering' | 'closing' | 'ended';
  readonly turns: number;
}

export const echoStates = defineStates({
  name: 'echo',
  initial: 'telling',
  final: ['ended'],
  moves: {
    telling: { played: 'listening' },
    listening: { recorded: ['answering', 'closing'] },
    answering: { played: ['listening', 'closing'] },
    closing: { played: 'ended' },
    ended: {},
  },
});

/** Says back what the caller says, in turns: both directions of his line, and what his voice sounds like to others. */
export function echoMachine(recording: string): Machine<State> {
  const listen = ({ turns }: State) =>
    turns >= TURNS
      ? close()
      : step<State>(
          { at: 'listening', turns: turns + 1 },
          { do: 'record', what: 'echo', maxSeconds: TURN_SECONDS, maxSilenceSeconds: PAUSE_SECONDS },
        );
  const close = () => step<State>({ at: 'closing', turns: TURNS }, play(prompt('goodbye')));
  const tell = () => step<State>({ at: 'telling', turns: 0 }, play(prompt('echo'), prompt('beep')));
  return machineOf(echoStates, tell, {
    telling: { played: listen },
    listening: {
      recorded: (state, { failed }) =>
        failed
          ? close()
          : step<State>({ ...state, at: 'answering' }, play(`recording:${recording}`, prompt('beep'))),
    },
    answering: { played: listen },
    closing: { played: (state) => step<State>({ ...state, at: 'ended' }, end) },
    ended: {},
  });
}
