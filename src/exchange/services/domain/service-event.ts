import type { MessageFacts } from './message-facts.js';
import type { EnteredFacts, Placed, QueueWord } from './queue-facts.js';

/** All that can happen to a service, whoever tells it: Asterisk, the mailbox, or a timer. */
export type ServiceEvent =
  /** What was played last has ended; `failed` when it could not be played. */
  | { readonly type: 'played'; readonly failed: boolean }
  /** The recording has ended; `failed` when it could not be made. */
  | { readonly type: 'recorded'; readonly failed: boolean }
  /** A key: 0–9, `*`, `#`, A–D. */
  | { readonly type: 'digit'; readonly digit: string }
  /** The time of the last `wait` is over without a key. */
  | { readonly type: 'timeout' }
  | { readonly type: 'looked'; readonly deposit: DepositFacts }
  | { readonly type: 'listed'; readonly messages: readonly MessageFacts[] }
  /** The caller has come to his queue. */
  | { readonly type: 'entered'; readonly facts: EnteredFacts }
  | ({ readonly type: 'placed' } & Placed)
  /** Nobody will take him (any more), or there is nobody to listen to. */
  | { readonly type: 'told'; readonly word: QueueWord }
  | { readonly type: 'done' }
  /** There was nothing to keep: silence, or too little. */
  | { readonly type: 'nothing' }
  /** Not for us to decide: the value is none that may be set. */
  | { readonly type: 'refused' }
  /** Our trouble, worth another try later. */
  | { readonly type: 'failed' };

export type ServiceEventType = ServiceEvent['type'];

/** What a voicemail service has to know of the mailbox before it begins. */
export interface DepositFacts {
  readonly ownGreeting: boolean;
  readonly full: boolean;
  /** This call's recording, after a crash of ours: `begun`: it goes on, or has ended unseen. `left`: it is safe already. */
  readonly recording: 'none' | 'begun' | 'left';
}
