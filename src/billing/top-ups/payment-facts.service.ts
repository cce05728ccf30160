import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { outboxRow } from '../../infra/outbox/outbox.js';
import type { OutboxMessage } from '../../infra/outbox/topics.js';
import { type Money, money } from '../../kernel/money.js';
import { accountId } from '../accounts.service.js';
import { closeHolds } from '../holds.service.js';
import { credit, debit, post } from '../ledger.service.js';
import { applyDispute } from './disputes.service.js';
import type { PaymentFact, RefundFact, ToldEvent } from './top-up-port.js';
import { lockTopUp, type TopUp } from './top-ups.service.js';

/** What an event did. `not-yet`: it speaks of a payment that we were not told of; the provider tells it again later. */
export type Effect =
  | 'booked'
  | 'noted'
  | 'refunded'
  | 'taken-back'
  | 'disputed'
  | 'repeated'
  | 'late'
  | 'ignored'
  | 'unknown'
  | 'other-currency'
  | 'not-yet';

/** Takes an event in once: a repetition by its id changes nothing, whatever order events come in. */
export async function takeEvent(tx: Tx, port: string, event: ToldEvent): Promise<Effect> {
  const fresh = await tx.run(
    `INSERT INTO provider_event (port, event_id, kind, reference, effect) VALUES ($1, $2, $3, $4, 'begun')
     ON CONFLICT DO NOTHING`,
    [port, event.eventId, event.kind, event.fact === undefined ? '' : referenceOf(event.fact)],
  );
  if (fresh === 0) return 'repeated';
  const effect = event.fact === undefined ? 'ignored' : await applyFact(tx, port, event.fact);
  if (effect === 'not-yet') {
    await tx.run('DELETE FROM provider_event WHERE (port, event_id) = ($1, $2)', [port, event.eventId]);
    return effect;
  }
  await tx.run('UPDATE provider_event SET effect = $3 WHERE (port, event_id) = ($1, $2)', [
    port,
    event.eventId,
    effect,
  ]);
  return effect;
}

const isRefund = (fact: PaymentFact): fact is RefundFact =>
  fact.kind === 'refunded' || fact.kind === 'refund-failed';
const referenceOf = (fact: PaymentFact): string =>
  'key' in fact && !isRefund(fact) ? fact.key : fact.payment;

/** Applies what a provider told or answered; each fact has one effect however often it comes. */
export async function applyFact(tx: Tx, port: string, fact: PaymentFact): Promise<Effect> {
  if (isRefund(fact)) return applyRefund(tx, port, fact);
  if (fact.kind === 'disputed') return applyDispute(tx, port, fact);
  const topUp = await lockTopUp(tx, { id: fact.key });
  if (topUp === undefined || topUp.port !== port) return 'unknown';
  if (topUp.state === 'paid') return fact.kind === 'paid' ? 'repeated' : 'late';
  if (fact.kind === 'paid') return bookPaid(tx, topUp, fact);
  if (topUp.state === 'failed' || topUp.state === 'expired') return 'repeated';
  await tell(tx, event('top-up.settled', { topUpId: topUp.id, outcome: fact.kind }));
  await tx.run('UPDATE top_up SET state = $2, detail = $3, settled_at = now() WHERE id = $1', [
    topUp.id,
    fact.kind,
    fact.reason.slice(0, 500),
  ]);
  return 'noted';
}

/** Dr what the provider has of ours / Cr payer: what really came, even if it was given up before or is another amount. */
async function bookPaid(
  tx: Tx,
  topUp: TopUp,
  { payment, amount, at }: Extract<PaymentFact, { kind: 'paid' }>,
): Promise<Effect> {
  if (amount.currency !== topUp.amount.currency) return 'other-currency';
  const from = await providersAccount(tx, topUp.port, amount);
  await post(tx, [
    {
      key: `top-up:${topUp.port}:${payment}`,
      kind: 'top-up',
      occurredAt: at,
      entries: [debit(from, amount), credit(topUp.accountId, amount)],
    },
  ]);
  await tx.run(
    `UPDATE top_up SET state = 'paid', reference = COALESCE(reference, $2), payment = $2, amount_micros = $3, detail = NULL,
                       settled_at = now() WHERE id = $1`,
    [topUp.id, payment, amount.micros],
  );
  await tell(tx, event('top-up.settled', { topUpId: topUp.id, outcome: 'paid' }));
  return 'booked';
}

