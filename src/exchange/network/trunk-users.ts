import type { Sql } from '../../infra/db/sql.js';

const MOST_NAMED = 5;

/** What needs a trunk, by name, up to five of each kind; empty: nothing. */
export async function usersOfTrunk(sql: Sql, id: string): Promise<readonly string[]> {
  const rows = await sql.rows<{ name: string }>(USERS_OF_TRUNK, [id, MOST_NAMED]);
  return rows.map(({ name }) => name);
}

/** $1: the trunk, $2: how many of each kind. */
export const USERS_OF_TRUNK = `
  (SELECT 'route ' || CASE prefix WHEN '' THEN 'to everywhere' ELSE '+' || prefix END AS name
     FROM route WHERE trunk_id = $1 ORDER BY prefix LIMIT $2)
  UNION ALL (SELECT 'centre ' || id FROM centre WHERE trunk_id = $1 ORDER BY id LIMIT $2)
  UNION ALL (SELECT 'carrier ' || id FROM voip_carrier WHERE trunk_id = $1 ORDER BY id LIMIT $2)`;
