import type { Sql } from '../../infra/db/sql.js';
import { csvLine, harmless } from '../../kernel/csv.js';
import { numberForPeople } from '../../numbering/index.js';
import { masked } from '../personal.js';
import type { ReportWish } from './report-queries.js';

/** A call behind the sums. */
export interface ReportCall {
  readonly id: string;
  readonly at: Date;
  readonly callId: string | null;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly number: string | null;
  readonly country: string;
  readonly language: string;
  readonly outcome: string | null;
  readonly answered: boolean;
  readonly waitedMs: number;
  readonly talkedMs: number;
  readonly score: number | null;
  readonly disposition: string | null;
}
export type ReportCallsWish = Omit<ReportWish, 'by'> & { readonly agentId?: string | undefined };
export type CallPlace = readonly [at: string, id: string];

/** Newest first. Who may not see numbers gets them masked. */
export async function reportCalls(
  sql: Sql,
  wish: ReportCallsWish,
  showNumbers: boolean,
  before: CallPlace | undefined,
  count: number,
): Promise<readonly ReportCall[]> {
  const { zone, from, to, owner, country, language, queueId, agentId } = wish;
  const filters = [country ?? null, language ?? null, queueId ?? null, agentId ?? null];
  const rows = await sql.rows<ReportCall>(owner === null ? OF_ALL : OF_ONE, [
    zone,
    from,
    to,
    ...filters,
    before?.[0] ?? null,
    before?.[1] ?? null,
    count,
    ...(owner === null ? [] : [owner]),
  ]);
  return rows.map((row) => ({
    ...row,
    number: row.number === null ? null : showNumbers ? row.number : masked(row.number),
  }));
}

const query = (whose: string) => `
  SELECT f.id, f.at, q.call_id AS "callId", queue.name AS queue, agent.name AS agent, q.caller_number AS number, f.country, f.language,
         q.outcome, f.answered > 0 AS answered, f.waited_ms::float8 AS "waitedMs", f.talked_ms::float8 AS "talkedMs", q.score, d.code AS disposition
    FROM report_fact f LEFT JOIN queue_call q ON q.id = f.id LEFT JOIN call_queue queue ON queue.id = f.queue_id
    LEFT JOIN queue_agent agent ON agent.id = f.agent_id LEFT JOIN call_disposition d ON d.owner = f.owner AND d.call_id = q.call_id
   WHERE f.kind = 'queue' ${whose}
     AND f.at >= ($2::date::timestamp AT TIME ZONE $1) AND f.at < (($3::date + 1)::timestamp AT TIME ZONE $1)
     AND ($4::text IS NULL OR f.country = $4) AND ($5::text IS NULL OR f.language = $5)
     AND ($6::uuid IS NULL OR f.queue_id = $6) AND ($7::uuid IS NULL OR f.agent_id = $7)
     AND ($8::timestamptz IS NULL OR (f.at, f.id) < ($8, $9::uuid))
   ORDER BY f.at DESC, f.id DESC LIMIT $10`;
const OF_ALL = query('');
const OF_ONE = query('AND f.owner = $11');

const HEADER = [
  'at',
  'queue',
  'agent',
  'number',
  'country',
  'language',
  'outcome',
  'waited seconds',
  'talked seconds',
  'score',
  'disposition',
];
const PAGE = 2_000;

/** All of them, page by page: any number, little memory. */
export async function* reportCallsCsv(
  sql: Sql,
  wish: ReportCallsWish,
  showNumbers: boolean,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(HEADER)}\r\n`;
  let before: CallPlace | undefined;
  for (;;) {
    const page = await reportCalls(sql, wish, showNumbers, before, PAGE);
    if (page.length > 0) yield page.map((call) => `${csvLine(fieldsOf(call).map(harmless))}\r\n`).join('');
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    before = [last.at.toISOString(), last.id];
  }
}

const fieldsOf = (call: ReportCall): readonly string[] => [
  call.at.toISOString(),
  call.queue ?? '',
  call.agent ?? '',
  call.number === null ? '' : numberForPeople(call.number),
  call.country,
  call.language,
  call.outcome ?? '',
  (call.waitedMs / 1_000).toFixed(1),
  (call.talkedMs / 1_000).toFixed(1),
  call.score === null ? '' : String(call.score),
  call.disposition ?? '',
];
