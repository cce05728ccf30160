import type { DirectCall } from '../../exchange/index.js';
import type { PageEvent } from '../../infra/http/events/page-event.js';
import { ownerOf } from '../owner.js';
import type { Agent } from './house.js';
import type { Visit } from './queue.rows.js';

/** What supervisors' pages, and the agent's own, hear when an agent's state changes. */
export function agentChanged({ id, companyId, now, onOwnCall }: Agent): PageEvent {
  const { state, reason = null, since, until = null, device = null } = now;
  return {
    at: [
      { topic: 'desk', key: id },
      { topic: 'queues', key: ownerOf(companyId) },
    ],
    type: 'agent.changed',
    data: { agentId: id, state, reason, since, until, device, onOwnCall },
  };
}

/** What happens to a caller at a queue; the agent whom it concerns hears it, too. */
export function visitChanged(visit: Visit, now: number): PageEvent {
  const { companyId, agentId, state } = visit;
  const what = state === 'waiting' || state === 'ringing' || state === 'talking' ? state : undefined;
  const type = what ?? (state === 'ended' ? 'ended' : state === 'calling-back' ? 'ringing' : 'waiting');
  return {
    at: [
      { topic: 'queues', key: ownerOf(companyId) },
      ...(agentId === null ? [] : [{ topic: 'desk', key: agentId }]),
    ],
    type: `queue-call.${type}`,
    data: {
      queueCallId: visit.id,
      callId: visit.callId,
      queueId: visit.queueId,
      companyId,
      agentId,
      callerNumber: visit.callerNumber,
      callerMemberId: visit.callerMemberId,
      country: visit.country,
      language: visit.language,
      dialled: visit.dialled,
      /** When that was decided. */
      at: now,
      waitedMs: Math.max(0, Math.round((visit.answeredAt ?? visit.endedAt ?? now) - visit.enteredAt)),
    },
  };
}

/** What an agent's page hears of a call that came to his telephone by no queue. */
export function directCall({ id, companyId }: Agent, call: DirectCall): PageEvent {
  const { callId, number, callerMemberId, country, language, dialled, at } = call;
  return {
    at: [{ topic: 'desk', key: id }],
    type: `call.${call.stage}`,
    data: { callId, companyId, callerNumber: number, callerMemberId, country, language, dialled, at },
  };
}
