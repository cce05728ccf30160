import type { DirectRing } from '../../exchange/index.js';
import type { PageEvent } from '../../infra/http/events/page-event.js';
import type { Agent } from './house.js';
import type { Visit } from './queue.rows.js';

/** The key of topic `queues` under which a company's, or the operator's, are heard. */
export const companyKey = (companyId: string | null): string => companyId ?? 'operator';

/** What supervisors' pages, and the agent's own, hear when an agent's state changes. */
export function agentChanged({ id, companyId, now }: Agent): PageEvent {
  const { state, reason = null, since, until = null } = now;
  return {
    at: [
      { topic: 'desk', key: id },
      { topic: 'queues', key: companyKey(companyId) },
    ],
    type: 'agent.changed',
    data: { agentId: id, state, reason, since, until },
  };
}

/** What happens to a caller at a queue; the agent whom it concerns hears it, too. */
export function visitChanged(visit: Visit, now: number): PageEvent {
  const { companyId, agentId, state } = visit;
  const what = state === 'waiting' || state === 'ringing' || state === 'talking' ? state : undefined;
  const type = what ?? (state === 'ended' ? 'ended' : state === 'calling-back' ? 'ringing' : 'waiting');
  return {
    at: [
      { topic: 'queues', key: companyKey(companyId) },
      ...(agentId === null ? [] : [{ topic: 'desk', key: agentId }]),
    ],
    type: `queue-call.${type}`,
    data: {
      queueCallId: visit.id,
      callId: visit.callId,
      queueId: visit.queueId,
      agentId,
      callerNumber: visit.callerNumber,
      callerMemberId: visit.callerMemberId,
      country: visit.country,
      language: visit.language,
      dialled: visit.dialled,
      waitedMs: Math.max(0, Math.round((visit.answeredAt ?? visit.endedAt ?? now) - visit.enteredAt)),
    },
  };
}

/** What an agent's page hears when his telephone rings with a call that came by no queue. */
export const directCall = (agentId: string, { callId, number, dialled }: DirectRing): PageEvent => ({
  at: [{ topic: 'desk', key: agentId }],
  type: 'call.ringing',
  data: { callId, callerNumber: number, dialled },
});
