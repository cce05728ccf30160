import type { QueueService } from '../../exchange/index.js';
import { newId } from '../../kernel/ids.js';
import type { QueueRow, Visit } from './queue.rows.js';

/** A caller comes to a queue. */
export function newVisit(
  callId: string,
  { visitor, to }: QueueService,
  { id: queueId, companyId, priority }: QueueRow,
  { node, language, at }: { readonly node: string; readonly language: string | null; readonly at: number },
): Visit {
  const { memberId = null, number = null, country, dialled } = visitor;
  return {
    id: newId(),
    callId,
    node,
    queueId,
    companyId,
    callerNumber: number,
    callerMemberId: memberId,
    dialled,
    country,
    language,
    priority,
    enteredAt: at,
    state: 'waiting',
    agentId: null,
    onlyAgentId: 'queue' in to ? (to.agent ?? null) : null,
    rungAt: null,
    answeredAt: null,
    missed: 0,
    callbackOrderId: null,
    outcome: null,
    endedAt: null,
  };
}
