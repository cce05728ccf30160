import { parseCurrency } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import type { Secret } from '../../kernel/secret.js';
import { fromStripe, toStripe } from '../domain/stripe-amount.js';
import { checkSignature } from './signature.js';
import {
  type CheckoutSession,
  checkoutSession,
  dispute,
  refund,
  type StripeDispute,
  type StripeRefund,
  stripeError,
  stripeEvent,
} from './stripe-objects.js';
import { eventMalformed } from './top-up.failures.js';
import type {
  Begun,
  DisputeFact,
  PaymentFact,
  Refunding,
  RefundOrder,
  ToldEvent,
  TopUpOrder,
  TopUpPort,
} from './top-up-port.js';

const API = 'https://api.stripe.com';
const VERSION = '2025-05-28.basil';
const TIMEOUT_MS = 10_000;

interface StripeKeys {
  readonly apiKey: Secret;
  readonly webhookSecret: Secret;
}
type Answer =
  | { readonly kind: 'ok'; readonly body: unknown }
  | { readonly kind: 'refused' | 'unknown'; readonly reason: string };

/**
 * Stripe Checkout: the payer goes to a page of Stripe's and comes back; events tell what came of it. Every request that
 * changes something has an idempotency key, so it may be told again.
 */
export class StripePort implements TopUpPort {
  readonly name = 'stripe';

  constructor(
    private readonly keys: StripeKeys,
    private readonly api: string = API,
  ) {}

  async begin(order: TopUpOrder): Promise<Begun> {
    const amount = toStripe(order.amount);
    if (amount === undefined) return { kind: 'refused', reason: 'not an amount that cards can pay' };
    const answer = await this.ask('POST', '/v1/checkout/sessions', order.key, {
      mode: 'payment',
      client_reference_id: order.key,
      success_url: order.returnUrl,
      cancel_url: order.returnUrl,
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': order.amount.currency.toLowerCase(),
      'line_items[0][price_data][unit_amount]': String(amount),
      'line_items[0][price_data][product_data][name]': order.about,
    });
    if (answer.kind !== 'ok') return answer;
    const session = checkoutSession.safeParse(answer.body);
    if (!session.success || session.data.url == null)
      return { kind: 'unknown', reason: 'an answer that we cannot read' };
    return { kind: 'redirect', reference: session.data.id, url: session.data.url };
  }

  async refund({ key, payment, amount }: RefundOrder): Promise<Refunding> {
    const units = toStripe(amount);
    if (units === undefined) return { kind: 'refused', reason: 'not an amount that cards can pay' };
    const answer = await this.ask('POST', '/v1/refunds', key, {
      payment_intent: payment,
      amount: String(units),
      'metadata[refund]': key,
    });
    if (answer.kind !== 'ok') return answer;
    const made = refund.safeParse(answer.body);
    if (!made.success) return { kind: 'unknown', reason: 'an answer that we cannot read' };
    const { id, status } = made.data;
    if (status === 'failed' || status === 'canceled') return { kind: 'refused', reason: `refund ${status}` };
    return { kind: status === 'succeeded' ? 'done' : 'under-way', providerId: id };
  }

  async look(reference: string): Promise<PaymentFact | undefined> {
    const answer = await this.ask('GET', `/v1/checkout/sessions/${encodeURIComponent(reference)}`);
    const session = answer.kind === 'ok' ? checkoutSession.safeParse(answer.body) : undefined;
    return session?.success === true ? sessionFact(session.data, session.data.created) : undefined;
  }

  read(
    body: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
    now: Date,
  ): Result<ToldEvent, Failure> {
    const genuine = checkSignature(this.keys.webhookSecret, headers['stripe-signature'], body, now);
    if (!genuine.ok) return genuine;
    const event = stripeEvent.safeParse(jsonOf(body));
    if (!event.success) return err(eventMalformed());
    const { id: eventId, type: kind, created, data } = event.data;
    return ok({ eventId, kind, fact: factOf(kind, data.object, created) });
  }

