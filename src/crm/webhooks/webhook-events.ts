import { Injectable } from '@nestjs/common';
import { type EventOf, Handles, HandlesMany } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { ownerOf } from '../owner.js';
import { tellWebhooks } from './deliveries.service.js';

/** Hands on to webhooks what the modules tell each other. A company's matter is what it, its branches or its people did. */
@Injectable()
export class WebhookEvents {
  @HandlesMany('webhooks.call-ended', 'call.ended')
  async callsEnded(calls: readonly EventOf<'call.ended'>[], tx: Tx): Promise<void> {
    // The hottest topic of all, and mostly nobody listens.
    const [heard] = await tx.rows(
      `SELECT FROM webhook_endpoint WHERE 'call.ended' = ANY (events) AND disabled_at IS NULL LIMIT 1`,
    );
    if (heard === undefined) return;
    for (const { callId, memberId, called, onNet, answeredAt, endedAt } of calls) {
      const [at, answered] = [new Date(endedAt), answeredAt === null ? null : new Date(answeredAt)];
      await tellWebhooks(tx, {
        owner: await companyOfMember(tx, memberId),
        event: 'call.ended',
        about: callId,
        at,
        data: { callId, memberId, called, onNet, answeredAt: answered, endedAt: at },
      });
    }
  }

  @Handles('webhooks.order-changed', 'order.told')
  async orderChanged({ orderId, about }: EventOf<'order.told'>, tx: Tx): Promise<void> {
    const [order] = await tx.rows<{ holderId: string; state: string }>(
      'SELECT holder_id AS "holderId", state FROM shop_order WHERE id = $1',
      [orderId],
    );
    if (order === undefined) return;
    await tellWebhooks(tx, {
      owner: await companyOfMember(tx, order.holderId),
      event: 'order.changed',
      about: `${orderId}.${about}`,
      at: new Date(),
      data: { orderId, state: order.state, about },
    });
  }

  @Handles('webhooks.payment-settled', 'top-up.settled')
  async paymentSettled({ topUpId, outcome }: EventOf<'top-up.settled'>, tx: Tx): Promise<void> {
    const [payer] = await tx.rows<{ memberId: string | null }>(
      `SELECT p.member_id AS "memberId" FROM top_up t JOIN payer p ON p.account_id = t.account_id
        WHERE t.id = $1 ORDER BY p.member_id LIMIT 1`,
      [topUpId],
    );
    await tellWebhooks(tx, {
      owner: await companyOfMember(tx, payer?.memberId ?? null),
      event: 'payment.settled',
      about: topUpId,
      at: new Date(),
      data: { topUpId, outcome },
    });
  }

  @Handles('webhooks.number-assigned', 'number.assigned')
  async numberAssigned(
    { orderId, contractId, memberId, key, kind }: EventOf<'number.assigned'>,
    tx: Tx,
  ): Promise<void> {
    await tellWebhooks(tx, {
      owner: await companyOfMember(tx, memberId),
      event: 'number.assigned',
      about: contractId,
      at: new Date(),
      data: { orderId, contractId, memberId, number: key, kind },
    });
  }

  @Handles('webhooks.voicemail-left', 'voice-message.left')
  async voicemailLeft({ messageId }: EventOf<'voice-message.left'>, tx: Tx): Promise<void> {
    const [message] = await tx.rows<{ mailbox: string; durationMs: number; receivedAt: Date }>(
      'SELECT mailbox, duration_ms AS "durationMs", received_at AS "receivedAt" FROM voice_message WHERE id = $1',
      [messageId],
    );
    if (message === undefined) return;
    await tellWebhooks(tx, {
      owner: await companyOfMember(tx, message.mailbox),
      event: 'voicemail.left',
      about: messageId,
      at: message.receivedAt,
      data: { messageId, memberId: message.mailbox, durationMs: message.durationMs },
    });
  }
}

/** The company whose matter a member's is; the house's where he belongs to none. */
async function companyOfMember(tx: Tx, memberId: string | null): Promise<string> {
  if (memberId === null) return ownerOf(null);
  const [member] = await tx.rows<{ companyId: string | null }>(
    `SELECT coalesce(company_id, CASE WHEN kind = 'company' THEN id END) AS "companyId" FROM member WHERE id = $1`,
    [memberId],
  );
  return ownerOf(member?.companyId ?? null);
}
