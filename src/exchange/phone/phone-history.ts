import type { Sql } from '../../infra/db/sql.js';

/** A call as who made or got it sees it. */
export interface HistoryEntry {
  readonly id: string;
  readonly direction: 'in' | 'out';
  /** Whom one dialled, or who called; null where he hid. */
  readonly number: string | null;
  readonly at: Date;
  /** Null: nobody answered. */
  readonly seconds: number | null;
}

export type HistoryCursor = readonly [at: string, id: string];

/**
 * Calls that he made, and calls to his numbers; each by its own index, then one order. Who called is what was shown to his telephones, never more:
 * a caller who hid stays hidden.
 */
const HISTORY = `
  WITH numbers AS (
    SELECT CASE kind WHEN 'vns' THEN key || ccc ELSE key END AS called FROM number_assignment WHERE holder_id = $1
  ),
  made AS (
    SELECT id, 'out' AS direction, dialled AS number, started_at, answered_at, ended_at FROM call
     WHERE member_id = $1 AND reading IS DISTINCT FROM 'feature' AND ($2::timestamptz IS NULL OR (started_at, id) < ($2, $3::uuid))
     ORDER BY started_at DESC, id DESC LIMIT $4
  ),
  got AS (
    SELECT c.id, 'in' AS direction,
           (SELECT l.calling FROM call_leg l WHERE l.call_id = c.id AND l.kind = 'device' ORDER BY l.leg LIMIT 1) AS number,
           c.started_at, c.answered_at, c.ended_at
      FROM numbers n JOIN LATERAL (
        SELECT * FROM call k WHERE k.called = n.called AND k.reading IN ('pin', 'vns') AND k.member_id IS DISTINCT FROM $1
           AND ($2::timestamptz IS NULL OR (k.started_at, k.id) < ($2, $3::uuid))
         ORDER BY k.started_at DESC, k.id DESC LIMIT $4) c ON true
  )
  SELECT id, direction, number, started_at AS at,
         CASE WHEN answered_at IS NOT NULL THEN round(extract(epoch FROM coalesce(ended_at, now()) - answered_at))::int END AS seconds
    FROM (SELECT * FROM made UNION ALL SELECT * FROM got) every_one
   ORDER BY started_at DESC, id DESC LIMIT $4`;

export const historyOf = (
  sql: Sql,
  memberId: string,
  count: number,
  after?: HistoryCursor,
): Promise<readonly HistoryEntry[]> =>
  sql.rows<HistoryEntry>(HISTORY, [memberId, after?.[0] ?? null, after?.[1] ?? null, count]);
