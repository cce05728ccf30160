import type { Call, Leg, Time } from '../domain/call.js';
import { type Outcome, q850 } from '../domain/causes.js';
import { outcomeOfLeg } from '../domain/outcome-to-tell.js';

/** What happens in a call that a queue has to know. */
export type QueueNews =
  | { readonly type: 'agent.answered'; readonly callId: string; readonly agentId: string; readonly at: Time }
  /** He was rung and did not get the caller; `given-up`: we no longer wanted him. */
  | {
      readonly type: 'agent.missed';
      readonly callId: string;
      readonly agentId: string;
      readonly at: Time;
      readonly why: Outcome | 'given-up';
    }
  /** A talk is over; `transferred`: he has put the caller through. */
  | {
      readonly type: 'agent.talked';
      readonly callId: string;
      readonly agentId: string;
      readonly at: Time;
      readonly transferred: boolean;
    }
  /** The call is over, or is about to be. */
  | { readonly type: 'call.over'; readonly callId: string; readonly at: Time };

/** What of a call's move concerns queues; nothing for calls without. */
export function queueNewsOf(before: Call, after: Call): readonly QueueNews[] {
  if (!isQueued(after)) return [];
  const { id: callId } = after;
  const legs = after.legs.flatMap((leg) => legNews(after, before.legs[after.legs.indexOf(leg)], leg));
  const over = before.ending === undefined && after.ending !== undefined;
  return over ? [...legs, { type: 'call.over', callId, at: after.seenAt }] : legs;
}

const isQueued = ({ plan }: Call): boolean =>
  plan?.attempts.some((attempt) => attempt.kind === 'serve' && attempt.service.name === 'queue') === true;

function legNews(call: Call, before: Leg | undefined, leg: Leg): readonly QueueNews[] {
  const agentId = leg.plan.agent;
  if (agentId === undefined || before === leg) return [];
  const about = { callId: call.id, agentId };
  const talks = leg.status === 'answered' && leg.dropped === undefined;
  const answered = leg.answeredAt !== undefined && before?.answeredAt === undefined;
  const ended = leg.status === 'ended' && before?.status !== 'ended';
  return [
    ...(answered && (talks || wasTalking(leg))
      ? [{ type: 'agent.answered', ...about, at: leg.answeredAt ?? 0 } as const]
      : []),
    ...(ended ? [endNews(call, leg, agentId)] : []),
  ];
}

/** It was answered and ended in one step, as the recovery finds it. */
const wasTalking = (leg: Leg): boolean => leg.status === 'ended' && leg.dropped === undefined;

function endNews(call: Call, leg: Leg, agentId: string): QueueNews {
  const about = { callId: call.id, agentId, at: leg.endedAt ?? call.seenAt };
  if (leg.answeredAt !== undefined) {
    const transferred = call.transfer?.by === leg.channel;
    return { type: 'agent.talked', ...about, transferred };
  }
  return {
    type: 'agent.missed',
    ...about,
    why: neverRang(leg) ? 'given-up' : outcomeOfLeg(leg),
  };
}

/** We gave him up, or a crash of ours came between the wish and the channel. */
const neverRang = ({ dropped, createdAt, q850: cause }: Leg): boolean =>
  dropped !== undefined || (createdAt === undefined && cause === q850.congestion);
