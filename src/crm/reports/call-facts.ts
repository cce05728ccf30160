import type { Sql } from '../../infra/db/sql.js';
import { countryOfNumber } from '../../numbering/index.js';
import { HOUSE } from '../owner.js';
import type { Fact } from './facts.js';

interface CallRow {
  readonly id: string;
  readonly at: Date;
  readonly calling: string | null;
  readonly country: string | null;
  readonly language: string | null;
  readonly callerOwner: string | null;
  readonly calledOwner: string | null;
  readonly answered: boolean;
  readonly talkedMs: number;
}

/** Of ended calls: each once for whoever made it, and once more for the company whose number was called. */
export async function callFacts(sql: Sql, callIds: readonly string[]): Promise<readonly Fact[]> {
  const rows = await sql.rows<CallRow>(CALLS, [callIds]);
  return rows.flatMap((row) => {
    const fact = {
      id: row.id,
      at: row.at,
      country: row.country ?? countryOfNumber(row.calling ?? '') ?? '',
      language: primary(row.language),
      answered: row.answered,
      talkedMs: row.talkedMs,
    };
    return [
      { ...fact, kind: 'call' as const, owner: row.callerOwner ?? HOUSE },
      ...(row.calledOwner === null ? [] : [{ ...fact, kind: 'received' as const, owner: row.calledOwner }]),
    ];
  });
}

/** `ko-KR` counts as `ko`. */
export const primary = (tag: string | null): string => tag?.split('-', 1)[0] ?? '';

/** Whose member: the company itself, the company whose branch he answers for; persons are the house's. */
export const OWNER_OF_MEMBER = `
  CASE WHEN m.kind = 'company' THEN m.id ELSE
    (SELECT a.holder_id FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id WHERE b.member_id = m.id LIMIT 1) END`;

const CALLS = `
  SELECT c.id, c.started_at AS at, c.calling, m.country, m.language, ${OWNER_OF_MEMBER} AS "callerOwner",
         (SELECT a.holder_id FROM number_assignment a WHERE c.reading = 'vns' AND a.key = split_part(c.called, '#', 1) || '#') AS "calledOwner",
         c.answered_at IS NOT NULL AS answered,
         coalesce(round(extract(epoch FROM c.ended_at - c.answered_at) * 1000), 0)::float8 AS "talkedMs"
    FROM call c LEFT JOIN member m ON m.id = c.member_id
   WHERE c.id = ANY ($1) AND c.ended_at IS NOT NULL`;
