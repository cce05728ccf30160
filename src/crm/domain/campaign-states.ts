import { defineStates } from '../../kernel/fsm.js';

export type CampaignStatus = 'draft' | 'running' | 'paused' | 'ended';
export const campaignMoves = ['start', 'pause', 'end'] as const;
export type CampaignMove = (typeof campaignMoves)[number];

export const campaignStates = defineStates<CampaignStatus, CampaignMove>({
  name: 'campaign',
  initial: 'draft',
  final: ['ended'],
  moves: {
    draft: { start: 'running', end: 'ended' },
    running: { pause: 'paused', end: 'ended' },
    paused: { start: 'running', end: 'ended' },
    ended: {},
  },
});

export type ContactState = 'waiting' | 'taken' | 'done' | 'dropped';
export type ContactEvent =
  | 'claimed'
  | 'let-go'
  | 'not-reached'
  | 'outcome.call-back'
  | 'outcome.final'
  | 'outcome.do-not-call';

/** `taken`: an agent has him on his page, for a while (let go by itself then). `not-reached`: tried again later, or often enough. */
export const contactStates = defineStates<ContactState, ContactEvent>({
  name: 'contact',
  initial: 'waiting',
  final: ['done', 'dropped'],
  moves: {
    waiting: { claimed: 'taken' },
    taken: {
      'let-go': 'waiting',
      'not-reached': ['waiting', 'done'],
      'outcome.call-back': 'waiting',
      'outcome.final': 'done',
      'outcome.do-not-call': 'dropped',
    },
    done: {},
    dropped: {},
  },
});
