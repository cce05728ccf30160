/** What an order may have said (asterisk/sounds/prompts: `order-<name>`). */
export const spokenPrompts = ['code', 'message', 'card-left'] as const;
export type SpokenPrompt = (typeof spokenPrompts)[number];

/**
 * What the exchange itself does with a caller whose call it takes: recorded messages, menus, tests. Plain data, part of the
 * saved call: a service begins anew from it after a crash. `language` is the BCP 47 tag of the person who listens.
 */
export type Service =
  /** Takes a message for a member whom the call did not reach. */
  | {
      readonly name: 'voicemail';
      /** The member whose mailbox it is. */
      readonly mailbox: string;
      readonly language: string;
      readonly reason: 'busy' | 'no-answer' | 'unreachable';
    }
  /** A member hears his own messages. */
  | { readonly name: 'mailbox'; readonly member: string; readonly language: string }
  /** Tells somebody whom the exchange rang something, digits one by one, `times` over. */
  | {
      readonly name: 'speak';
      readonly prompt: SpokenPrompt;
      readonly digits: string;
      readonly times: number;
      readonly language: string;
    }
  /** Says everything back to the caller: a test of the line. */
  | { readonly name: 'echo'; readonly language: string }
  /** Changes one of a member's settings and says so; `value` null or false takes it back. */
  | {
      readonly name: 'set';
      readonly member: string;
      readonly setting:
        | 'do-not-disturb'
        | 'forward-always'
        | 'forward-busy'
        | 'forward-no-answer'
        | 'hide-number';
      readonly value: string | boolean | null;
      readonly language: string;
    }
  | QueueService
  | CardService
  | PageLinkService
  /** An agent logs in or out, pauses or resumes, at the phone from which he dials. */
  | {
      readonly name: 'agent';
      readonly wish: AgentWish;
      readonly member: string;
      /** SIP user name. */
      readonly device: string;
      /** What he dialled after the code: an agent's number, a reason. */
      readonly argument: string;
      readonly language: string;
    }
  /** A supervisor hears an agent's call. */
  | {
      readonly name: 'supervise';
      readonly mode: SuperviseMode;
      readonly member: string;
      /** The agent's number. */
      readonly agent: string;
      readonly language: string;
    }
  /** An operator hears a call, after those who talk in it were told. */
  | { readonly name: 'listen'; readonly call: string; readonly language: string }
  /** How content was he? Pressed 1 to 5, after a call with an agent. */
  | { readonly name: 'survey'; readonly language: string };

/** Mails a member the link to the page of a number. */
export interface PageLinkService {
  readonly name: 'page-link';
  readonly member: string;
  readonly number: string;
  readonly language: string;
}

/** Puts somebody's flash card in at the telephone from which he dials, or takes it out. */
export interface CardService {
  readonly name: 'card';
  readonly wish: 'put-in' | 'take-out';
  readonly deviceId: string;
  readonly language: string;
}

/** Waits for an agent. */
export interface QueueService {
  readonly name: 'queue';
  readonly to: QueueTarget;
  readonly visitor: QueueVisitor;
  /** Spoken to him until the queue knows better. */
  readonly language: string;
}

/** Which queue: itself, by the extension within the company of that member, or the one in which an agent takes a call put through to him. */
export type QueueTarget =
  | { readonly queue: string; readonly agent?: string }
  | { readonly extension: string; readonly member: string };

/** Who waits, as far as a queue has to know. */
export interface QueueVisitor {
  readonly memberId?: string;
  /** His membership's; the one he was spoken to before. */
  readonly language?: string;
  /** Where he calls from. */
  readonly country: string;
  /** As members dial it, or E.164; absent where he withholds it. */
  readonly number?: string;
  readonly dialled: string;
}

export type AgentWish = 'log-in' | 'log-out' | 'pause' | 'resume';
export const superviseModes = ['listen', 'whisper', 'barge'] as const;
export type SuperviseMode = (typeof superviseModes)[number];
