import { seedLabBilling } from '../../../src/cli/lab-billing.js';
import type { UserRole } from '../../../src/infra/http/policies.js';
import { newId } from '../../../src/kernel/ids.js';
import type { SignedIn } from '../../support/http-client.js';
import type { ConfigChoices } from '../../support/test-config.js';
import { type Desk, memberNamed, openDesk, world } from '../desk/desk.js';

/** The demo world with Hanbit's centre: two agents of the company, one of another, and one of the house. */
export interface Centre extends Desk {
  readonly hanbit: string;
  readonly other: string;
  readonly agent: SignedIn;
  readonly supervisor: SignedIn;
  readonly stranger: SignedIn;
  readonly houseAgent: SignedIn;
  /** A queue of that company (null: the house's); its id. */
  queue(companyId: string | null, name?: string): Promise<string>;
  /** A call to a queue that has ended; ids of the visit and the call. */
  ended(queueId: string, facts?: QueueCallFacts): Promise<{ readonly id: string; readonly callId: string }>;
  status(route: string, body?: unknown, who?: SignedIn): Promise<number>;
}
export interface QueueCallFacts {
  readonly number?: string | null;
  readonly memberId?: string | null;
  readonly agentId?: string | null;
  readonly country?: string;
  readonly language?: string;
  readonly at?: string;
  readonly outcome?: 'answered' | 'abandoned';
  readonly waitedMs?: number;
  readonly talkedMs?: number;
  readonly score?: number | null;
}

export async function openCentre(choices: Partial<ConfigChoices> = {}): Promise<Centre> {
  const desk = await openDesk(choices);
  await seedLabBilling(desk.db, world);
  const hanbit = memberNamed('Hanbit');
  const other = newId();
  await desk.db.rows(
    `INSERT INTO member (id, kind, name, language, country) VALUES ($1, 'company', 'Other', 'en', 'US')`,
    [other],
  );
  const account = (role: UserRole, companyId?: string) =>
    desk.account(role, companyId === undefined ? {} : { companyId });
  const queue: Centre['queue'] = async (companyId, name = 'Sales') => {
    const id = newId();
    await desk.db.rows(
      `INSERT INTO call_queue (id, company_id, name, country, languages) VALUES ($1, $2, $3, 'KR', '{ko,en,ja}')`,
      [id, companyId, name],
    );
    return id;
  };
  const ended: Centre['ended'] = async (queueId, facts = {}) => {
    const [id, callId] = [newId(), newId()];
    const { number = '+821012345678', at = '2026-03-02T10:00:00Z', outcome = 'answered' } = facts;
    await desk.db.rows(
      `INSERT INTO queue_call (id, call_id, node, queue_id, company_id, agent_id, caller_number, caller_member_id, dialled, country, language, priority,
                               entered_at, answered_at, ended_at, state, outcome, waited_ms, talked_ms, score)
       SELECT $1, $2, 'n', q.id, q.company_id, $4, $5, $6, '62006200', $7, $8, 0, $9, CASE WHEN $10 = 'answered' THEN $9::timestamptz END,
              $9, 'ended', $10, $11, $12, $13 FROM call_queue q WHERE q.id = $3`,
      [
        id,
        callId,
        queueId,
        facts.agentId ?? null,
        number,
        facts.memberId ?? null,
        facts.country ?? 'KR',
        facts.language ?? 'ko',
        at,
        outcome,
        facts.waitedMs ?? 5_000,
        facts.talkedMs ?? (outcome === 'answered' ? 60_000 : 0),
        facts.score ?? null,
      ],
    );
    return { id, callId };
  };
  return {
    ...desk,
    hanbit,
    other,
    agent: await account('agent', hanbit),
    supervisor: await account('supervisor', hanbit),
    stranger: await account('company-admin', other),
    houseAgent: await account('agent'),
    queue,
    ended,
    status: async (route, body, who) => (await desk.ask(route, body, who)).status,
  };
}
