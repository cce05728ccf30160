import type { Sql } from '../../infra/db/sql.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { deviceInvalid, notSupervisor } from '../queues/queues.failures.js';
import type { AgentView } from './agents.service.js';

/** A supervisor's own telephone, and the member whose it is. */
export interface SupervisorsPhone {
  readonly memberId: string;
  readonly language: string;
  readonly deviceId: string;
}

/**
 * The telephone of whoever wants to hear that agent: the one named, else where he is logged in, else his member's first. The exchange
 * asks once more when he has answered; here he hears at once why nothing rings.
 */
export async function supervisorsPhone(
  sql: Sql,
  accountId: string,
  agent: AgentView,
  wanted: string | undefined,
): Promise<Result<SupervisorsPhone>> {
  const [found] = await sql.rows<{ memberId: string; language: string; deviceId: string | null }>(PHONE, [
    accountId,
    agent.companyId,
    wanted ?? null,
  ]);
  if (found === undefined) return err(notSupervisor());
  const { deviceId, ...whose } = found;
  return deviceId === null ? err(deviceInvalid()) : ok({ ...whose, deviceId });
}

const PHONE = `
  SELECT m.id AS "memberId", m.language,
         (SELECT d.id FROM device d WHERE d.member_id = m.id AND d.enabled AND ($3::text IS NULL OR d.username = $3)
           ORDER BY d.username IS NOT DISTINCT FROM a.device DESC, d.created_at, d.username LIMIT 1) AS "deviceId"
    FROM queue_agent a JOIN member m ON m.id = a.member_id
   WHERE a.account_id = $1 AND a.supervisor AND a.enabled AND a.company_id IS NOT DISTINCT FROM $2`;
