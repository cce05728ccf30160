import { type Machine, machineOf, type Step, step } from './machine.js';
import { greetingMoves } from './mailbox-greeting.js';
import { keyedInMessage, openMessage } from './mailbox-listening.js';
import { closing, type MailboxState, mailboxStates, menu, TRIES, WAIT_SECONDS } from './mailbox-state.js';
import { prompt } from './prompts.js';
import { end, play, wait } from './service-effect.js';
import type { Speech } from './speech.js';

export interface MailboxOptions {
  readonly speech: Speech;
  /** Name of a greeting that is just recorded, to be heard before it is kept. */
  readonly newGreeting: string;
}

/**
 * A member hears, keeps and deletes his messages and records his greeting. Any key interrupts what is said; who presses nothing is
 * asked again, then the call ends.
 */
export function mailboxMachine({ speech, newGreeting }: MailboxOptions): Machine<MailboxState> {
  const begin = (): Step<MailboxState> =>
    step<MailboxState>({ at: 'listing', messages: [], position: 0, tries: 0 }, { do: 'list' });
  const message = (state: MailboxState, ...before: readonly string[]) => openMessage(state, speech, before);
  const heard = (state: MailboxState): MailboxState => ({
    ...state,
    messages: state.messages.map((one, at) => (at === state.position ? { ...one, heard: true } : one)),
  });
  const markHeard = ({ messages, position }: MailboxState) => {
    const { id, heard: known } = messages[position] ?? { id: '', heard: true };
    return known ? [] : [{ do: 'mark-heard', id } as const];
  };
  const choice = (state: MailboxState, ...before: readonly string[]) =>
    step<MailboxState>({ ...state, at: 'choice' }, play(...before, prompt('mailbox-message-menu')));
  const again = (state: MailboxState, ask: (state: MailboxState) => Step<MailboxState>) =>
    state.tries + 1 >= TRIES ? closing(state) : ask({ ...state, tries: state.tries + 1 });

  return machineOf(mailboxStates, begin, {
    listing: {
      listed: (state, { messages }) => summary({ ...state, messages }, speech),
      failed: (state) => closing(state, prompt('try-later')),
    },
    menu: {
      played: (state) => step(state, wait(WAIT_SECONDS)),
      timeout: (state) => again(state, (asked) => menu(asked)),
      digit: (state, { digit }) => {
        if (digit === '1') {
          const first = { ...state, position: 0, tries: 0 };
          return state.messages.length === 0 ? menu(first, prompt('mailbox-no-messages')) : message(first);
        }
        if (digit === '0')
          return step({ ...state, at: 'greetings', tries: 0 }, play(prompt('greeting-menu')));
        if (digit === '#') return closing(state);
        return again(state, (asked) => menu(asked, prompt('wrong-key')));
      },
    },
    heading: {
      played: (state) => {
        const recording = state.messages[state.position]?.recording ?? '';
        return step({ ...state, at: 'message' }, play(`recording:${recording}`));
      },
      digit: (state, { digit }) => keyedInMessage(state, digit, { message, choice }),
    },
    message: {
      played: (state) => {
        const { effects, ...next } = choice(heard(state));
        return { ...next, effects: [...markHeard(state), ...effects] };
      },
      digit: (state, { digit }) => {
        const { effects, ...next } = keyedInMessage(heard(state), digit, { message, choice });
        return { ...next, effects: [...markHeard(state), ...effects] };
      },
    },
    choice: {
      played: (state) => step(state, wait(WAIT_SECONDS)),
      timeout: (state) => again(state, (asked) => choice(asked)),
      digit: (state, { digit }) => keyedInMessage({ ...state, tries: 0 }, digit, { message, choice }),
    },
    deleting: {
      done: (state) => {
        const messages = state.messages.filter((_, at) => at !== state.position);
        const next = { ...state, messages };
        return state.position < messages.length
          ? message(next, prompt('mailbox-deleted'))
          : menu(next, prompt('mailbox-deleted'), prompt('mailbox-no-more'));
      },
      failed: (state) => choice(state, prompt('try-later')),
    },
    ...greetingMoves(newGreeting, again),
    closing: { played: (state) => step({ ...state, at: 'ended' }, end) },
    ended: {},
  });
}

function summary(state: MailboxState, speech: Speech): Step<MailboxState> {
  const saved = state.messages.filter(({ heard }) => heard).length;
  const fresh = state.messages.length - saved;
  return state.messages.length === 0
    ? menu(state, prompt('mailbox-no-messages'))
    : menu(state, ...speech.messages(fresh, saved));
}
