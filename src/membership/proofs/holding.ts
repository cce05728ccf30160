import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { checkMove } from '../../kernel/fsm.js';
import type { Holder } from '../domain/decide-proof.js';
import { type ProofEvent, type ProofState, proofStates } from '../domain/proof-states.js';
import { findMeOf, setFindMe } from '../find-me.service.js';
import { PROOF_COLUMNS, type Proof } from './proof.rows.js';
import { type ProofKind, provedClaim, type Subject, setVerified } from './subjects.js';

/** Who holds a subject: an account's proof, a member's claim, or (most often) both. */
export interface Holding {
  readonly proof: Proof | undefined;
  readonly claim:
    | { readonly id: string; readonly memberId: string; readonly kind: Exclude<ProofKind, 'telephone'> }
    | undefined;
}

type What = Pick<Subject, 'space' | 'subject'>;

/** Nobody else proves, or lets go of, the same subject until the transaction ends. */
export const lockSubject = (tx: Tx, { space, subject }: What) =>
  tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`proof ${space} ${subject}`]);

export async function holdingOf(sql: Sql, what: What): Promise<Holding> {
  const [proof] = await sql.rows<Proof>(
    `SELECT ${PROOF_COLUMNS} FROM control_proof WHERE space = $1 AND subject = $2 AND state = 'proved'`,
    [what.space, what.subject],
  );
  return { proof, claim: await provedClaim(sql, what) };
}

/** The same person: his account's proof, or the claim of a member that is this one's or this account's. */
export async function holderFor(sql: Sql, { proof, claim }: Holding, prover: Proof): Promise<Holder> {
  if (proof === undefined && claim === undefined) return { who: 'nobody' };
  const [own] = await sql.rows<{ members: string[] }>(
    `SELECT array_remove(ARRAY[member_id, CASE WHEN 'company-admin' = ANY(roles) THEN company_id END, $2::uuid], NULL) AS members
       FROM user_account WHERE id = $1`,
    [prover.accountId, prover.memberId],
  );
  const claimIsOwn = claim !== undefined && (own?.members ?? []).includes(claim.memberId);
  const proofIsOwn = proof !== undefined && proof.accountId === prover.accountId;
  return claimIsOwn || (claim === undefined && proofIsOwn) ? { who: 'prover' } : { who: 'other' };
}

/** Moves a proof, as the table allows, and nothing else. */
export async function moveProof(
  tx: Tx,
  proof: Pick<Proof, 'id' | 'state'>,
  event: ProofEvent,
  to: ProofState,
): Promise<void> {
  const move = checkMove(proofStates, { from: proof.state, event, to });
  if (!move.ok) throw new Error(move.failure.message);
  await tx.run(
    `UPDATE control_proof SET state = $2, proved_at = CASE WHEN $2 IN ('proved', 'contested') THEN now() ELSE proved_at END,
            code_hash = NULL WHERE id = $1`,
    [proof.id, to],
  );
}

/** A claim does not count any more: it leaves the find-me order, and is not proved. Whose it was keeps the claim itself. */
export async function unverify(tx: Tx, claim: NonNullable<Holding['claim']>): Promise<void> {
  const before = await findMeOf(tx, claim.memberId);
  const steps = before.filter(({ target }) => target !== claim.id);
  if (steps.length < before.length) {
    const kept = steps.map((step, index) => (index === 0 ? { ...step, withPrevious: false } : step));
    const set = await setFindMe(tx, claim.memberId, kept);
    if (!set.ok) throw new Error(set.failure.message);
  }
  await setVerified(tx, { kind: claim.kind, identityId: claim.id }, false);
}
