import type { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import type { Sql } from '../../infra/db/sql.js';
import { TableRows } from '../../infra/db/table-rows.js';
import { hashPassword } from '../../infra/http/sessions/passwords.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import type { AgentState } from '../domain/queue/agent-states.js';
import { companyFor, companyValues, isSeen, ownerOf, type Seen } from '../owner.js';
import type { ChangedAgent, NewAgent } from '../queues/queue.fields.js';
import {
  accountInvalid,
  agentTaken,
  agentUnknown,
  companyInvalid,
  memberInvalid,
} from '../queues/queues.failures.js';

/** An agent as the API shows him: never his secret number. */
export interface AgentView {
  readonly id: string;
  readonly companyId: string | null;
  readonly accountId: string | null;
  readonly memberId: string;
  readonly number: string;
  readonly name: string;
  readonly country: string;
  readonly languages: Readonly<Record<string, number>>;
  readonly skills: Readonly<Record<string, number>>;
  readonly supervisor: boolean;
  readonly enabled: boolean;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly since: Date;
  readonly until: Date | null;
  readonly device: string | null;
  readonly queueCallId: string | null;
  /** One of his telephones is in use without a queue: he is not rung. */
  readonly onOwnCall: boolean;
}

const PROPERTIES = [
  'id',
  'companyId',
  'accountId',
  'memberId',
  'number',
  'name',
  'country',
  'languages',
  'skills',
  'supervisor',
  'enabled',
  'state',
  'reason',
  'since',
  'until',
  'device',
  'queueCallId',
  'onOwnCall',
] as const;
export const AGENTS = new TableRows<AgentView>('queue_agent', ['id'], PROPERTIES);

export function listAgents(
  sql: Sql,
  seen: Seen,
  after: string | undefined,
  count: number,
): Promise<readonly AgentView[]> {
  return sql.rows<AgentView>(
    `SELECT id, company_id AS "companyId", account_id AS "accountId", member_id AS "memberId", number, name, country, languages,
            skills, supervisor, enabled, state, reason, since, until, device, queue_call_id AS "queueCallId",
            on_own_call AS "onOwnCall"
       FROM queue_agent
      WHERE ($1::boolean OR company_id IS NOT DISTINCT FROM $2) AND ($3::uuid IS NULL OR id > $3)
      ORDER BY id LIMIT $4`,
    [...companyValues(seen), after ?? null, count],
  );
}

export async function findAgent(sql: Sql, seen: Seen, id: string): Promise<Result<AgentView>> {
  const agent = await AGENTS.one(sql, { id });
  return agent !== undefined && isSeen(seen, ownerOf(agent.companyId)) ? ok(agent) : err(agentUnknown(id));
}

/** The agent that an account is. */
export const agentOfAccount = (sql: Sql, accountId: string): Promise<AgentView | undefined> =>
  AGENTS.one(sql, { accountId });

export async function addAgent(db: Db, seen: Seen, wanted: NewAgent): Promise<Result<AgentView>> {
  const { companyId: named = null, ...fields } = wanted;
  const companyId = companyFor(seen, named);
  const fault = await faultOf(db, companyId, fields);
  if (fault !== undefined) return err(fault);
  return unlessRefused({ '23505': agentTaken(), '23503': companyInvalid(companyId ?? '') }, async () => {
    const made = await AGENTS.insert(db, { id: newId(), companyId, ...(await stored(fields)) });
    return made === undefined ? err(agentTaken()) : ok(made);
  });
}

export async function changeAgent(
  db: Db,
  seen: Seen,
  id: string,
  changes: ChangedAgent,
): Promise<Result<AgentView>> {
  const found = await findAgent(db, seen, id);
  if (!found.ok) return found;
  const fault = await faultOf(db, found.value.companyId, changes);
  if (fault !== undefined) return err(fault);
  return unlessRefused({ '23505': agentTaken() }, async () =>
    ok((await AGENTS.update(db, { id }, await stored(changes))) ?? found.value),
  );
}

async function stored({ pin, ...fields }: ChangedAgent) {
  if (pin === undefined) return fields;
  return { ...fields, pinHash: pin === null ? null : await hashPassword(pin) };
}

/** Telephones of the company, of an office of it, or of its people; accounts of its people. The operator's agents are its own staff's. */
async function faultOf(
  sql: Sql,
  companyId: string | null,
  { memberId, accountId }: ChangedAgent,
): Promise<Failure | undefined> {
  if (memberId !== undefined) {
    const members = await sql.rows(
      `SELECT FROM member m WHERE m.id = $1 AND ($2::uuid IS NULL OR m.id = $2
          OR EXISTS (SELECT FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id
                      WHERE b.member_id = m.id AND a.holder_id = $2)
          OR EXISTS (SELECT FROM user_account u WHERE u.member_id = m.id AND u.company_id = $2))`,
      [memberId, companyId],
    );
    if (members.length === 0) return memberInvalid(memberId);
  }
  if (accountId == null) return undefined;
  const accounts = await sql.rows(
    'SELECT FROM user_account WHERE id = $1 AND company_id IS NOT DISTINCT FROM $2',
    [accountId, companyId],
  );
  return accounts.length === 0 ? accountInvalid(accountId) : undefined;
}
