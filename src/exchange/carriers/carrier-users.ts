import type { Sql } from '../../infra/db/sql.js';

/** Members who have a number at that carrier, up to five by name. */
export async function membersWithNumberOf(sql: Sql, carrierId: string): Promise<readonly string[]> {
  const rows = await sql.rows<{ name: string }>(MEMBERS_WITH_NUMBER, [carrierId]);
  return rows.map(({ name }) => name);
}

export const MEMBERS_WITH_NUMBER = `
  SELECT m.name || '''s number ' || n.number AS name
    FROM carrier_number n JOIN member m ON m.id = n.member_id
   WHERE n.carrier_id = $1 ORDER BY n.number LIMIT 5`;
