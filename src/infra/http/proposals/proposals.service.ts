import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import type { Sql } from '../../db/sql.js';
import type { Tx } from '../../db/tx.js';
import * as failures from './proposal.failures.js';
import { PROPOSAL_HOURS, type ProposalState } from './proposal-states.js';

/** How a kind of proposal is done once it is approved: inside the deciding transaction, and what has to follow its commit. */
export interface ProposalKind {
  readonly kind: string;
  carryOut(tx: Tx, wish: unknown, by: Deciders): Promise<Result<unknown, Failure>>;
  /** Told with no transaction open. Safe to call again; what it misses a sweep does. */
  afterwards?(outcome: unknown): Promise<void>;
}
export interface Deciders {
  readonly proposedBy: string;
  readonly approvedBy: string;
}
export interface NewProposal {
  readonly kind: string;
  /** What it is about: of one kind, one waits for each. */
  readonly subject: string;
  readonly about: string;
  /** JSON: amounts as text. */
  readonly wish: object;
  readonly proposedBy: string;
}
export interface ProposalView {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly about: string;
  readonly state: ProposalState;
  readonly proposedBy: string;
  readonly proposedByEmail: string | null;
  readonly proposedAt: Date;
  readonly expiresAt: Date;
  readonly decidedBy: string | null;
  readonly decidedByEmail: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

const STATE = `CASE WHEN p.state = 'waiting' AND p.expires_at <= now() THEN 'expired' ELSE p.state END`;
const VIEW = `
  SELECT p.id, p.kind, p.subject, p.about, ${STATE} AS state, p.proposed_by AS "proposedBy", a.email AS "proposedByEmail",
         p.proposed_at AS "proposedAt", p.expires_at AS "expiresAt", p.decided_by AS "decidedBy", d.email AS "decidedByEmail",
         p.decided_at AS "decidedAt", p.reason
    FROM proposal p LEFT JOIN user_account a ON a.id = p.proposed_by LEFT JOIN user_account d ON d.id = p.decided_by`;

/** What one person proposes and another decides. Modules register their kinds when they begin. */
@Injectable()
export class Proposals {
  private readonly kinds = new Map<string, ProposalKind>();

  constructor(private readonly db: Db) {}

  register(kind: ProposalKind): void {
    if (this.kinds.has(kind.kind)) throw new Error(`two kinds of proposal named ${kind.kind}`);
    this.kinds.set(kind.kind, kind);
  }

  async propose(tx: Tx, wanted: NewProposal): Promise<Result<ProposalView, Failure>> {
    if (!this.kinds.has(wanted.kind)) throw new Error(`no kind of proposal named ${wanted.kind}`);
    await tx.run(
      `UPDATE proposal SET state = 'expired' WHERE kind = $1 AND subject = $2 AND state = 'waiting' AND expires_at <= now()`,
      [wanted.kind, wanted.subject],
    );
    const id = newId();
    const made = await tx.run(
      `INSERT INTO proposal (id, kind, subject, about, wish, proposed_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(hours => $7))
       ON CONFLICT (kind, subject) WHERE state = 'waiting' DO NOTHING`,
      [
        id,
        wanted.kind,
        wanted.subject,
        wanted.about,
        JSON.stringify(wanted.wish),
        wanted.proposedBy,
        PROPOSAL_HOURS,
      ],
    );
    return made === 1 ? this.find(tx, id) : err(failures.proposalWaits());
  }

  async find(sql: Pick<Sql, 'rows'>, id: string): Promise<Result<ProposalView, Failure>> {
    const [found] = await sql.rows<ProposalView>(`${VIEW} WHERE p.id = $1`, [id]);
    return found === undefined ? err(failures.proposalUnknown()) : ok(found);
  }

  /** Newest first. */
  list(
    state: ProposalState | undefined,
    count: number,
    before: string | undefined,
  ): Promise<readonly ProposalView[]> {
    return this.db.rows<ProposalView>(
      `${VIEW} WHERE ($1::text IS NULL OR ${STATE} = $1) AND ($2::uuid IS NULL OR p.id < $2) ORDER BY p.id DESC LIMIT $3`,
      [state ?? null, before ?? null, count],
    );
  }

  /** Does what was proposed, and notes who agreed, in one transaction: when it cannot be done any more, it stays undecided. */
  async approve(id: string, by: string, reason: string | undefined): Promise<Result<ProposalView, Failure>> {
    let afterwards = async (): Promise<void> => undefined;
    const decided = await this.db.inTx(async (tx) => {
      const proposal = await this.lockFor(tx, id, by);
      if (!proposal.ok) return proposal;
      const { kind, wish, proposedBy } = proposal.value;
      const how = this.kinds.get(kind);
      if (how === undefined) throw new Error(`no kind of proposal named ${kind}`);
      const outcome = await how.carryOut(tx, wish, { proposedBy, approvedBy: by });
      if (!outcome.ok) return outcome;
      afterwards = async () => how.afterwards?.(outcome.value);
      return this.decide(tx, id, 'approved', by, reason);
    });
    if (decided.ok) await afterwards();
    return decided;
  }

  reject(id: string, by: string, reason: string): Promise<Result<ProposalView, Failure>> {
    return this.db.inTx(async (tx) => {
      const proposal = await this.lockFor(tx, id, by);
      return proposal.ok ? this.decide(tx, id, 'rejected', by, reason) : proposal;
    });
  }

  withdraw(id: string, by: string): Promise<Result<ProposalView, Failure>> {
    return this.db.inTx(async (tx) => {
      const proposal = await this.lockWaiting(tx, id);
      if (!proposal.ok) return proposal;
      if (proposal.value.proposedBy !== by) return err(failures.notProposer());
      return this.decide(tx, id, 'withdrawn', by, undefined);
    });
  }

  private async decide(tx: Tx, id: string, state: ProposalState, by: string, reason: string | undefined) {
    await tx.run(
      'UPDATE proposal SET state = $2, decided_by = $3, decided_at = now(), reason = $4 WHERE id = $1',
      [id, state, by, reason ?? null],
    );
    return this.find(tx, id);
  }

  private async lockFor(tx: Tx, id: string, by: string): Promise<Result<Locked, Failure>> {
    const proposal = await this.lockWaiting(tx, id);
    if (proposal.ok && proposal.value.proposedBy === by) return err(failures.samePerson());
    return proposal;
  }

  private async lockWaiting(tx: Tx, id: string): Promise<Result<Locked, Failure>> {
    const [found] = await tx.rows<Locked>(
      `SELECT p.kind, p.wish, p.proposed_by AS "proposedBy", ${STATE} AS state FROM proposal p WHERE p.id = $1 FOR UPDATE`,
      [id],
    );
    if (found === undefined) return err(failures.proposalUnknown());
    return found.state === 'waiting' ? ok(found) : err(failures.proposalOver(found.state));
  }
}

interface Locked {
  readonly kind: string;
  readonly wish: unknown;
  readonly proposedBy: string;
  readonly state: ProposalState;
}
