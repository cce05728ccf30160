import type { Sql } from '../../infra/db/sql.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { isSeen, type Owner, ownerOf, type Seen } from '../owner.js';

/** Whose customer's call that was: the company whose queue took it, or whose campaign made it. Somebody else's is unknown. */
export async function ownerOfCall(
  sql: Sql,
  seen: Seen,
  callId: string,
): Promise<Result<Owner, Failure<'call.unknown'>>> {
  const rows = await sql.rows<{ owner: Owner }>(
    `SELECT coalesce(company_id::text, '${ownerOf(null)}') AS owner FROM queue_call WHERE call_id = $1
      UNION SELECT owner FROM campaign_attempt WHERE call_id = $1`,
    [callId],
  );
  const found = rows.find(({ owner }) => owner === seen.own) ?? rows.find(({ owner }) => isSeen(seen, owner));
  return found === undefined ? err(unknown) : ok(found.owner);
}

const unknown = failure('call.unknown', 'There is no such call of your queues or campaigns.', {
  hint: 'check its id',
});
