import { createHash } from 'node:crypto';
import type { Sql } from '../../infra/db/sql.js';

/** In an hour. */
const LIMITS = { source: 10, number: 30 } as const;

/**
 * Writes a visit down before anything is done for it; false when the challenge was used before, or there are too many from that source or
 * for that number. Says nothing of whether there is such a number.
 */
export async function admitVisit(
  sql: Sql,
  challenge: string,
  number: string,
  source: string,
): Promise<boolean> {
  const hash = createHash('sha256').update(challenge).digest();
  const written = await sql.run(
    'INSERT INTO page_visit (challenge, number, source) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [hash, number, source],
  );
  if (written === 0) return false;
  const [counts] = await sql.rows<Record<'source' | 'number', string>>(
    `SELECT (SELECT count(*) FROM page_visit WHERE source = $1 AND at > now() - interval '1 hour') AS source,
            (SELECT count(*) FROM page_visit WHERE number = $2 AND at > now() - interval '1 hour') AS number`,
    [source, number],
  );
  return Number(counts?.source) <= LIMITS.source && Number(counts?.number) <= LIMITS.number;
}
