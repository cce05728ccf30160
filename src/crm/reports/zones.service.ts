import type { SlowWork } from '../../infra/db/slow-work.js';
import type { Sql } from '../../infra/db/sql.js';
import { HOUSE, type Owner } from '../owner.js';

/** Whose days reports are of. */
export async function zoneOf(sql: Sql, owner: Owner): Promise<string> {
  const [row] = await sql.rows<{ zone: string }>('SELECT zone FROM report_zone WHERE owner = $1', [owner]);
  return row?.zone ?? 'UTC';
}

/** Counts all of a company's facts anew in days of another zone; the house's zone is everybody's. Takes its time with millions of facts. */
export async function setZone(slow: SlowWork, owner: Owner, zone: string): Promise<void> {
  await slow.inTx(async (tx) => {
    await tx.run(`SELECT pg_advisory_xact_lock(hashtextextended('reports', 0))`);
    await tx.run(
      'INSERT INTO report_zone (owner, zone) VALUES ($1, $2) ON CONFLICT (owner) DO UPDATE SET zone = excluded.zone',
      [owner, zone],
    );
    const whose = owner === HOUSE ? null : owner;
    for (const table of ['report_day', 'report_agent_day', 'report_hour'])
      await tx.run(`DELETE FROM ${table} WHERE $1::text IS NULL OR owner = $1`, [whose]);
    await tx.run(RECOUNT, [whose]);
  });
}

/** A month at a time, so that no array grows too large. */
const RECOUNT = `
  SELECT report_add(part) FROM (
    SELECT array_agg(f) AS part FROM report_fact f WHERE $1::text IS NULL OR owner = $1 GROUP BY date_trunc('day', at), kind) parts`;
