import type { Sql } from '../../infra/db/sql.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { companyValues, type Seen } from '../owner.js';
import { queueCallUnknown } from './queues.failures.js';

/** A visit to a queue as the API shows it. */
export interface QueueCallView {
  readonly id: string;
  readonly callId: string;
  readonly queueId: string;
  readonly companyId: string | null;
  readonly agentId: string | null;
  readonly callerNumber: string | null;
  readonly callerMemberId: string | null;
  readonly dialled: string;
  readonly country: string;
  readonly language: string | null;
  readonly priority: number;
  readonly enteredAt: Date;
  readonly rungAt: Date | null;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  readonly state: string;
  readonly outcome: string | null;
  readonly waitedMs: number | null;
  readonly talkedMs: number | null;
  readonly missed: number;
  readonly score: number | null;
}

/** Which visits: of a company, of one agent alone, in a queue, in a state. */
export interface QueueCallFilter {
  readonly seen: Seen;
  readonly onlyAgent: string | undefined;
  readonly queueId: string | undefined;
  readonly state: string | undefined;
}

const COLUMNS = `
  id, call_id AS "callId", queue_id AS "queueId", company_id AS "companyId", agent_id AS "agentId", caller_number AS "callerNumber",
  caller_member_id AS "callerMemberId", dialled, country, language, priority, entered_at AS "enteredAt", rung_at AS "rungAt",
  answered_at AS "answeredAt", ended_at AS "endedAt", state, outcome, waited_ms AS "waitedMs", talked_ms AS "talkedMs", missed, score`;

/** The newest first. Conditions are only written where they are asked, so that each list goes by its own index. */
export function listQueueCalls(
  sql: Sql,
  { seen, onlyAgent, queueId, state }: QueueCallFilter,
  after: readonly [enteredAt: string, id: string] | undefined,
  count: number,
): Promise<readonly QueueCallView[]> {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const where = (text: (place: string) => string, value: unknown): void => {
    values.push(value);
    conditions.push(text(`$${values.length}`));
  };
  const [all, companyId] = companyValues(seen);
  if (!all && companyId === null) conditions.push('company_id IS NULL');
  if (!all && companyId !== null) where((place) => `company_id = ${place}`, companyId);
  if (onlyAgent !== undefined) where((place) => `agent_id = ${place}`, onlyAgent);
  if (queueId !== undefined) where((place) => `queue_id = ${place}`, queueId);
  if (state !== undefined) where((place) => `state = ${place}`, state);
  if (after !== undefined) {
    values.push(...after);
    conditions.push(`(entered_at, id) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  values.push(count);
  return sql.rows<QueueCallView>(
    `SELECT ${COLUMNS} FROM queue_call WHERE ${conditions.join(' AND ') || 'true'}
      ORDER BY entered_at DESC, id DESC LIMIT $${values.length}`,
    values,
  );
}

export async function findQueueCall(
  sql: Sql,
  seen: Seen,
  onlyAgent: string | undefined,
  id: string,
): Promise<Result<QueueCallView>> {
  const [found] = await sql.rows<QueueCallView>(
    `SELECT ${COLUMNS} FROM queue_call
      WHERE id = $1 AND ($2::boolean OR company_id IS NOT DISTINCT FROM $3) AND ($4::uuid IS NULL OR agent_id = $4)`,
    [id, ...companyValues(seen), onlyAgent ?? null],
  );
  return found === undefined ? err(queueCallUnknown(id)) : ok(found);
}
