import type { Sql } from '../../infra/db/sql.js';
import type { AgentState } from '../domain/queue/agent-states.js';
import { expectedWaitMs } from '../domain/queue/expected-wait.js';
import { HEAD_START_MS } from '../domain/queue/facts.js';

const MOST = 500;

interface Waiting {
  readonly queueCallId: string;
  readonly callId: string;
  readonly state: string;
  readonly callerNumber: string | null;
  readonly language: string | null;
  readonly country: string;
  readonly priority: number;
  readonly enteredAt: Date;
  readonly agentId: string | null;
}

interface AgentNow {
  readonly agentId: string;
  readonly name: string;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly since: Date;
  readonly until: Date | null;
  readonly queueCallId: string | null;
  readonly onOwnCall: boolean;
}

/** A queue at this moment. */
export async function liveOf(sql: Sql, queueId: string) {
  const [waiting, agents, talks] = await Promise.all([
    sql.rows<Waiting>(
      `SELECT id AS "queueCallId", call_id AS "callId", state, caller_number AS "callerNumber", language, country, priority,
              entered_at AS "enteredAt", agent_id AS "agentId"
         FROM queue_call WHERE queue_id = $1 AND state <> 'ended'
        ORDER BY entered_at - priority * make_interval(secs => ${HEAD_START_MS / 1_000}), id LIMIT ${MOST}`,
      [queueId],
    ),
    sql.rows<AgentNow>(
      `SELECT a.id AS "agentId", a.name, a.state, a.reason, a.since, a.until, a.queue_call_id AS "queueCallId",
              a.on_own_call AS "onOwnCall"
         FROM queue_member m JOIN queue_agent a ON a.id = m.agent_id
        WHERE m.queue_id = $1 AND a.enabled ORDER BY a.name, a.id LIMIT 1000`,
      [queueId],
    ),
    sql.rows<{ ms: number }>(
      `SELECT talked_ms AS ms FROM queue_call WHERE queue_id = $1 AND talked_ms IS NOT NULL
        ORDER BY entered_at DESC, id DESC LIMIT 50`,
      [queueId],
    ),
  ]);
  const inLine = waiting.filter(({ state }) => state === 'waiting' || state === 'callback');
  const working = agents.filter(({ state }) => state !== 'offline' && state !== 'paused').length;
  const wait = expectedWaitMs(inLine.length + 1, working, talks.map(({ ms }) => ms).reverse());
  return {
    waiting: waiting.map(({ priority: _, ...one }) => ({
      ...one,
      position: inLine.some(({ queueCallId }) => queueCallId === one.queueCallId)
        ? 1 + inLine.findIndex(({ queueCallId }) => queueCallId === one.queueCallId)
        : null,
    })),
    agents,
    expectedWaitSeconds: wait === undefined ? null : Math.round(wait / 1_000),
  };
}
