import type { Sql } from '../../infra/db/sql.js';
import { ownerOf } from '../owner.js';
import { primary } from './call-facts.js';
import type { Fact } from './facts.js';

export interface EndedQueueCall {
  readonly id: string;
  readonly callId: string;
  readonly companyId: string | null;
  readonly queueId: string;
  readonly agentId: string | null;
  readonly number: string | null;
  readonly memberId: string | null;
  readonly country: string;
  readonly language: string | null;
  readonly at: Date;
  readonly answered: boolean;
  readonly outcome: string;
  readonly waitedMs: number | null;
  readonly talkedMs: number | null;
  readonly score: number | null;
}

/** Visits to queues that have ended. */
export const endedQueueCalls = (sql: Sql, ids: readonly string[]): Promise<readonly EndedQueueCall[]> =>
  sql.rows<EndedQueueCall>(
    `SELECT id, call_id AS "callId", company_id AS "companyId", queue_id AS "queueId", agent_id AS "agentId", caller_number AS number,
            caller_member_id AS "memberId", country, language, entered_at AS at, answered_at IS NOT NULL AS answered, outcome,
            waited_ms AS "waitedMs", talked_ms AS "talkedMs", score
       FROM queue_call WHERE id = ANY ($1) AND state = 'ended' ORDER BY id`,
    [ids],
  );

export const queueFact = (call: EndedQueueCall): Fact => ({
  kind: 'queue',
  id: call.id,
  owner: ownerOf(call.companyId),
  at: call.at,
  country: call.country,
  language: primary(call.language),
  queueId: call.queueId,
  agentId: call.agentId,
  answered: call.answered,
  abandoned: call.outcome === 'abandoned',
  waitedMs: call.waitedMs ?? 0,
  talkedMs: call.talkedMs ?? 0,
  score: call.score,
});
