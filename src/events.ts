import { z } from 'zod';
import { callEnded } from './billing/domain/call-ended.js';
import { invoiceRunPlanned } from './billing/domain/invoice/invoice-events.js';
import { reRatingAdvanced } from './billing/domain/re-rating-advanced.js';
import { settlementTold } from './billing/domain/settlement/settlement-events.js';
import { refundSettled, topUpSettled } from './billing/top-ups/top-up-events.js';
import { queueCallEnded } from './crm/domain/queue-events.js';
import { callOrderEnded, callOrderWanted } from './exchange/orders/domain/order-events.js';
import { type EventHandler, HandlesTopic, HandlesTopicInBatches } from './infra/outbox/handles.js';
import type { OutboxMessage, Topics } from './infra/outbox/topics.js';
import { identityProved, identityReleased } from './membership/proofs/proof-events.js';
import {
  contractTold,
  numberAssigned,
  orderPaid,
  orderProvisioning,
  orderTold,
  terminalReturned,
  terminalSold,
} from './sales/domain/sales-events.js';

/**
 * What one module tells the others, in the past tense, and who must hear it. A topic is added here together with its
 * handlers: `'call.ended': { payload: z.object({ callId: z.uuid() }), handlers: ['billing.charge-call'] }`. A process of the
 * worker role doesn't start while a handler named here is missing. Payloads are JSON: ids and amounts as text, no bigint, no Date.
 */
export const topics = {
  'call.ended': {
    payload: callEnded,
    handlers: ['billing.charge-call', 'reports.count-calls', 'webhooks.call-ended'],
    batched: ['billing.charge-call', 'reports.count-calls', 'webhooks.call-ended'],
  },
  'queue-call.ended': {
    payload: queueCallEnded,
    handlers: ['reports.count-queue-calls', 'crm.finish-recording'],
    batched: ['reports.count-queue-calls'],
  },
  'statement.imported': { payload: settlementTold, handlers: ['billing.match-statement'] },
  'settlement.approved': { payload: settlementTold, handlers: ['billing.pay-carrier'] },
  'voice-message.left': {
    payload: z.object({ messageId: z.uuid() }),
    handlers: ['voicemail.queue-mail', 'webhooks.voicemail-left'],
  },
  'call-order.wanted': { payload: callOrderWanted, handlers: ['exchange.place-call-order'] },
  'order.paid': { payload: orderPaid, handlers: ['sales.begin-provisioning'] },
  'order.provisioning': { payload: orderProvisioning, handlers: ['sales.provision'] },
  'number.assigned': { payload: numberAssigned, handlers: ['sales.activate', 'webhooks.number-assigned'] },
  'terminal.sold': {
    payload: terminalSold,
    handlers: ['membership.bind-card', 'provisioning.bind-terminal'],
  },
  'terminal.returned': { payload: terminalReturned, handlers: ['provisioning.unbind-terminal'] },
  'order.told': { payload: orderTold, handlers: ['sales.mail-buyer', 'webhooks.order-changed'] },
  'contract.told': { payload: contractTold, handlers: ['sales.mail-owner'] },
  'top-up.settled': { payload: topUpSettled, handlers: ['sales.settle-payment', 'webhooks.payment-settled'] },
  'refund.settled': { payload: refundSettled, handlers: ['sales.settle-refund'] },
  'call-order.ended': {
    payload: callOrderEnded,
    handlers: ['exchange.show-call-order', 'campaigns.note-call', 'crm.note-callback'],
  },
  'invoice-run.planned': { payload: invoiceRunPlanned, handlers: ['billing.make-invoices'] },
  're-rating.advanced': { payload: reRatingAdvanced, handlers: ['billing.re-rate'] },
  'member.erased': {
    payload: z.object({ accountId: z.uuid(), memberIds: z.array(z.uuid()) }),
    handlers: ['sales.give-numbers-back'],
  },
  'identity.proved': { payload: identityProved, handlers: ['exchange.verify-shadow', 'sales.look-at-proof'] },
  'identity.released': { payload: identityReleased, handlers: ['exchange.unverify-shadow'] },
} as const satisfies Topics;

export type EventName = keyof typeof topics;
export type EventOf<Name extends EventName> = z.output<(typeof topics)[Name]['payload']>;

/** An event for `Outbox.add` (or `outboxRow`). */
export const event = <Name extends EventName>(topic: Name, payload: EventOf<Name>): OutboxMessage => ({
  topic,
  payload,
});

/** Marks the method that handles a topic under that handler name; its first parameter must be the topic's payload. */
export const Handles = <Name extends EventName>(handler: string, topic: Name) =>
  HandlesTopic<EventOf<Name>>(handler, topic);

/** The same for a handler named under `batched`: its first parameter is an array of payloads, its work is one transaction. */
export const HandlesMany = <Name extends EventName>(handler: string, topic: Name) =>
  HandlesTopicInBatches<EventOf<Name>>(handler, topic);

export type Handler<Name extends EventName> = EventHandler<EventOf<Name>>;
