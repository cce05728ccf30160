import { isOpen, type RouteHours, scheduleOf } from '../../exchange/index.js';
import type { AgentNow, Wish } from '../domain/queue/agent.js';
import type { AgentState } from '../domain/queue/agent-states.js';
import type { QueueFacts } from '../domain/queue/facts.js';
import { parseRule } from '../domain/queue/parse-rule.js';
import type { Rule } from '../domain/queue/rule.js';

/** A queue as the table has it. */
export interface QueueRow {
  readonly id: string;
  readonly companyId: string | null;
  readonly branchId: string | null;
  readonly name: string;
  readonly country: string;
  readonly extension: string | null;
  readonly languages: readonly string[];
  readonly skill: string | null;
  readonly rules: readonly string[];
  readonly overflow: readonly { readonly afterSeconds: number; readonly queueId: string }[];
  readonly answer: 'at-once' | 'late';
  readonly priority: number;
  readonly maxWaiting: number;
  readonly maxWaitSeconds: number;
  readonly ringSeconds: number;
  readonly wrapUpSeconds: number;
  readonly announceSeconds: number;
  readonly callback: boolean;
  readonly survey: boolean;
  readonly enabled: boolean;
  /** When callers are taken; one that holds is enough, none: always. */
  readonly hours: readonly RouteHours[];
}

/** What counts where a queue has no rule of its own. */
export const DEFAULT_RULE = 'language >= 50';

/** @param at milliseconds since 1970. */
export const isOpenAt = ({ hours }: Pick<QueueRow, 'hours'>, at: number): boolean =>
  hours.length === 0 || hours.some((one) => isOpen(scheduleOf(one), at));

/** A rule that cannot be read any more (they are checked when saved) lets nobody through. */
const NEVER: Rule = { is: 'any', of: [] };

export function factsOf({ id, rules, skill, overflow }: QueueRow): QueueFacts {
  const texts = rules.length === 0 ? [DEFAULT_RULE] : rules;
  return {
    id,
    rules: texts.map((text) => {
      const parsed = parseRule(text);
      return parsed.ok ? parsed.value : NEVER;
    }),
    ...(skill === null ? {} : { skill }),
    overflow: overflow.map(({ afterSeconds, queueId }) => ({ afterMs: afterSeconds * 1_000, queueId })),
  };
}

/** An agent as the table has him, with the queues he serves. */
export interface AgentRow {
  readonly id: string;
  readonly companyId: string | null;
  readonly accountId: string | null;
  readonly memberId: string;
  readonly number: string;
  readonly pinHash: string | null;
  readonly name: string;
  readonly country: string;
  readonly languages: Readonly<Record<string, number>>;
  readonly skills: Readonly<Record<string, number>>;
  readonly supervisor: boolean;
  readonly queues: readonly string[];
  readonly state: AgentState;
  readonly reason: string | null;
  readonly since: Date;
  readonly until: Date | null;
  readonly next: Wish | null;
  readonly device: string | null;
  readonly queueCallId: string | null;
}

export function nowOf({ state, reason, since, until, next, device, queueCallId }: AgentRow): AgentNow {
  return {
    state,
    since: since.getTime(),
    ...(reason === null ? {} : { reason }),
    ...(until === null ? {} : { until: until.getTime() }),
    ...(next === null ? {} : { next }),
    ...(device === null ? {} : { device }),
    ...(queueCallId === null ? {} : { call: queueCallId }),
  };
}

/** Why a visit to a queue ended. */
export type VisitOutcome =
  | 'answered'
  | 'abandoned'
  | 'transferred'
  | 'timed-out'
  | 'full'
  | 'closed'
  | 'called-back'
  | 'callback-failed'
  | 'lost';

export type VisitState = 'waiting' | 'ringing' | 'talking' | 'callback' | 'calling-back' | 'ended';

/** One visit of a caller to a queue; times in milliseconds. */
export interface Visit {
  readonly id: string;
  readonly callId: string;
  /** The exchange that has the call; of who waits without a telephone, had it. */
  readonly node: string;
  readonly queueId: string;
  readonly companyId: string | null;
  readonly callerNumber: string | null;
  readonly callerMemberId: string | null;
  readonly dialled: string;
  readonly country: string;
  /** Primary tag; null until he has chosen. */
  readonly language: string | null;
  readonly priority: number;
  readonly enteredAt: number;
  readonly state: VisitState;
  /** Who is rung, talks, or talked. */
  readonly agentId: string | null;
  /** Waits for him alone. */
  readonly onlyAgentId: string | null;
  readonly rungAt: number | null;
  readonly answeredAt: number | null;
  readonly missed: number;
  readonly callbackOrderId: string | null;
  readonly outcome: VisitOutcome | null;
  readonly endedAt: number | null;
}
