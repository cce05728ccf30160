import type { Sql } from '../../infra/db/sql.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { countryOfNumber } from '../../numbering/index.js';
import { isSeen, type Owner, ownerOf, type Seen } from '../owner.js';
import type { Facts, Party } from './customers.service.js';

/** Who waits, or waited, in a queue: whose customer he is, and what the call tells of him. */
export async function partyOfQueueCall(
  sql: Sql,
  seen: Seen,
  id: string,
): Promise<
  Result<
    { readonly owner: Owner; readonly party: Party; readonly facts: Facts },
    Failure<'queue-call.unknown'>
  >
> {
  const [call] = await sql.rows<{
    companyId: string | null;
    number: string | null;
    memberId: string | null;
    country: string | null;
    language: string | null;
  }>(
    `SELECT company_id AS "companyId", caller_number AS number, caller_member_id AS "memberId", country, language
       FROM queue_call WHERE id = $1`,
    [id],
  );
  if (call === undefined || !isSeen(seen, ownerOf(call.companyId))) return err(unknown);
  const { companyId, number, memberId, country, language } = call;
  return ok({
    owner: ownerOf(companyId),
    party: { number, memberId },
    facts: { country: country ?? countryOfNumber(number ?? '') ?? null, language },
  });
}

const unknown = failure('queue-call.unknown', 'There is no such queue call.', {
  hint: 'GET /v1/queue-calls lists yours',
});
