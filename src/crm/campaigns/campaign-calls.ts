import { Injectable } from '@nestjs/common';
import { type EventOf, event, Handles } from '../../events.js';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { PageEvents } from '../../infra/http/events/page-events.js';
import type { Outbox } from '../../infra/outbox/outbox.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { numberForPeople } from '../../numbering/index.js';
import { companyOf, HOUSE, type Owner } from '../owner.js';
import { type ContactRow, notReached, ownContact } from './contacts.service.js';

export const PURPOSE = 'campaign';
/** An agent who presses "dial" sits before his telephone. */
const EXPIRES_MS = 60_000;
const RING_SECONDS = 30;

/** The agent that an account is, with what is needed to ring and to choose for him. */
export interface DeskAgent {
  readonly id: string;
  readonly memberId: string;
  readonly owner: Owner;
  readonly languages: readonly string[];
  readonly deviceId: string | null;
}

export async function agentOf(
  sql: Sql,
  accountId: string,
): Promise<Result<DeskAgent, Failure<'agent.unknown'>>> {
  const [row] = await sql.rows<Omit<DeskAgent, 'owner'> & { companyId: string | null }>(
    `SELECT a.id, a.member_id AS "memberId", a.company_id AS "companyId",
            ARRAY(SELECT split_part(key, '-', 1) FROM jsonb_each_text(a.languages) WHERE value::numeric > 0) AS languages,
            (SELECT d.id FROM device d WHERE d.username = a.device AND d.enabled) AS "deviceId"
       FROM queue_agent a WHERE a.account_id = $1 AND a.enabled`,
    [accountId],
  );
  if (row === undefined) return err(noAgent);
  const { companyId, ...agent } = row;
  return ok({ ...agent, owner: companyId ?? HOUSE });
}

/** Rings the agent's telephone, and when he answers, the contact. Nothing is rung before the transaction commits. */
export async function callContact(
  tx: Tx,
  outbox: Outbox,
  agent: DeskAgent,
  accountId: string,
  contact: ContactRow,
): Promise<string> {
  const orderId = newId();
  const company = companyOf(agent.owner);
  await tx.run(
    'INSERT INTO campaign_attempt (order_id, contact_id, owner, account_id) VALUES ($1, $2, $3, $4)',
    [orderId, contact.id, contact.owner, accountId],
  );
  await outbox.add(
    tx,
    event('call-order.wanted', {
      orderId,
      purpose: PURPOSE,
      account: company === null ? { kind: 'house' } : { kind: 'member', memberId: company },
      ring:
        agent.deviceId === null
          ? { kind: 'member', memberId: agent.memberId }
          : { kind: 'device', deviceId: agent.deviceId },
      ringSeconds: RING_SECONDS,
      language: contact.language,
      onAnswer: { do: 'connect', dial: dialled(contact.number) },
      expiresAt: new Date(Date.now() + EXPIRES_MS).toISOString(),
    }),
  );
  return orderId;
}

/** As anybody's telephone may dial it. */
const dialled = (number: string): string => (number.startsWith('+') ? number : numberForPeople(number));

/** What became of campaigns' calls. */
@Injectable()
export class CampaignCalls {
  constructor(private readonly pages: PageEvents) {}

  @Handles('campaigns.note-call', 'call-order.ended')
  async noteCall(ended: EventOf<'call-order.ended'>, tx: Tx): Promise<void> {
    if (ended.purpose !== PURPOSE) return;
    const [attempt] = await tx.rows<{ contactId: string; accountId: string }>(NOTE, [
      ended.orderId,
      ended.callId,
      ended.cause,
      ended.connectedAt === null ? null : new Date(ended.connectedAt),
    ]);
    if (attempt === undefined) return;
    // The agent himself was not reached: that is nobody's attempt to call the customer.
    if (ended.answeredAt !== null) await this.count(tx, attempt, ended.connectedAt !== null);
    this.pages.after(tx, {
      at: [{ topic: 'campaign-desk', key: attempt.accountId }],
      type: 'campaign-call.ended',
      data: {
        contactId: attempt.contactId,
        callId: ended.callId,
        cause: ended.cause,
        connected: ended.connectedAt !== null,
      },
    });
  }

  /** After a talk the agent says what came of it; otherwise the contact goes back by itself. */
  private async count(
    tx: Tx,
    { contactId, accountId }: { contactId: string; accountId: string },
    connected: boolean,
  ) {
    await tx.run('UPDATE campaign_contact SET attempts = attempts + 1 WHERE id = $1', [contactId]);
    if (connected) return;
    const contact = await ownContact(tx, { accountId }, contactId);
    if (contact.ok) await notReached(tx, contact.value);
  }
}

const NOTE = `
  UPDATE campaign_attempt SET call_id = $2, cause = $3, connected_at = $4, ended_at = now()
   WHERE order_id = $1 AND ended_at IS NULL RETURNING contact_id AS "contactId", account_id AS "accountId"`;
const noAgent = failure('agent.unknown', 'You are no agent of a queue.', {
  hint: 'ask your supervisor to make you one (POST /v1/agents)',
});
