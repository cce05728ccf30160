import type { SpokenLanguage } from '../../domain/language.js';
import type { SuperviseMode } from '../../domain/service.js';

/** What is recorded of a caller: a message for the mailbox, the owner's greeting, or his voice to be said back. */
export type Recorded = 'message' | 'greeting' | 'echo';

/** What is to be done after a step, as data. */
export type ServiceEffect =
  /** Asterisk media URIs, one after the other; ends what plays, and answers `played`. */
  | { readonly do: 'play'; readonly media: readonly string[]; readonly language?: SpokenLanguage }
  /** Answers `recorded`. The key `#` ends it. */
  | {
      readonly do: 'record';
      readonly what: Recorded;
      readonly maxSeconds: number;
      readonly maxSilenceSeconds: number;
    }
  /** Takes up the recording of a message that a former process began; answers `recorded`. */
  | { readonly do: 'resume' }
  /** Answers `timeout` unless something else happens before. */
  | { readonly do: 'wait'; readonly seconds: number }
  /** Answers `looked`. */
  | { readonly do: 'look' }
  /** Answers `listed` or `failed`. */
  | { readonly do: 'list' }
  /** What was recorded stays: answers `done`, `nothing` or `failed`. */
  | { readonly do: 'keep'; readonly what: 'message' | 'greeting' }
  /** Back to the standard greeting: answers `done` or `failed`. */
  | { readonly do: 'forget-greeting' }
  | { readonly do: 'mark-heard'; readonly id: string }
  /** Answers `done` or `failed`. */
  | { readonly do: 'delete'; readonly id: string }
  /** Answers `done`, `refused` or `failed`. */
  | { readonly do: 'set'; readonly value: string | boolean | null }
  /** To the queue: answers `entered`, `refused` or `failed`. */
  | { readonly do: 'enter' }
  /** He speaks this: remembered, answers `done` or `failed`. */
  | { readonly do: 'choose'; readonly language: SpokenLanguage }
  /** From now on he may be taken. */
  | { readonly do: 'line-up' }
  /** Answers `placed` or `failed`. */
  | { readonly do: 'place' }
  /** He keeps his place without the telephone: answers `done` or `failed`. */
  | { readonly do: 'call-back' }
  | { readonly do: 'score'; readonly value: number }
  /** As the agent of this phone, or as the one with this number and secret number: answers `done`, `nothing` (there is none), `refused` or `failed`. */
  | { readonly do: 'agent'; readonly number?: string; readonly pin?: string }
  /** The link to a number's page: answers `done`, `refused` (he has no address) or `failed`. */
  | { readonly do: 'mail-link' }
  /** A flash card, by what was keyed in or (`''`) dialled: answers `done`, `nothing` (nothing was dialled), `refused` or `failed`. */
  | { readonly do: 'card'; readonly keyed: string }
  /** Answers `done`, `refused` (nobody talks there) or `failed`. */
  | { readonly do: 'supervise'; readonly mode: SuperviseMode }
  /** Tells those who talk in the call that is to be listened to; answers `played`, failed where nobody could be told. */
  | { readonly do: 'notice' }
  /** Out of what was listened to. */
  | { readonly do: 'let-go' }
  /** A key that whoever ordered the call is told of. */
  | { readonly do: 'pressed'; readonly digit: string }
  /** The service is over: the call is to be hung up with this Q.850 cause. */
  | { readonly do: 'end'; readonly q850: number };

export const play = (...media: readonly string[]): ServiceEffect => ({ do: 'play', media });
export const wait = (seconds: number): ServiceEffect => ({ do: 'wait', seconds });
/** Q.850 cause 16: normal clearing. */
export const end: ServiceEffect = { do: 'end', q850: 16 };
