import type { Sql } from '../../infra/db/sql.js';
import { HOUSE, type Owner } from '../owner.js';

/** Of these numbers, those that this company must not call: by its own list, or the house's, which is everybody's. */
export async function forbiddenOf(
  sql: Sql,
  owner: Owner,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ number: string }>(
    'SELECT number FROM do_not_call WHERE owner IN ($1, $2) AND number = ANY ($3)',
    [owner, HOUSE, numbers],
  );
  return new Set(rows.map(({ number }) => number));
}

export const forbid = (sql: Sql, owner: Owner, number: string, reason: string, accountId: string) =>
  sql.run(
    `INSERT INTO do_not_call (owner, number, reason, account_id) VALUES ($1, $2, $3, $4) ON CONFLICT (owner, number) DO NOTHING`,
    [owner, number, reason, accountId],
  );

/** Many at once; a number that is on the list, or stands twice, keeps its first reason. */
export const forbidAll = (
  sql: Sql,
  owner: Owner,
  entries: readonly { readonly number: string; readonly reason: string }[],
  accountId: string,
) =>
  sql
    .run(
      `INSERT INTO do_not_call (owner, number, reason, account_id)
       SELECT $1, number, reason, $4 FROM unnest($2::text[], $3::text[]) AS e (number, reason) ON CONFLICT (owner, number) DO NOTHING`,
      [owner, entries.map(({ number }) => number), entries.map(({ reason }) => reason), accountId],
    )
    .then(() => undefined);