  /** Form-encoded as Stripe wants it. 4xx: it said no; no answer, 409, 429 or 5xx: unknown. */
  private async ask(
    method: 'GET' | 'POST',
    path: string,
    key?: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    try {
      const response = await fetch(`${this.api}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.keys.apiKey.reveal()}`,
          'stripe-version': VERSION,
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body: unknown = await response.json();
      if (response.ok) return { kind: 'ok', body };
      const said = stripeError.safeParse(body).data?.error;
      const reason = said?.message ?? said?.code ?? `HTTP ${response.status}`;
      const final = response.status < 500 && response.status !== 409 && response.status !== 429;
      return { kind: final ? 'refused' : 'unknown', reason };
    } catch (error) {
      return { kind: 'unknown', reason: error instanceof Error ? error.message : 'no answer' };
    }
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function factOf(kind: string, object: unknown, created: number): PaymentFact | undefined {
  if (kind.startsWith('checkout.session.')) {
    const session = checkoutSession.safeParse(object);
    if (!session.success) return undefined;
    const key = session.data.client_reference_id;
    if (kind === 'checkout.session.async_payment_failed' && key !== null)
      return { kind: 'failed', key, reason: 'the payment failed' };
    return sessionFact(session.data, created);
  }
  if (kind.startsWith('charge.dispute.')) {
    const disputed = dispute.safeParse(object);
    return disputed.success ? disputeFact(disputed.data, created) : undefined;
  }
  if (!kind.startsWith('refund.') && kind !== 'charge.refund.updated') return undefined;
  const refunded = refund.safeParse(object);
  return refunded.success ? refundFact(refunded.data, created) : undefined;
}

/** A finished session may still wait for its money (`unpaid`): then there is nothing to say yet. */
function sessionFact(session: CheckoutSession, at: number): PaymentFact | undefined {
  const { client_reference_id: key, status, payment_status, payment_intent, amount_total } = session;
  if (key === null) return undefined;
  if (status === 'expired') return { kind: 'expired', key, reason: 'the payment page expired' };
  const currency = parseCurrency((session.currency ?? '').toUpperCase());
  if (payment_status !== 'paid' || payment_intent === null || amount_total === null || !currency.ok)
    return undefined;
  const amount = fromStripe(amount_total, currency.value);
  return { kind: 'paid', key, payment: payment_intent, amount, at: new Date(at * 1000) };
}

/** By the dispute's own status, whichever of its events brings it: they come in any order. A warning takes no money. */
const BECAME: Readonly<Record<StripeDispute['status'], DisputeFact['became']>> = {
  warning_needs_response: 'asked',
  warning_under_review: 'asked',
  warning_closed: 'dropped',
  prevented: 'dropped',
  needs_response: 'opened',
  under_review: 'opened',
  won: 'won',
  lost: 'lost',
};

function disputeFact(told: StripeDispute, at: number): DisputeFact | undefined {
  const currency = parseCurrency(told.currency.toUpperCase());
  if (told.payment_intent == null || !currency.ok || told.amount <= 0) return undefined;
  return {
    kind: 'disputed',
    became: BECAME[told.status],
    payment: told.payment_intent,
    providerId: told.id,
    amount: fromStripe(told.amount, currency.value),
    at: new Date(at * 1000),
  };
}

function refundFact(told: StripeRefund, at: number): PaymentFact | undefined {
  const currency = parseCurrency(told.currency.toUpperCase());
  if (told.payment_intent === null || !currency.ok) return undefined;
  const fact = {
    payment: told.payment_intent,
    providerId: told.id,
    key: told.metadata?.['refund'] ?? null,
    amount: fromStripe(told.amount, currency.value),
    at: new Date(at * 1000),
  };
  if (told.status === 'succeeded') return { kind: 'refunded', ...fact };
  return told.status === 'failed' || told.status === 'canceled'
    ? { kind: 'refund-failed', ...fact }
    : undefined;
}
