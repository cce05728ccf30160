import { defineStates } from '../../../kernel/fsm.js';
import { type Step, step } from './machine.js';
import type { MessageFacts } from './message-facts.js';
import { prompt } from './prompts.js';
import { play } from './service-effect.js';

export interface MailboxState {
  readonly at:
    | 'listing'
    | 'menu'
    | 'heading'
    | 'message'
    | 'choice'
    | 'deleting'
    | 'greetings'
    | 'greeting-tone'
    | 'greeting-recording'
    | 'greeting-review'
    | 'greeting-saving'
    | 'closing'
    | 'ended';
  readonly messages: readonly MessageFacts[];
  /** Which of them is listened to, from 0. */
  readonly position: number;
  /** How often in a row the caller was asked in vain. */
  readonly tries: number;
}

/** So often somebody who presses nothing, or nonsense, is asked. */
export const TRIES = 3;
export const WAIT_SECONDS = 5;

const aboutMessage = ['heading', 'choice', 'deleting', 'menu'] as const;

export const mailboxStates = defineStates({
  name: 'mailbox',
  initial: 'listing',
  final: ['ended'],
  moves: {
    listing: { listed: 'menu', failed: 'closing' },
    menu: {
      played: 'menu',
      timeout: ['menu', 'closing'],
      digit: ['menu', 'heading', 'greetings', 'closing'],
    },
    heading: { played: 'message', digit: aboutMessage },
    message: { played: 'choice', digit: aboutMessage },
    choice: { played: 'choice', timeout: ['choice', 'closing'], digit: aboutMessage },
    deleting: { done: ['heading', 'menu'], failed: 'choice' },
    greetings: {
      played: 'greetings',
      timeout: ['greetings', 'closing'],
      digit: ['greetings', 'greeting-tone', 'greeting-saving', 'menu', 'closing'],
    },
    'greeting-tone': { played: 'greeting-recording' },
    'greeting-recording': { recorded: ['greeting-review', 'greetings'] },
    'greeting-review': {
      played: 'greeting-review',
      timeout: ['greeting-review', 'closing'],
      digit: ['greeting-saving', 'greeting-tone', 'greeting-review', 'greetings', 'closing'],
    },
    'greeting-saving': { done: 'menu', nothing: 'greetings', failed: 'menu' },
    closing: { played: 'ended' },
    ended: {},
  },
});

/** Says what went before, then what may be done. */
export const menu = (state: MailboxState, ...before: readonly string[]): Step<MailboxState> =>
  step({ ...state, at: 'menu' }, play(...before, prompt('mailbox-menu')));

export const closing = (state: MailboxState, ...before: readonly string[]): Step<MailboxState> =>
  step({ ...state, at: 'closing' }, play(...before, prompt('goodbye')));
