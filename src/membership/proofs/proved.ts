import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { EVIDENCE_DAYS } from '../domain/decide-proof.js';

/** Has this account proved control of that telephone (+E.164), now? By a proof of its own, or as its member's proved contact number. */
export async function provedTelephone(sql: Sql, accountId: string, e164: string): Promise<boolean> {
  const found = await sql.rows(PROVED, [accountId, e164, EVIDENCE_DAYS]);
  return found.length > 0;
}

/** The proved telephone becomes a proved contact number of the member: once he is one, or gets the number that embeds it. */
export async function keepProvedNumber(
  tx: Tx,
  wanted: {
    readonly accountId: string;
    readonly memberId: string;
    readonly e164: string;
    readonly label: string;
  },
): Promise<Result<{ readonly id: string }, Failure<'proof.not-found'>>> {
  const { accountId, memberId, e164, label } = wanted;
  if (!(await provedTelephone(tx, accountId, e164))) return err(notProved(e164));
  // An operator may have vouched for somebody else's claim since: then it is that one's.
  const others = await tx.rows(
    'SELECT FROM contact_number WHERE e164 = $1 AND member_id <> $2 AND verified_at IS NOT NULL',
    [e164, memberId],
  );
  if (others.length > 0) return err(notProved(e164));
  const [kept] = await tx.rows<{ id: string }>(
    `INSERT INTO contact_number (id, member_id, e164, label, verified_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (member_id, e164) DO UPDATE SET verified_at = coalesce(contact_number.verified_at, now()) RETURNING id`,
    [newId(), memberId, e164, label],
  );
  await tx.run(
    `UPDATE control_proof SET kind = 'contact-number', member_id = $3, identity_id = $4
      WHERE account_id = $1 AND space = 'telephone' AND subject = $2 AND state = 'proved' AND kind = 'telephone'`,
    [accountId, e164, memberId, kept?.id],
  );
  return ok({ id: kept?.id ?? '' });
}

/** The proof is a member's: whoever gave it as the administrator of a company leaves it there when he goes. */
const LOOKS_AFTER = `(p.member_id IS NULL OR p.member_id = a.member_id
       OR ('company-admin' = ANY (a.roles) AND EXISTS (
         SELECT FROM member m WHERE m.id = p.member_id AND a.company_id IN (m.id, m.company_id))))`;

/** Whether that proof is still the account's to use, and to let go of. */
export async function isStillHis(sql: Sql, proofId: string): Promise<boolean> {
  const found = await sql.rows(
    `SELECT FROM control_proof p JOIN user_account a ON a.id = p.account_id WHERE p.id = $1 AND ${LOOKS_AFTER}`,
    [proofId],
  );
  return found.length > 0;
}

const PROVED = `
  SELECT FROM control_proof p JOIN user_account a ON a.id = p.account_id
   WHERE p.account_id = $1 AND p.space = 'telephone' AND p.subject = $2 AND p.state = 'proved'
     AND (p.kind <> 'telephone' OR p.proved_at > now() - make_interval(days => $3))
     AND ${LOOKS_AFTER}
  UNION ALL
  SELECT FROM contact_number c JOIN user_account a
      ON c.member_id = a.member_id OR (c.member_id = a.company_id AND 'company-admin' = ANY(a.roles))
   WHERE a.id = $1 AND c.e164 = $2 AND c.verified_at IS NOT NULL`;

const notProved = (e164: string): Failure<'proof.not-found'> =>
  failure('proof.not-found', `Control of ${e164} is not proved.`, { hint: 'POST /v1/proofs first' });
