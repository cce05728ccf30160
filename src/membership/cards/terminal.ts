import type { Sql } from '../../infra/db/sql.js';
import type { Principal } from '../../infra/http/principal.js';

/** The device that the session's browser is; undefined while it is none. */
export async function terminalOf(sql: Sql, { credentialId }: Principal): Promise<string | undefined> {
  const [row] = await sql.rows<{ id: string }>(
    'SELECT device_id AS id FROM browser_phone WHERE session_id = $1 AND expires_at > now()',
    [credentialId],
  );
  return row?.id;
}
