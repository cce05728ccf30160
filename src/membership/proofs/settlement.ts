import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { newId } from '../../kernel/ids.js';
import { CONTEST_HOURS, decideProof } from '../domain/decide-proof.js';
import type { ProofEvent } from '../domain/proof-states.js';
import { type MembershipMails, membershipMail } from '../mails/mails.js';
import { type Holding, holderFor, holdingOf, lockSubject, moveProof, unverify } from './holding.js';
import { PROOF_COLUMNS, type Proof } from './proof.rows.js';
import { type Subject, setVerified } from './subjects.js';

/** What comes of a proof that was given: who holds it from now on, who is asked, who is told. All in the caller's transaction. */
@Injectable()
export class ProofSettlement {
  constructor(
    private readonly outbox: Outbox,
    private readonly outgoing: OutgoingMail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The code was right, or the record there. `stillProves`: what was seen of the holder's own record. */
  async proved(tx: Tx, proof: Proof, stillProves?: boolean): Promise<void> {
    await lockSubject(tx, proof);
    const holding = await holdingOf(tx, proof);
    const holder = await holderFor(tx, holding, proof);
    const seen = holder.who === 'other' ? { ...holder, stillProves } : holder;
    switch (decideProof(seen)) {
      case 'take':
        return this.give(tx, proof, 'proved');
      case 'renew':
        return this.renew(tx, proof, holding);
      case 'take-over':
        await this.release(tx, proof, holding, 'taken.over');
        return this.give(tx, proof, 'proved');
      case 'refuse':
        return moveProof(tx, proof, 'proved', 'refused');
      case 'contest':
        await moveProof(tx, proof, 'proved', 'contested');
        await tx.run(
          'UPDATE control_proof SET contest_until = now() + make_interval(hours => $2) WHERE id = $1',
          [proof.id, CONTEST_HOURS],
        );
        return this.tell(tx, holding, 'contested', {
          subject: named(proof),
          hours: CONTEST_HOURS,
          link: `${this.config.http.publicUrl}/member/identities`,
        });
    }
  }

  /** The time of who held it has passed. */
  async contestOver(tx: Tx, proof: Proof): Promise<void> {
    await lockSubject(tx, proof);
    await this.release(tx, proof, await holdingOf(tx, proof), 'taken.over');
    await this.give(tx, proof, 'contest.over');
  }

  /** Who holds it lets go: the first who contests it has it then. */
  async letGo(tx: Tx, what: Pick<Subject, 'kind' | 'space' | 'subject'>): Promise<void> {
    await lockSubject(tx, what);
    await this.release(tx, what, await holdingOf(tx, what), 'given.up');
    const [next] = await this.contested(tx, what);
    if (next !== undefined) await this.give(tx, next, 'holder.let-go');
  }

  /** A claim goes away, or counts no longer: so does what was proved of it, and what was to be proved. */
  async dropClaim(tx: Tx, claimed: Subject): Promise<void> {
    await lockSubject(tx, claimed);
    const { claim } = await holdingOf(tx, claimed);
    if (claim !== undefined && claim.id === claimed.identityId) await this.letGo(tx, claimed);
    const open = await tx.rows<Proof>(
      `SELECT ${PROOF_COLUMNS} FROM control_proof
        WHERE identity_id = $1 AND state IN ('waiting', 'contested') FOR UPDATE`,
      [claimed.identityId],
    );
    for (const proof of open) await moveProof(tx, proof, 'given.up', 'cancelled');
  }

  private async renew(tx: Tx, proof: Proof, { proof: before, claim }: Holding): Promise<void> {
    if (before !== undefined) await moveProof(tx, before, 'renewed', 'released');
    if (claim !== undefined && proof.identityId !== null && claim.id !== proof.identityId)
      await unverify(tx, claim);
    await this.give(tx, proof, 'proved');
  }

  private async give(tx: Tx, proof: Proof, because: ProofEvent): Promise<void> {
    await moveProof(tx, proof, because, 'proved');
    await setVerified(tx, proof, true);
    for (const other of await this.contested(tx, proof))
      await moveProof(tx, other, 'holder.proved-again', 'refused');
    const { id: proofId, accountId, kind, subject } = proof;
    const memberIds = await membersOf(tx, accountId, proof.memberId);
    await this.outbox.add(tx, event('identity.proved', { proofId, accountId, memberIds, kind, subject }));
  }

  private async release(
    tx: Tx,
    { kind, subject }: Pick<Subject, 'kind' | 'subject'>,
    holding: Holding,
    because: 'taken.over' | 'given.up',
  ): Promise<void> {
    const { proof, claim } = holding;
    if (proof === undefined && claim === undefined) return;
    if (because === 'taken.over')
      await this.tell(tx, holding, 'released', { subject: named({ kind, subject }) });
    const members = proof === undefined ? [] : await membersOf(tx, proof.accountId, proof.memberId);
    const memberIds = [...new Set([...members, ...(claim === undefined ? [] : [claim.memberId])])];
    if (proof !== undefined) await moveProof(tx, proof, because, 'released');
    if (claim !== undefined) await unverify(tx, claim);
    await this.outbox.add(tx, event('identity.released', { memberIds, kind: claim?.kind ?? kind, subject }));
  }

  /** Oldest first. */
  private contested(
    tx: Tx,
    { space, subject }: Pick<Subject, 'space' | 'subject'>,
  ): Promise<readonly Proof[]> {
    return tx.rows<Proof>(
      `SELECT ${PROOF_COLUMNS} FROM control_proof WHERE space = $1 AND subject = $2 AND state = 'contested'
        ORDER BY contest_until FOR UPDATE`,
      [space, subject],
    );
  }

  /** Everybody who answers for who holds it. */
  private async tell<Kind extends 'contested' | 'released'>(
    tx: Tx,
    { proof, claim }: Holding,
    kind: Kind,
    facts: MembershipMails[Kind],
  ): Promise<void> {
    const people = await tx.rows<{ email: string; language: string }>(
      `SELECT email, language FROM user_account
        WHERE disabled_at IS NULL
          AND (id = $1 OR member_id = $2 OR (company_id = $2 AND 'company-admin' = ANY(roles)))`,
      [proof?.accountId ?? null, claim?.memberId ?? proof?.memberId ?? null],
    );
    for (const { email, language } of people)
      await this.outgoing.order(tx, {
        id: `proof-${kind}.${newId()}`,
        to: email,
        ...membershipMail(language, kind, facts),
      });
  }
}

/** The members that an account is or looks after, and the one of the claim. */
async function membersOf(tx: Tx, accountId: string, memberId: string | null): Promise<string[]> {
  const [found] = await tx.rows<{ ids: string[] }>(
    `SELECT array_remove(ARRAY[member_id, CASE WHEN 'company-admin' = ANY(roles) THEN company_id END], NULL) AS ids
       FROM user_account WHERE id = $1`,
    [accountId],
  );
  return [...new Set([...(found?.ids ?? []), ...(memberId === null ? [] : [memberId])])];
}

/** A carrier's number for people: without the carrier's id. */
const named = ({ kind, subject }: Pick<Subject, 'kind' | 'subject'>): string =>
  kind === 'carrier-number' ? subject.slice(subject.indexOf(':') + 1) : subject;
