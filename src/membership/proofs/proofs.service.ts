import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { codeFits, codeHash, newMailedCode, newSpokenCode } from '../codes.js';
import { MOST_ATTEMPTS, MOST_SENDS, RESEND_SECONDS, WAIT_MINUTES } from '../domain/decide-proof.js';
import { membershipMail } from '../mails/mails.js';
import { holdingOf, moveProof } from './holding.js';
import { type Proof, proofOf } from './proof.rows.js';
import { isStillHis } from './proved.js';
import { ProofSettlement } from './settlement.js';
import type { Subject } from './subjects.js';
import { TxtRecords } from './txt-records.js';

/** A proof that waits, and the code that has to be spoken for it (by a call): whoever began it sees to the call in the same transaction. */
export interface WaitingProof {
  readonly proof: Proof;
  readonly spoken: string | undefined;
}

/** Proofs of control: a code by call or mail that is typed back, or a record in the DNS. */
@Injectable()
export class Proofs {
  constructor(
    private readonly db: Db,
    private readonly outgoing: OutgoingMail,
    private readonly settlement: ProofSettlement,
    private readonly records: TxtRecords,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Begins one; what the account has waiting for the same is given up. `callOrderId`: of the call that will speak the code. */
  async begin(
    tx: Tx,
    accountId: string,
    language: string,
    what: Subject,
    callOrderId: string | undefined,
  ): Promise<WaitingProof> {
    await tx.run(
      `UPDATE control_proof SET state = 'cancelled', code_hash = NULL
        WHERE account_id = $1 AND space = $2 AND subject = $3 AND state = 'waiting'`,
      [accountId, what.space, what.subject],
    );
    const id = newId();
    const code = what.method === 'dns' ? undefined : newCode(what.method);
    await tx.run(
      `INSERT INTO control_proof (id, account_id, kind, space, subject, member_id, identity_id, method, language, state, code_hash,
                                  challenge, call_order_id, expires_at, resend_after)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11, $12,
               now() + make_interval(mins => $13), now() + make_interval(secs => $14))`,
      [
        id,
        accountId,
        what.kind,
        what.space,
        what.subject,
        what.memberId,
        what.identityId,
        what.method,
        language,
        code === undefined ? null : codeHash(this.config.sessionSecret, id, code),
        what.method === 'dns' ? randomBytes(18).toString('base64url') : null,
        callOrderId ?? null,
        WAIT_MINUTES[what.method],
        RESEND_SECONDS,
      ],
    );
    return this.deliver(tx, accountId, id, code);
  }

  /** Another code for the same proof; the one before is void. */
  async again(
    tx: Tx,
    accountId: string,
    id: string,
    callOrderId: string | undefined,
  ): Promise<Result<WaitingProof>> {
    const proof = await proofOf(tx, accountId, id, 'FOR UPDATE');
    if (proof === undefined) return err(unknown);
    if (proof.state !== 'waiting' || proof.overdue || proof.method === 'dns') return err(over(proof));
    if (proof.early || proof.sends >= MOST_SENDS) return err(tooEarly);
    const code = newCode(proof.method);
    await tx.run(
      `UPDATE control_proof SET sends = sends + 1, code_hash = $2, call_order_id = $3,
              resend_after = now() + make_interval(secs => $4) WHERE id = $1`,
      [id, codeHash(this.config.sessionSecret, id, code), callOrderId ?? null, RESEND_SECONDS],
    );
    return ok(await this.deliver(tx, accountId, id, code));
  }

  /** A code typed back: right or wrong, it counts. */
  async typed(accountId: string, id: string, code: string): Promise<Result<Proof>> {
    const tried = await this.db.inTx<Result<{ proof: Proof; wrong: boolean }>>(async (tx) => {
      const proof = await proofOf(tx, accountId, id, 'FOR UPDATE');
      if (proof === undefined) return err(unknown);
      if (proof.state !== 'waiting' || proof.overdue || proof.method === 'dns') return err(over(proof));
      const right = codeFits(this.config.sessionSecret, id, proof.codeHash, code);
      if (right) await this.settlement.proved(tx, proof);
      else await this.wrong(tx, proof);
      return ok({ proof: (await proofOf(tx, accountId, id)) ?? proof, wrong: !right });
    });
    if (!tried.ok) return tried;
    return tried.value.wrong ? err(wrongCode) : ok(tried.value.proof);
  }

  /** Looks at the DNS: outside any transaction, at the prover's record and at the one of who holds the domain now. */
  async looked(accountId: string, id: string): Promise<Result<Proof>> {
    const before = await proofOf(this.db, accountId, id);
    if (before === undefined) return err(unknown);
    if (before.method !== 'dns') return err(codeWanted);
    if (before.state !== 'waiting' || before.overdue) return err(over(before));
    const { proof: holders } = await holdingOf(this.db, before);
    const seen = await this.records.challengesOf(before.subject);
    if (seen === 'unknown') return err(dnsAway);
    if (!seen.has(before.challenge ?? '')) return err(notThere(before));
    return this.db.inTx(async (tx) => {
      const proof = await proofOf(tx, accountId, id, 'FOR UPDATE');
      if (proof === undefined || proof.state !== 'waiting') return err(over(proof ?? before));
      // Without a challenge (an operator vouched for it) there is nothing to look at: then he is asked.
      const challenge = holders?.challenge ?? null;
      await this.settlement.proved(tx, proof, challenge === null ? undefined : seen.has(challenge));
      return ok((await proofOf(tx, accountId, id)) ?? proof);
    });
  }

  /** Gives up what waits, lets go of what is proved. */
  giveUp(accountId: string, id: string): Promise<Result<void>> {
    return this.db.inTx(async (tx) => {
      const proof = await proofOf(tx, accountId, id, 'FOR UPDATE');
      if (proof === undefined || !(await isStillHis(tx, id))) return err(unknown);
      if (proof.state === 'proved') await this.settlement.letGo(tx, proof);
      else if (proof.state === 'waiting' || proof.state === 'contested')
        await moveProof(tx, proof, 'given.up', 'cancelled');
      else return err(over(proof));
      return ok(undefined);
    });
  }

  private async wrong(tx: Tx, proof: Proof): Promise<void> {
    await tx.run('UPDATE control_proof SET attempts = attempts + 1 WHERE id = $1', [proof.id]);
    if (proof.attempts + 1 >= MOST_ATTEMPTS) await moveProof(tx, proof, 'wrong', 'failed');
  }

  private async deliver(
    tx: Tx,
    accountId: string,
    id: string,
    code: string | undefined,
  ): Promise<WaitingProof> {
    const proof = await proofOf(tx, accountId, id);
    if (proof === undefined) throw new Error('the proof is gone');
    if (proof.method !== 'mail' || code === undefined) return { proof, spoken: code };
    const facts = { address: proof.subject, code, minutes: WAIT_MINUTES.mail };
    await this.outgoing.order(tx, {
      id: `proof.${id}.${proof.sends}`,
      to: proof.subject,
      ...membershipMail(proof.language, 'emailProof', facts),
    });
    return { proof, spoken: undefined };
  }
}

const newCode = (method: 'call' | 'mail'): string => (method === 'call' ? newSpokenCode() : newMailedCode());

export const unknown = failure('proof.unknown', 'You have no such proof.', {
  hint: 'GET /v1/proofs lists yours',
});
const over = ({ state, overdue, method }: Proof) =>
  failure(
    'proof.gone',
    `This proof is ${state === 'waiting' && overdue ? 'expired' : state}${method === 'dns' ? ', and has no code' : ''}.`,
    {
      hint: 'begin another with POST /v1/proofs',
    },
  );
const wrongCode = failure('code.mismatch', 'That is not the code.', {
  hint: 'listen to the newest call, or read the newest mail; after five wrong codes you have to begin again',
});
const tooEarly = failure('code.too-many', 'A code was sent a moment ago, or five times already.', {
  hint: 'wait until resendAfter, or begin another proof',
  retry: 'safe',
});
const codeWanted = failure('request.invalid', 'A code is wanted.', { hint: 'send {"code": "…"}' });
const dnsAway = failure('dns.unavailable', 'The name servers of that domain do not answer.', {
  hint: 'try again in a minute',
  retry: 'safe',
});
const notThere = ({ subject, challenge }: Proof) =>
  failure(
    'proof.mismatch',
    `There is no TXT record anydial=${challenge} at _anydial-challenge.${subject} yet.`,
    {
      hint: 'a new record can take an hour to be seen; look again then',
    },
  );
