import type { Sql } from '../../infra/db/sql.js';
import type { ProofState } from '../domain/proof-states.js';
import type { Subject } from './subjects.js';

export interface Proof extends Subject {
  readonly id: string;
  readonly accountId: string;
  readonly language: string;
  readonly state: ProofState;
  readonly codeHash: Buffer | null;
  readonly challenge: string | null;
  readonly attempts: number;
  readonly sends: number;
  readonly callOrderId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly resendAfter: Date;
  readonly provedAt: Date | null;
  readonly contestUntil: Date | null;
  /** Too late for its code, or too early for another one. */
  readonly overdue: boolean;
  readonly early: boolean;
}

export const PROOF_COLUMNS = `
  id, account_id AS "accountId", kind, space, subject, member_id AS "memberId", identity_id AS "identityId", method, language, state,
  code_hash AS "codeHash", challenge, attempts, sends, call_order_id AS "callOrderId", created_at AS "createdAt",
  expires_at AS "expiresAt", resend_after AS "resendAfter", proved_at AS "provedAt", contest_until AS "contestUntil",
  expires_at <= now() AS overdue, resend_after > now() AS early`;

/** One of that account's proofs; `lock` keeps others from changing it until the transaction ends. */
export async function proofOf(
  sql: Sql,
  accountId: string,
  id: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<Proof | undefined> {
  const [proof] = await sql.rows<Proof>(
    `SELECT ${PROOF_COLUMNS} FROM control_proof WHERE id = $1 AND account_id = $2 ${lock}`,
    [id, accountId],
  );
  return proof;
}

/** Newest first, up to `count` before that id. */
export const proofsOf = (
  sql: Sql,
  accountId: string,
  count: number,
  before?: string,
): Promise<readonly Proof[]> =>
  sql.rows<Proof>(
    `SELECT ${PROOF_COLUMNS} FROM control_proof
      WHERE account_id = $1 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $2`,
    [accountId, count, before ?? null],
  );

/** What a page is shown; nothing that would prove anything. */
export const proofView = (proof: Proof, mostAttempts: number) => ({
  id: proof.id,
  kind: proof.kind,
  subject: proof.subject,
  method: proof.method,
  state: proof.state,
  attemptsLeft: proof.state === 'waiting' && proof.codeHash !== null ? mostAttempts - proof.attempts : 0,
  language: proof.language,
  createdAt: proof.createdAt,
  expiresAt: proof.expiresAt,
  resendAfter: proof.resendAfter,
  provedAt: proof.provedAt,
  contestUntil: proof.contestUntil,
  memberId: proof.memberId,
  identityId: proof.identityId,
  dns:
    proof.challenge === null
      ? null
      : { name: challengeName(proof.subject), type: 'TXT', value: `anydial=${proof.challenge}` },
});

export const challengeName = (domain: string): string => `_anydial-challenge.${domain}`;
