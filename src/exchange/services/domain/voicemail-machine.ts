import { defineStates } from '../../../kernel/fsm.js';
import { type Machine, machineOf, step } from './machine.js';
import { prompt } from './prompts.js';
import { end, play, type ServiceEffect } from './service-effect.js';

/** Longest message, and the silence after which nobody is taken to be speaking any more. */
export const MESSAGE_SECONDS = 180;
export const SILENCE_SECONDS = 6;

export type VoicemailReason = 'busy' | 'no-answer' | 'unreachable';

interface State {
  readonly at: 'looking' | 'greeting' | 'tone' | 'recording' | 'keeping' | 'closing' | 'ended';
}

export const voicemailStates = defineStates({
  name: 'voicemail',
  initial: 'looking',
  final: ['ended'],
  moves: {
    looking: { looked: ['greeting', 'recording', 'closing'], failed: 'greeting' },
    greeting: { played: 'tone', digit: ['tone', 'greeting'] },
    tone: { played: 'recording' },
    recording: { recorded: 'keeping' },
    keeping: { done: 'closing', nothing: 'closing', failed: 'closing' },
    closing: { played: 'ended' },
    ended: {},
  },
});

const record: ServiceEffect = {
  do: 'record',
  what: 'message',
  maxSeconds: MESSAGE_SECONDS,
  maxSilenceSeconds: SILENCE_SECONDS,
};
const keeping = () => step<State>({ at: 'keeping' }, { do: 'keep', what: 'message' });
const tone = () => step<State>({ at: 'tone' }, play(prompt('beep')));
const closing = (...media: readonly string[]) => step<State>({ at: 'closing' }, play(...media));

/**
 * Takes a message: greeting (`#` goes past it), tone, recording, thanks. A call whose recording was begun before a crash goes on
 * at the recording. `greeting`: the name of the owner's own one.
 */
export function voicemailMachine(reason: VoicemailReason, greeting: string): Machine<State> {
  const standard = [prompt(`voicemail-${reason}`), prompt('voicemail-leave')];
  const greet = (own: boolean) =>
    step<State>({ at: 'greeting' }, play(...(own ? [`recording:${greeting}`] : standard)));
  return machineOf(voicemailStates, () => step<State>({ at: 'looking' }, { do: 'look' }), {
    looking: {
      looked: (_, { deposit: { ownGreeting, full, recording } }) => {
        if (recording === 'left') return closing(prompt('voicemail-thanks'));
        if (recording === 'begun') return step<State>({ at: 'recording' }, { do: 'resume' });
        return full ? closing(prompt('voicemail-full')) : greet(ownGreeting);
      },
      failed: () => greet(false),
    },
    greeting: {
      played: tone,
      digit: (state, { digit }) => (digit === '#' ? tone() : step(state)),
    },
    tone: { played: () => step<State>({ at: 'recording' }, record) },
    recording: { recorded: keeping },
    keeping: {
      done: () => closing(prompt('voicemail-thanks')),
      nothing: () => closing(prompt('voicemail-nothing')),
      failed: () => closing(prompt('try-later')),
    },
    closing: { played: () => step<State>({ at: 'ended' }, end) },
    ended: {},
  });
}
