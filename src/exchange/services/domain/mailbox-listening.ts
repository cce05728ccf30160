import { type Step, step } from './machine.js';
import { type MailboxState, menu } from './mailbox-state.js';
import { prompt } from './prompts.js';
import { play } from './service-effect.js';
import type { Speech } from './speech.js';

/** Number, time and place in the list of the message at `position`; its recording follows. */
export function openMessage(
  state: MailboxState,
  speech: Speech,
  before: readonly string[],
): Step<MailboxState> {
  const message = state.messages[state.position];
  if (message === undefined) return menu({ ...state, position: 0 }, ...before, prompt('mailbox-no-more'));
  return step(
    { ...state, at: 'heading' },
    play(
      ...before,
      ...speech.heading(state.position + 1),
      ...speech.from(message.from),
      ...speech.received(message.receivedAt),
    ),
  );
}

interface Ways {
  message(state: MailboxState, ...before: readonly string[]): Step<MailboxState>;
  choice(state: MailboxState, ...before: readonly string[]): Step<MailboxState>;
}

/** Keys while a message is dealt with: those that most voicemail systems share. */
export function keyedInMessage(
  state: MailboxState,
  digit: string,
  { message, choice }: Ways,
): Step<MailboxState> {
  const asked = { ...state, tries: 0 };
  switch (digit) {
    case '4':
      return message({ ...asked, position: Math.max(0, state.position - 1) });
    case '5':
      return message(asked);
    case '6':
    case '9':
      return message({ ...asked, position: state.position + 1 });
    case '7': {
      const id = state.messages[state.position]?.id;
      return id === undefined ? choice(asked) : step({ ...asked, at: 'deleting' }, { do: 'delete', id });
    }
    case '#':
    case '*':
      return menu(asked);
    default:
      return choice(asked, prompt('wrong-key'));
  }
}
