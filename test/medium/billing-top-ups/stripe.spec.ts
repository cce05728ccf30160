import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signed } from '../../../src/billing/top-ups/signature.js';
import { StripePort } from '../../../src/billing/top-ups/stripe.port.js';
import { currency, money } from '../../../src/kernel/money.js';
import { Secret } from '../../../src/kernel/secret.js';
import { dispute, error, event, refund, session } from './stripe-shapes.js';

/** A contract test against the published shapes; nobody has run this port on the real service. */
const keys = { apiKey: new Secret('sk_test_1'), webhookSecret: new Secret('whsec_1') };
const now = new Date('2026-11-23T12:00:00Z');
const usd = (micros: bigint) => money(micros, currency('USD'));
const order = {
  key: 'top-up-1',
  amount: usd(20_000_000n),
  about: 'Telephone credit',
  returnUrl: 'https://phone.example.com/',
};

interface Asked {
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
  readonly form: URLSearchParams;
}
let stripe: Server;
let port: StripePort;
let asked: Asked[];
let answer: { readonly status: number; readonly body: string };
beforeAll(async () => {
  stripe = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    asked.push({
      route: `${request.method} ${request.url}`,
      headers: request.headers,
      form: new URLSearchParams(body),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((listening) => stripe.listen(0, '127.0.0.1', listening));
  port = new StripePort(keys, `http://127.0.0.1:${(stripe.address() as AddressInfo).port}`);
});
afterAll(() => new Promise((closed) => stripe.close(closed)));
beforeEach(() => {
  asked = [];
});
const answers = (status: number, body: unknown) => {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
};
const read = (body: unknown, at = now, secret = keys.webhookSecret) => {
  const bytes = Buffer.from(JSON.stringify(body));
  return port.read(bytes, { 'stripe-signature': signed(secret, bytes, at) }, now);
};

describe('the Stripe port', () => {
  it('asks for a checkout session, form-encoded, under the key of the order', async () => {
    answers(200, session());
    expect(await port.begin(order)).toEqual({
      kind: 'redirect',
      reference: session().id,
      url: session().url,
    });
    expect(asked[0]?.route).toBe('POST /v1/checkout/sessions');
    expect(asked[0]?.headers).toMatchObject({
      authorization: 'Bearer sk_test_1',
      'idempotency-key': 'top-up-1',
      'stripe-version': '2025-05-28.basil',
      'content-type': expect.stringContaining('application/x-www-form-urlencoded'),
    });
    expect(Object.fromEntries(asked[0]?.form ?? [])).toMatchObject({
      mode: 'payment',
      client_reference_id: 'top-up-1',
      'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][unit_amount]': '2000',
      'line_items[0][quantity]': '1',
    });
  });

  it('knows "no" from "no answer"', async () => {
    answers(400, error('invalid_request_error', 'Amount must be at least 50 cents'));
    expect(await port.begin(order)).toEqual({ kind: 'refused', reason: 'Amount must be at least 50 cents' });
    for (const [status, body] of [
      [500, error('api_error', 'ours')],
      [429, error('rate_limit_error', 'slowly')],
      [200, '<html>'],
      [200, {}],
    ] as const) {
      answers(status, body);
      expect(await port.begin(order)).toMatchObject({ kind: 'unknown' });
    }
    const nobody = new StripePort(keys, 'http://127.0.0.1:1');
    expect(await nobody.begin(order)).toMatchObject({ kind: 'unknown' });
    expect(await nobody.look('cs_1')).toBeUndefined();
  });

  it('refunds under the key of the refund, which Stripe gives back in its events', async () => {
    answers(200, refund({ status: 'pending' }));
    const wish = { key: 'refund-1', payment: 'pi_1GszsK2eZvKYlo2CfhZyoZLp', amount: usd(10_000_000n) };
    expect(await port.refund(wish)).toEqual({ kind: 'under-way', providerId: refund().id });
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      payment_intent: wish.payment,
      amount: '1000',
      'metadata[refund]': 'refund-1',
    });
    expect(asked[0]?.headers['idempotency-key']).toBe('refund-1');
    answers(200, refund());
    expect(await port.refund(wish)).toEqual({ kind: 'done', providerId: refund().id });
    answers(400, error('invalid_request_error', 'Charge has already been refunded.'));
    expect(await port.refund(wish)).toMatchObject({ kind: 'refused' });
  });

  it('reads what was paid, in the smallest unit of its currency', () => {
    const paid = session({
      client_reference_id: 'top-up-1',
      payment_status: 'paid',
      status: 'complete',
      payment_intent: 'pi_3RgRPqEEXQJo9EEO1a43uB5g',
      amount_total: 5000,
      currency: 'krw',
      url: null,
    });
    expect(read(event('checkout.session.completed', paid))).toMatchObject({
      ok: true,
      value: {
        eventId: 'evt_1RgRPrEEXQJo9EEOWggvNEHe',
        kind: 'checkout.session.completed',
        fact: {
          kind: 'paid',
          key: 'top-up-1',
          payment: 'pi_3RgRPqEEXQJo9EEO1a43uB5g',
          amount: money(5_000_000_000n, currency('KRW')),
          at: new Date(1751465619_000),
        },
      },
    });
  });

  it('says nothing yet of a session whose money is on its way, and knows what expired or failed', () => {
    const waiting = session({ client_reference_id: 'top-up-1', status: 'complete', payment_intent: 'pi_1' });
    const fact = (type: string, object: unknown) => {
      const told = read(event(type, object));
      return told.ok ? told.value.fact : told.failure.code;
    };
    expect(fact('checkout.session.completed', waiting)).toBeUndefined();
    expect(fact('checkout.session.async_payment_failed', waiting)).toMatchObject({
      kind: 'failed',
      key: 'top-up-1',
    });
    const expired = { ...waiting, status: 'expired' };
    expect(fact('checkout.session.expired', expired)).toMatchObject({ kind: 'expired', key: 'top-up-1' });
    expect(fact('checkout.session.completed', session({ payment_status: 'paid' }))).toBeUndefined();
    expect(fact('customer.created', { id: 'cus_1', object: 'customer' })).toBeUndefined();
  });

  it('reads refunds, ours and those made at the dashboard', () => {
    const of = (object: unknown) => {
      const told = read(event('refund.updated', object));
      return told.ok ? told.value.fact : undefined;
    };
    expect(of(refund({ metadata: { refund: 'refund-1' } }))).toMatchObject({
      kind: 'refunded',
      key: 'refund-1',
      payment: 'pi_1GszsK2eZvKYlo2CfhZyoZLp',
      providerId: 're_1Nispe2eZvKYlo2Cd31jOCgZ',
      amount: usd(10_000_000n),
    });
    expect(of(refund())).toMatchObject({ key: null });
    expect(of(refund({ status: 'failed' }))).toMatchObject({ kind: 'refund-failed' });
    expect(of(refund({ status: 'pending' }))).toBeUndefined();
  });

  it('reads disputes by their own status, whichever event brings them', () => {
    const of = (kind: string, changes: Readonly<Record<string, unknown>> = {}) => {
      const told = read(event(`charge.dispute.${kind}`, dispute(changes)));
      return told.ok ? told.value.fact : undefined;
    };
    expect(of('created')).toEqual({
      kind: 'disputed',
      became: 'opened',
      payment: 'pi_1GszsK2eZvKYlo2CfhZyoZLp',
      providerId: 'du_1MtJUT2eZvKYlo2CNaw2HvEv',
      amount: usd(20_000_000n),
      at: new Date(1751465619_000),
    });
    expect(of('funds_withdrawn', { status: 'under_review' })).toMatchObject({ became: 'opened' });
    expect(of('created', { status: 'warning_needs_response' })).toMatchObject({ became: 'asked' });
    expect(of('closed', { status: 'warning_closed' })).toMatchObject({ became: 'dropped' });
    expect(of('closed', { status: 'won' })).toMatchObject({ became: 'won' });
    expect(of('funds_reinstated', { status: 'won' })).toMatchObject({ became: 'won' });
    expect(of('closed', { status: 'lost' })).toMatchObject({ became: 'lost' });
    // A payment that did not come by Checkout is none of ours; a status that is new says nothing yet.
    expect(of('created', { payment_intent: null })).toBeUndefined();
    expect(of('updated', { status: 'something_new' })).toBeUndefined();
  });

  it('believes nothing that Stripe did not sign, or signed long ago', () => {
    const body = event('checkout.session.completed', session());
    const refused = { ok: false, failure: { code: 'payment-event.signature.invalid' } };
    expect(read(body, now, new Secret('whsec_2'))).toMatchObject(refused);
    expect(read(body, new Date(now.getTime() - 301_000))).toMatchObject(refused);
    expect(read(body, new Date(now.getTime() - 299_000))).toMatchObject({ ok: true });
    const bytes = Buffer.from(JSON.stringify(body));
    const two = `${signed(keys.webhookSecret, bytes, now)},v1=${'0'.repeat(64)}`;
    expect(port.read(bytes, { 'stripe-signature': two }, now)).toMatchObject({ ok: true });
    expect(port.read(bytes, {}, now)).toMatchObject(refused);
    const rubbish = Buffer.from('{');
    expect(
      port.read(rubbish, { 'stripe-signature': signed(keys.webhookSecret, rubbish, now) }, now),
    ).toMatchObject({
      failure: { code: 'payment-event.malformed' },
    });
  });
});
