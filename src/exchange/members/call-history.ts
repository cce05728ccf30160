import type { Sql } from '../../infra/db/sql.js';

/** A call as who made or got it sees it: nothing of trunks and causes inside. */
export interface OwnCall {
  readonly id: string;
  readonly direction: 'in' | 'out';
  /** Whom one dialled, as one wrote it, or who called; null where he hid or is not known. */
  readonly number: string | null;
  /** The number that was reached: of a call that came in, which of one's own. */
  readonly called: string | null;
  readonly startedAt: Date;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly reason: string | null;
}

/** Place in the history, newest first. */
export type HistoryCursor = readonly [startedAt: string, id: string];

export interface HistoryPage {
  /** Both unless told. */
  readonly direction?: OwnCall['direction'] | undefined;
  readonly count: number;
  readonly after?: HistoryCursor | undefined;
}

/**
 * Calls that he made, and calls to his numbers and branches; each by its own index, then one order. Who called is what was
 * shown to his telephones, never more: a caller who hid stays hidden. Where no telephone was there to be rung, what would have been shown
 * stands in the trace; a stranger's network does not tell us what it was asked to hide.
 */
const HISTORY = `
  WITH numbers AS (
    SELECT CASE kind WHEN 'vns' THEN key || ccc ELSE key END AS called FROM number_assignment WHERE holder_id = $1
    UNION SELECT a.key || b.ccc FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id WHERE b.member_id = $1
    UNION SELECT a.key || b.ccc FROM number_assignment a JOIN vns_branch b ON a.id = b.assignment_id WHERE a.holder_id = $1
  ),
  made AS (
    SELECT id, 'out' AS direction, dialled AS number, called, started_at, answered_at, ended_at, ended_by, reason FROM call
     WHERE member_id = $1 AND $5 AND reading IS DISTINCT FROM 'feature'
       AND ($2::timestamptz IS NULL OR (started_at, id) < ($2, $3::uuid))
     ORDER BY started_at DESC, id DESC LIMIT $4
  ),
  got AS (
    SELECT c.id, 'in' AS direction,
           CASE WHEN shown.told THEN shown.calling WHEN c.origin = 'trunk' THEN c.calling END AS number,
           c.called, c.started_at, c.answered_at, c.ended_at, c.ended_by, c.reason
      FROM numbers n JOIN LATERAL (
        SELECT * FROM call k WHERE k.called = n.called AND $6 AND k.reading IN ('pin', 'vns') AND k.member_id IS DISTINCT FROM $1
           AND ($2::timestamptz IS NULL OR (k.started_at, k.id) < ($2, $3::uuid))
         ORDER BY k.started_at DESC, k.id DESC LIMIT $4) c ON true
      LEFT JOIN LATERAL (
        (SELECT true AS told, l.calling, 0 AS rank FROM call_leg l WHERE l.call_id = c.id AND l.kind = 'device' ORDER BY l.leg LIMIT 1)
        UNION ALL
        (SELECT true, w ->> 'calling', 1 FROM json_array_elements(c.trace -> 'candidates') w WHERE w ->> 'kind' = 'device' LIMIT 1)
        ORDER BY rank LIMIT 1) shown ON true
  )
  SELECT id, direction, number, called, started_at AS "startedAt", answered_at AS "answeredAt", ended_at AS "endedAt",
         ended_by AS "endedBy", reason
    FROM (SELECT * FROM made UNION ALL SELECT * FROM got) every_one
   ORDER BY started_at DESC, id DESC LIMIT $4`;

/** Up to `count` calls of a member, newest first. */
export const callHistory = (
  sql: Sql,
  memberId: string,
  { direction, count, after }: HistoryPage,
): Promise<readonly OwnCall[]> =>
  sql.rows<OwnCall>(HISTORY, [
    memberId,
    after?.[0] ?? null,
    after?.[1] ?? null,
    count,
    direction !== 'in',
    direction !== 'out',
  ]);
