import { type Moves, type Step, step } from './machine.js';
import { type MailboxState, menu, WAIT_SECONDS } from './mailbox-state.js';
import { prompt } from './prompts.js';
import { play, wait } from './service-effect.js';
import { SILENCE_SECONDS } from './voicemail-machine.js';

const GREETING_SECONDS = 60;

type GreetingStates =
  | 'greetings'
  | 'greeting-tone'
  | 'greeting-recording'
  | 'greeting-review'
  | 'greeting-saving';
type Again = (state: MailboxState, ask: (state: MailboxState) => Step<MailboxState>) => Step<MailboxState>;

/** The part of the menu in which the owner records his greeting, hears it, and keeps it or not. */
export function greetingMoves(newGreeting: string, again: Again): Pick<Moves<MailboxState>, GreetingStates> {
  const greetings = (state: MailboxState, ...before: readonly string[]) =>
    step<MailboxState>({ ...state, at: 'greetings' }, play(...before, prompt('greeting-menu')));
  const tone = (state: MailboxState) =>
    step<MailboxState>(
      { ...state, at: 'greeting-tone', tries: 0 },
      play(prompt('greeting-record'), prompt('beep')),
    );
  const review = (state: MailboxState, ...media: readonly string[]) =>
    step<MailboxState>({ ...state, at: 'greeting-review' }, play(...media, prompt('greeting-review')));
  return {
    greetings: {
      played: (state) => step(state, wait(WAIT_SECONDS)),
      timeout: (state) => again(state, (asked) => greetings(asked)),
      digit: (state, { digit }) => {
        if (digit === '1') return tone(state);
        if (digit === '2') return step({ ...state, at: 'greeting-saving' }, { do: 'forget-greeting' });
        if (digit === '#' || digit === '*') return menu(state);
        return again(state, (asked) => greetings(asked, prompt('wrong-key')));
      },
    },
    'greeting-tone': {
      played: (state) =>
        step(
          { ...state, at: 'greeting-recording' },
          {
            do: 'record',
            what: 'greeting',
            maxSeconds: GREETING_SECONDS,
            maxSilenceSeconds: SILENCE_SECONDS,
          },
        ),
    },
    'greeting-recording': {
      recorded: (state, { failed }) =>
        failed ? greetings(state, prompt('greeting-nothing')) : review(state, `recording:${newGreeting}`),
    },
    'greeting-review': {
      played: (state) => step(state, wait(WAIT_SECONDS)),
      timeout: (state) => again(state, (asked) => review(asked)),
      digit: (state, { digit }) => {
        if (digit === '1') return step({ ...state, at: 'greeting-saving' }, { do: 'keep', what: 'greeting' });
        if (digit === '2') return tone(state);
        if (digit === '#' || digit === '*') return greetings({ ...state, tries: 0 });
        return again(state, (asked) => review(asked, prompt('wrong-key')));
      },
    },
    'greeting-saving': {
      done: (state) => menu(state, prompt('greeting-saved')),
      nothing: (state) => greetings(state, prompt('greeting-nothing')),
      failed: (state) => menu(state, prompt('try-later')),
    },
  };
}
