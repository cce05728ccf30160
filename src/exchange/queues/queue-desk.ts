import type { SpokenLanguage } from '../domain/language.js';
import type { AgentWish, QueueService, QueueTarget } from '../domain/service.js';
import type { EnteredFacts, Placed, QueueWord } from '../services/domain/queue-facts.js';
import type { DirectCall } from './direct-call.js';
import type { CallPhones } from './phones-in-use.js';
import type { QueueNews } from './queue-news.js';

/** Who is rung for a waiting caller. */
export interface AgentToRing {
  readonly agentId: string;
  /** The member whose phone it is, and its SIP user name. */
  readonly memberId: string;
  readonly device: string;
  readonly seconds: number;
  /** He is asked how content he was when the agent hangs up first. */
  readonly survey: boolean;
}

/** What the decision about queues does to a call, wherever that is. All of it may be repeated without harm. */
export interface CallHands {
  /** False where no such call is open. */
  ring(callId: string, agent: AgentToRing): boolean;
  /** Nobody is rung for him any more; he goes on waiting. */
  giveUp(callId: string): void;
  /** He is told this, and hung up. */
  close(callId: string, word: QueueWord): void;
  /** Out of his talk, to another queue or agent; whom he talks with is hung up. False where he does not talk. */
  putThrough(callId: string, to: QueueTarget): boolean;
  /** Records what both say, until the talk ends. */
  record(callId: string, recording: string): void;
}

/** The same at the exchange of this process, and what it knows of its calls. */
export interface QueueHands extends CallHands {
  /** Agents whose phones ring or talk in this call; undefined where it is not open. */
  agentsOf(callId: string): readonly string[] | undefined;
  /** Telephones that open calls use without a queue. */
  phonesInUse(): readonly CallPhones[];
}

/** An agent's wish at a phone. */
export interface AgentAsks {
  readonly wish: AgentWish;
  readonly member: string;
  /** SIP user name. */
  readonly device: string;
  /** Why he pauses. */
  readonly reason: string;
  /** Where he is not the agent of this phone. */
  readonly number?: string;
  readonly pin?: string;
}
export type AgentAnswer = 'done' | 'nobody' | 'refused';

/** What is said to a caller who comes to a queue: how he waits, or why he does not. */
export type Entered = { readonly facts: EnteredFacts } | { readonly word: QueueWord };

/** Who decides about queues (src/crm/queues): told what happens in calls, asked what services need to know. */
export interface QueueDesk {
  /** Before calls of a former process are taken up. Resolves also when what was saved cannot be read yet. */
  prepare(hands: QueueHands): Promise<void>;
  /** All calls are known that are still open. */
  settle(): void;
  enter(callId: string, service: QueueService): Promise<Entered>;
  choose(callId: string, language: SpokenLanguage): Promise<void>;
  lineUp(callId: string): void;
  /** Undefined for somebody who does not wait. */
  place(callId: string): Promise<Placed | undefined>;
  /** False where he can't be called back. */
  callBack(callId: string): Promise<boolean>;
  score(callId: string, value: number): Promise<void>;
  agent(asked: AgentAsks): Promise<AgentAnswer>;
  /** The call in which an agent talks whom this member may hear; undefined: none. */
  supervised(member: string, agentNumber: string): Promise<Supervised | undefined>;
  news(news: QueueNews): void;
  /** A telephone rings, or is answered, or is silent again, with a call that came by no queue. */
  direct(call: DirectCall): void;
  /** Which telephones a call uses now that no queue has rung. The whole of it each time: told twice it is the same. */
  phones(used: CallPhones): void;
}

export interface Supervised {
  readonly callId: string;
  readonly agentId: string;
}
