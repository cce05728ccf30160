import { defineStates } from '../../../kernel/fsm.js';
import type { SpokenLanguage } from '../../domain/language.js';
import { type Machine, machineOf, step } from './machine.js';
import { type PromptName, prompt } from './prompts.js';
import type { QueueWord } from './queue-facts.js';
import { end, type ServiceEffect, wait } from './service-effect.js';
import { speechIn } from './speech.js';

interface State {
  readonly at:
    | 'entering'
    | 'asking'
    | 'choosing'
    | 'remembering'
    | 'consenting'
    | 'placing'
    | 'telling'
    | 'waiting'
    | 'calling-back'
    | 'closing'
    | 'ended';
  readonly language: SpokenLanguage;
  /** Languages he may choose among, and which of them is being offered. */
  readonly choices: readonly SpokenLanguage[];
  readonly offered: number;
  readonly consent: boolean;
  /** Pieces of music since he was told his place. */
  readonly pieces: number;
  readonly piecesBetween: number;
  readonly callback: boolean;
}

const over = { told: 'closing' } as const;

export const queueStates = defineStates({
  name: 'queue',
  initial: 'entering',
  final: ['ended'],
  moves: {
    entering: {
      entered: ['asking', 'consenting', 'placing'],
      refused: 'closing',
      failed: 'closing',
      ...over,
    },
    asking: { played: ['asking', 'choosing'], digit: ['asking', 'remembering'], ...over },
    choosing: { digit: ['choosing', 'remembering'], timeout: 'remembering', ...over },
    remembering: { done: ['consenting', 'placing'], failed: ['consenting', 'placing'], ...over },
    consenting: { played: 'placing', ...over },
    placing: { placed: 'telling', failed: 'waiting', ...over },
    telling: { played: 'waiting', digit: ['calling-back', 'telling'], ...over },
    waiting: {
      played: ['waiting', 'placing'],
      digit: ['calling-back', 'waiting'],
      timeout: 'placing',
      ...over,
    },
    'calling-back': { done: 'closing', failed: 'waiting', ...over },
    closing: { played: 'ended' },
    ended: {},
  },
});

/** One piece of `queue-music` (asterisk/sounds/build.sh). */
const PIECE_SECONDS = 10;
const CHOICE_SECONDS = 5;
const CALLBACK_KEY = '1';

const closes: { readonly [W in QueueWord]: PromptName } = {
  'timed-out': 'queue-timed-out',
  full: 'queue-full',
  closed: 'queue-closed',
  unknown: 'try-later',
};

/**
 * Keeps a waiting caller company: asks his language if nobody knows it, tells that he may be recorded, his place, the time it will take, plays
 * music, and takes his wish to be called back. Who is rung for him, and when, others decide: then this simply stops.
 */
export function queueMachine(language: SpokenLanguage): Machine<State> {
  const say = ({ language: spoken }: State, ...media: readonly string[]): ServiceEffect => ({
    do: 'play',
    media,
    language: spoken,
  });
  const offer = (state: State) => {
    const offered = state.choices[state.offered] ?? state.language;
    const name: PromptName = `queue-language-${NAMED[state.offered] ?? 1}`;
    return step<State>({ ...state, at: 'asking' }, { do: 'play', media: [prompt(name)], language: offered });
  };
  const choose = (state: State, chosen: SpokenLanguage) =>
    step<State>({ ...state, at: 'remembering', language: chosen }, { do: 'choose', language: chosen });
  const keyed = (state: State, digit: string) => {
    const chosen = state.choices[Number(digit) - 1];
    return chosen === undefined ? step(state) : choose(state, chosen);
  };
  const welcome = (state: State) =>
    state.consent
      ? step<State>({ ...state, at: 'consenting' }, say(state, prompt('queue-consent')))
      : lineUp(state);
  const place = (state: State, ...before: readonly ServiceEffect[]) =>
    step<State>({ ...state, at: 'placing', pieces: 0 }, ...before, { do: 'place' });
  const lineUp = (state: State) => place(state, { do: 'line-up' });
  const music = (state: State) => step<State>({ ...state, at: 'waiting' }, say(state, prompt('queue-music')));
  const close = (state: State, word: QueueWord) =>
    step<State>({ ...state, at: 'closing' }, say(state, prompt(closes[word])));
  const wish = (state: State, digit: string) =>
    state.callback && digit === CALLBACK_KEY
      ? step<State>({ ...state, at: 'calling-back' }, { do: 'call-back' })
      : step(state);
  const told = (state: State, { word }: { readonly word: QueueWord }) => close(state, word);

  const begin = () =>
    step<State>(
      {
        at: 'entering',
        language,
        choices: [],
        offered: 0,
        consent: false,
        pieces: 0,
        piecesBetween: 3,
        callback: false,
      },
      { do: 'enter' },
    );
  return machineOf(queueStates, begin, {
    entering: {
      entered: (state, { facts }) => {
        const { choices, consent, announceSeconds } = facts;
        const piecesBetween = Math.max(1, Math.round(announceSeconds / PIECE_SECONDS));
        const known: State = { ...state, language: facts.language, choices, consent, piecesBetween };
        return choices.length > 1 ? offer(known) : welcome(known);
      },
      refused: (state) => close(state, 'closed'),
      failed: (state) => close(state, 'unknown'),
      told,
    },
    asking: {
      played: (state) => {
        const offered = state.offered + 1;
        return offered < state.choices.length
          ? offer({ ...state, offered })
          : step<State>({ ...state, at: 'choosing' }, wait(CHOICE_SECONDS));
      },
      digit: (state, { digit }) => keyed(state, digit),
      told,
    },
    choosing: {
      digit: (state, { digit }) => keyed(state, digit),
      // Whoever chooses nothing is spoken to in the queue's first language.
      timeout: (state) => choose(state, state.choices[0] ?? state.language),
      told,
    },
    remembering: { done: welcome, failed: welcome, told },
    consenting: { played: lineUp, told },
    placing: {
      placed: (state, { position, minutes, callback }) => {
        const words = speechIn(state.language).place(position, minutes);
        const offered = callback ? [prompt('queue-callback-offer')] : [];
        return step<State>({ ...state, at: 'telling', callback }, say(state, ...words, ...offered));
      },
      failed: music,
      told,
    },
    telling: { played: music, digit: (state, { digit }) => wish(state, digit), told },
    waiting: {
      played: (state, { failed }) => {
        const pieces = state.pieces + 1;
        // Music that cannot be played would be tried again and again at once.
        if (failed) return step<State>({ ...state, pieces: 0 }, wait(PIECE_SECONDS));
        return pieces >= state.piecesBetween ? place(state) : music({ ...state, pieces });
      },
      digit: (state, { digit }) => wish(state, digit),
      timeout: (state) => place(state),
      told,
    },
    'calling-back': {
      done: (state) => step<State>({ ...state, at: 'closing' }, say(state, prompt('queue-callback-done'))),
      failed: music,
      told,
    },
    closing: { played: (state) => step<State>({ ...state, at: 'ended' }, end) },
    ended: {},
  });
}

/** As many prompts as there are languages that we speak. */
const NAMED = [1, 2, 3] as const;
