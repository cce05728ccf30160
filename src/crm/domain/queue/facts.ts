import type { Levels, Rule } from './rule.js';

/** Milliseconds since 1970. */
export type Time = number;

/** What the decision has to know of a queue. */
export interface QueueFacts {
  readonly id: string;
  /** One that holds is enough. */
  readonly rules: readonly Rule[];
  /** At what its agents should be good, if anything besides the language. */
  readonly skill?: string;
  /** From so long a wait on, agents of that queue may take the call, too, by that queue's rules. */
  readonly overflow: readonly { readonly afterMs: number; readonly queueId: string }[];
}

/** An agent who may be rung now. */
export interface IdleAgent extends Levels {
  readonly id: string;
  /** Queues he serves. */
  readonly queues: readonly string[];
  readonly idleSince: Time;
}

/** A caller who waits, on the telephone or for our calling him back. */
export interface WaitingCall {
  readonly id: string;
  readonly queueId: string;
  /** Primary BCP 47 tag. */
  readonly language: string;
  readonly priority: number;
  readonly enteredAt: Time;
  /** Waits for this agent alone: he was put through to him. */
  readonly onlyAgent?: string;
}

export interface Assignment {
  readonly callId: string;
  readonly agentId: string;
}

/** Each step of priority is worth so long a wait: a head start, so that whoever waits long enough comes first whatever comes after him. */
export const HEAD_START_MS = 60_000;

/** Where a caller stands: the smaller, the earlier he is taken. */
export const rankOf = ({ enteredAt, priority }: WaitingCall): number => enteredAt - priority * HEAD_START_MS;

/** Total: by rank, then by id. */
export const byRank = (a: WaitingCall, b: WaitingCall): number =>
  rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