interface RefundRow {
  readonly id: string;
  readonly state: 'waiting' | 'done' | 'failed';
}

async function applyRefund(tx: Tx, port: string, fact: RefundFact): Promise<Effect> {
  const topUp = await lockTopUp(tx, { port, payment: fact.payment });
  if (topUp === undefined) return 'not-yet';
  if (fact.amount.currency !== topUp.amount.currency) return 'other-currency';
  const refund = await refundRow(tx, topUp, fact);
  return fact.kind === 'refunded'
    ? bookRefund(tx, topUp, refund, fact)
    : takeRefundBack(tx, topUp, refund, fact);
}

/** Ours by its key or the provider's id; else one that somebody made at the provider. */
async function refundRow(tx: Tx, topUp: TopUp, { key, providerId, amount }: RefundFact): Promise<RefundRow> {
  const [known] = await tx.rows<RefundRow>(
    `SELECT id, state FROM top_up_refund WHERE top_up_id = $1 AND (id::text = $2 OR provider_id = $3) ORDER BY id LIMIT 1`,
    [topUp.id, key, providerId],
  );
  if (known !== undefined) return known;
  const [made] = await tx.rows<RefundRow>(
    `INSERT INTO top_up_refund (id, top_up_id, amount_micros, provider_id, asked_by)
     VALUES (gen_random_uuid(), $1, $2, $3, 'provider') RETURNING id, state`,
    [topUp.id, amount.micros, providerId],
  );
  if (made === undefined) throw new Error('no refund');
  return made;
}

/** Dr payer / Cr what the provider has of ours, and the hold ends in the same transaction. */
async function bookRefund(tx: Tx, topUp: TopUp, { id, state }: RefundRow, fact: RefundFact): Promise<Effect> {
  if (state !== 'waiting') return state === 'done' ? 'repeated' : 'late';
  await closeHolds(tx, [id], 'captured');
  await postRefund(tx, topUp, `refund:${topUp.port}:${fact.providerId}`, fact.amount, fact.at);
  await noteRefund(tx, id, 'done', fact.providerId);
  return 'refunded';
}

/** A refund may fail days after it was told as done: then the money is the payer's again. */
async function takeRefundBack(
  tx: Tx,
  topUp: TopUp,
  { id, state }: RefundRow,
  fact: RefundFact,
): Promise<Effect> {
  if (state === 'failed') return 'repeated';
  await closeHolds(tx, [id], 'released');
  if (state === 'done') {
    const back = money(-fact.amount.micros, fact.amount.currency);
    await postRefund(tx, topUp, `refund:${topUp.port}:${fact.providerId}:failed`, back, fact.at);
  }
  await noteRefund(tx, id, 'failed', fact.providerId);
  return 'taken-back';
}

async function postRefund(tx: Tx, topUp: TopUp, key: string, amount: Money, at: Date): Promise<void> {
  const from = await providersAccount(tx, topUp.port, amount);
  const entries = [debit(topUp.accountId, amount), credit(from, amount)];
  await post(tx, [{ key, kind: 'refund', occurredAt: at, entries }]);
}

async function noteRefund(tx: Tx, id: string, state: 'done' | 'failed', providerId: string): Promise<void> {
  await tx.run('UPDATE top_up_refund SET state = $2, provider_id = $3 WHERE id = $1', [
    id,
    state,
    providerId,
  ]);
  await tell(tx, event('refund.settled', { refundId: id, outcome: state }));
}

/** Whoever waits for the money hears of it by an event; its bell is rung by whoever brought the fact, or within a second. */
export async function tell(tx: Tx, message: OutboxMessage): Promise<void> {
  const row = outboxRow(message);
  await tx.run('INSERT INTO outbox (id, topic, payload) VALUES ($1, $2, $3)', [
    row.id,
    row.topic,
    row.payload,
  ]);
}

const providersAccount = (tx: Tx, port: string, { currency }: Money): Promise<bigint> =>
  accountId(tx, { kind: 'bank', owner: `provider ${port}`, currency });
