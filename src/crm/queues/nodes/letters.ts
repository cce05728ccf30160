import type {
  AgentToRing,
  CallPhones,
  Placed,
  QueueNews,
  QueueService,
  QueueTarget,
  QueueWord,
  SpokenLanguage,
  Supervised,
} from '../../../exchange/index.js';

/** What a call at an exchange that does not decide needs to know of the one that does. */
export type Question =
  | { readonly is: 'enter'; readonly callId: string; readonly service: QueueService }
  | { readonly is: 'choose'; readonly callId: string; readonly language: SpokenLanguage }
  | { readonly is: 'place'; readonly callId: string }
  | { readonly is: 'call-back'; readonly callId: string }
  | { readonly is: 'supervised'; readonly member: string; readonly agent: string };

/** To whoever decides. All of it may come twice. */
export type ToLeader =
  | { readonly is: 'question'; readonly id: string; readonly question: Question }
  | { readonly is: 'line-up'; readonly callId: string }
  | { readonly is: 'news'; readonly news: QueueNews }
  | { readonly is: 'phones'; readonly used: CallPhones }
  /** What became of the wish to ring an agent: his telephone is being called, or the call does not wait any more. */
  | { readonly is: 'rung'; readonly callId: string; readonly agentId: string; readonly rings: boolean }
  /** All of its calls that visit a queue, and every telephone in use: after a restart, and to a new leader. */
  | { readonly is: 'here'; readonly calls: readonly CallHere[]; readonly phones: readonly CallPhones[] }
  | { readonly is: 'alive' };

export interface CallHere {
  readonly callId: string;
  /** Whose telephones ring or talk in it; null: it is not open any more. */
  readonly agents: readonly string[] | null;
  /** He stands in line. */
  readonly waits: boolean;
}

/** From whoever decides to the exchange that has the call. */
export type ToExchange =
  | { readonly is: 'answer'; readonly id: string; readonly answer: Answer }
  | { readonly is: 'ring'; readonly callId: string; readonly agent: AgentToRing }
  | { readonly is: 'give-up'; readonly callId: string }
  | { readonly is: 'close'; readonly callId: string; readonly word: QueueWord }
  | { readonly is: 'put-through'; readonly callId: string; readonly to: QueueTarget }
  | { readonly is: 'record'; readonly callId: string; readonly recording: string };

export type Letter = ToLeader | ToExchange;

/** JSON: null stands for what is absent. */
export type Answer = unknown;
export type PlacedAnswer = Placed | null;
export type SupervisedAnswer = Supervised | null;
