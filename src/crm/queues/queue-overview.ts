import type { Sql } from '../../infra/db/sql.js';
import type { AgentState } from '../domain/queue/agent-states.js';
import { HEAD_START_MS } from '../domain/queue/facts.js';
import { companyValues, type Seen } from '../owner.js';

const MOST_QUEUES = 200;
const MOST_CALLERS = 500;
const MOST_AGENTS = 1_000;
/** A caller who is answered within this time counts as served in time. */
export const SERVED_WITHIN_SECONDS = 20;

interface QueueNow {
  readonly queueId: string;
  readonly companyId: string | null;
  readonly name: string;
  readonly country: string;
  readonly languages: readonly string[];
  readonly enabled: boolean;
  /** Of the last 24 hours, those told that the house is closed or full aside. */
  readonly offered: number;
  readonly answered: number;
  /** Share of the offered who were answered within 20 seconds; null where nobody called. */
  readonly serviceLevel: number | null;
}
interface CallerNow {
  readonly queueCallId: string;
  readonly callId: string;
  readonly queueId: string;
  readonly state: string;
  readonly callerNumber: string | null;
  readonly language: string | null;
  readonly country: string;
  readonly enteredAt: Date;
  readonly agentId: string | null;
}
interface AgentNow {
  readonly agentId: string;
  readonly number: string;
  readonly name: string;
  readonly country: string;
  readonly languages: Readonly<Record<string, number>>;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly since: Date;
  readonly until: Date | null;
  readonly queueCallId: string | null;
  readonly onOwnCall: boolean;
  readonly queues: readonly string[];
}

/** All that somebody leads, at once: queues with their service level, who waits, what agents do. */
export async function overviewOf(sql: Sql, seen: Seen) {
  const whose = companyValues(seen);
  const [queues, callers, agents] = await Promise.all([
    sql.rows<QueueNow>(QUEUES_NOW, [...whose, SERVED_WITHIN_SECONDS * 1_000]),
    sql.rows<CallerNow>(CALLERS, [...whose]),
    sql.rows<AgentNow>(AGENTS, [...whose]),
  ]);
  return { queues, callers, agents, servedWithinSeconds: SERVED_WITHIN_SECONDS };
}

const SEEN = '($1::boolean OR company_id IS NOT DISTINCT FROM $2::uuid)';
const QUEUES_NOW = `
  SELECT q.id AS "queueId", q.company_id AS "companyId", q.name, q.country, q.languages, q.enabled, s.offered::int, s.answered::int,
         CASE WHEN s.offered > 0 THEN s.served::float8 / s.offered END AS "serviceLevel"
    FROM (SELECT * FROM call_queue WHERE ${SEEN} ORDER BY name, id LIMIT ${MOST_QUEUES}) q
   CROSS JOIN LATERAL (
      SELECT count(*) AS offered, count(answered_at) AS answered, count(*) FILTER (WHERE answered_at IS NOT NULL AND waited_ms <= $3) AS served
        FROM queue_call c
       WHERE c.queue_id = q.id AND c.entered_at > now() - interval '24 hours' AND c.state = 'ended' AND c.outcome NOT IN ('full', 'closed')) s
   ORDER BY q.name, q.id`;
const CALLERS = `
  SELECT id AS "queueCallId", call_id AS "callId", queue_id AS "queueId", state, caller_number AS "callerNumber", language, country,
         entered_at AS "enteredAt", agent_id AS "agentId"
    FROM queue_call WHERE state <> 'ended' AND ${SEEN}
   ORDER BY entered_at - priority * make_interval(secs => ${HEAD_START_MS / 1_000}), id LIMIT ${MOST_CALLERS}`;
const AGENTS = `
  SELECT a.id AS "agentId", a.number, a.name, a.country, a.languages, a.state, a.reason, a.since, a.until,
         a.queue_call_id AS "queueCallId", a.on_own_call AS "onOwnCall",
         ARRAY(SELECT queue_id FROM queue_member m WHERE m.agent_id = a.id ORDER BY queue_id) AS queues
    FROM queue_agent a WHERE a.enabled AND ${SEEN.replace('company_id', 'a.company_id')}
   ORDER BY a.name, a.id LIMIT ${MOST_AGENTS}`;
