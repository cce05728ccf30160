import type { SpokenLanguage } from '../../domain/language.js';

/** What the queue knows of a caller when he comes to it. */
export interface EnteredFacts {
  /** In which he is spoken to, and looked for an agent. */
  readonly language: SpokenLanguage;
  /** Of these he chooses one, because nobody knows; none: it is known. */
  readonly choices: readonly SpokenLanguage[];
  /** He has to be told that he may be recorded. */
  readonly consent: boolean;
  readonly announceSeconds: number;
}

/** Why nobody will take him. */
export type QueueWord = 'timed-out' | 'full' | 'closed' | 'unknown';

/** Where he stands, counted from 1; absent minutes: nobody can say. */
export interface Placed {
  readonly position: number;
  readonly minutes?: number;
  /** He may have us call him back. */
  readonly callback: boolean;
}
