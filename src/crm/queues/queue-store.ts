import { event } from '../../events.js';
import type { Db } from '../../infra/db/db.js';
import type { Outbox } from '../../infra/outbox/outbox.js';
import type { AgentNow } from '../domain/queue/agent.js';
import type { AgentRow, QueueRow, Visit } from './queue.rows.js';
import { AGENTS, END_VISIT, OPEN_VISITS, PUT_VISIT, QUEUES, SAVE_AGENT, TALKS } from './queue-store.sql.js';
import { makeWish, type QueueWish } from './wishes.js';

/** All of the tables that a decision needs. */
export interface Loaded {
  readonly queues: readonly QueueRow[];
  readonly agents: readonly AgentRow[];
  /** Of each queue, how long the latest talks took, the oldest first. */
  readonly talks: ReadonlyMap<string, readonly number[]>;
}

/** What somebody at the web wants of an agent or a call. */
export interface StoredWish {
  readonly id: string;
  readonly wish: unknown;
}

/** Queues in PostgreSQL. Of states the exchange that rings the agents is the one writer. */
export class QueueStore {
  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
  ) {}

  async load(): Promise<Loaded> {
    const [queues, agents, talks] = await Promise.all([
      this.db.rows<QueueRow>(QUEUES),
      this.db.rows<AgentRow>(AGENTS),
      this.db.rows<{ queueId: string; talks: readonly number[] }>(TALKS),
    ]);
    return { queues, agents, talks: new Map(talks.map((one) => [one.queueId, one.talks])) };
  }

  /** Who waits, or talks, at that exchange, or at any: also as a former process left it. */
  openVisits(node?: string): Promise<readonly Visit[]> {
    return this.db.rows<Visit>(OPEN_VISITS, [node ?? null]);
  }

  async put(visit: Visit): Promise<void> {
    await this.db.run(PUT_VISIT, [JSON.stringify(visit)]);
  }

  /** The visit is over, and whoever wants to know is told; twice is once. */
  async end(visit: Visit): Promise<void> {
    await this.db.inTx(async (tx) => {
      await tx.run(PUT_VISIT, [JSON.stringify({ ...visit, state: 'waiting', outcome: null, endedAt: null })]);
      const ended = await tx.run(END_VISIT, [JSON.stringify(visit)]);
      if (ended === 0) return;
      const { id: queueCallId, callId, queueId, companyId, agentId, outcome } = visit;
      const told = { queueCallId, callId, queueId, companyId, agentId, outcome: outcome ?? 'lost' };
      await this.outbox.add(tx, event('queue-call.ended', told));
    });
  }

  async saveAgent(id: string, now: AgentNow, onOwnCall: boolean): Promise<void> {
    const { state, reason, since, until, next, device, call } = now;
    await this.db.run(SAVE_AGENT, [
      id,
      state,
      reason ?? null,
      new Date(since),
      until === undefined ? null : new Date(until),
      next === undefined ? null : JSON.stringify(next),
      device ?? null,
      call ?? null,
      onOwnCall,
    ]);
  }

  async remembered(companyId: string | null, number: string): Promise<string | undefined> {
    const [row] = await this.db.rows<{ language: string }>(
      'SELECT language FROM queue_caller WHERE company_id IS NOT DISTINCT FROM $1 AND number = $2',
      [companyId, number],
    );
    return row?.language;
  }

  async remember(companyId: string | null, number: string, language: string): Promise<void> {
    await this.db.run(
      `INSERT INTO queue_caller (company_id, number, language) VALUES ($1, $2, $3)
       ON CONFLICT (company_id, number) DO UPDATE SET language = excluded.language, asked_at = now()`,
      [companyId, number, language],
    );
  }

  /** The company to which a member belongs: himself, the one for whose branch he answers, or in which he is an agent. */
  async companyOf(memberId: string): Promise<readonly (string | null)[]> {
    const rows = await this.db.rows<{ company: string | null }>(
      `SELECT id AS company FROM member WHERE id = $1 AND kind = 'company'
       UNION SELECT a.holder_id FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id WHERE b.member_id = $1
       UNION SELECT company_id FROM queue_agent WHERE member_id = $1`,
      [memberId],
    );
    return rows.map(({ company }) => company);
  }

  /** How content the caller was, of the latest visit of this call that was answered. */
  async score(callId: string, value: number): Promise<void> {
    await this.db.run(
      `UPDATE queue_call SET score = $2
        WHERE id = (SELECT id FROM queue_call WHERE call_id = $1 AND answered_at IS NOT NULL
                     ORDER BY entered_at DESC, id DESC LIMIT 1)`,
      [callId, value],
    );
  }

  /** Takes the wishes out; each is done once. */
  takeWishes(): Promise<readonly StoredWish[]> {
    return this.db.rows<StoredWish>(
      `WITH taken AS (DELETE FROM queue_wish RETURNING id, wish) SELECT id, wish FROM taken ORDER BY id`,
    );
  }

  makeWish(wanted: QueueWish): Promise<void> {
    return makeWish(this.db, wanted);
  }

  /** The SIP user name of the member's phone: the one named, if it is his (or his company's), else his first. */
  async deviceOf(memberId: string, username: string | undefined): Promise<string | undefined> {
    const [row] = await this.db.rows<{ username: string }>(
      `SELECT username FROM device WHERE member_id = $1 AND enabled AND ($2::text IS NULL OR username = $2)
        ORDER BY created_at, username LIMIT 1`,
      [memberId, username ?? null],
    );
    return row?.username;
  }
}
