import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId, standingOf } from '../../../src/billing/accounts.service.js';
import { type SignedEvent, TestProviderPort } from '../../../src/billing/top-ups/test-provider.port.js';
import { TOP_UP_PORT } from '../../../src/billing/top-ups/top-up-port.js';
import { sweepTopUps } from '../../../src/billing/top-ups/top-up-sweep.service.js';
import { Db } from '../../../src/infra/db/db.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { agree } from '../../support/two-persons.js';
import { USD, usd } from '../billing/billing-world.js';

const password = 'correct horse battery';
let database: TestDatabase;
let web: TestApp;
let db: Db;
let provider: TestProviderPort;
let finance: SignedIn;
let member: SignedIn;
let account: bigint;
beforeAll(async () => {
  database = await testDatabase();
  web = await testApp({ databaseUrl: database.url, redisUrl: nowhere, topUpPort: 'test' });
  db = web.app.get(Db);
  provider = web.app.get<TestProviderPort>(TOP_UP_PORT, { strict: false });
  await addAccount(db, 'finance@example.com', password, ['finance']);
  finance = await signIn(web.url, 'finance@example.com', password);
  ({ who: member, account } = await newMember('member'));
});
afterAll(async () => {
  await web.close();
  await database.remove();
});

const asked = (route: string, body?: unknown, who = member): Promise<Answer> =>
  ask(web.url, route, { headers: who.page, ...(body === undefined ? {} : { body }) });

async function newMember(name: string): Promise<{ who: SignedIn; account: bigint }> {
  const owner = newId();
  const id = await addAccount(db, `${name}@example.com`, password, ['member']);
  await db.rows('UPDATE user_account SET member_id = $2 WHERE id = $1', [id, owner]);
  const opened = await db.inTx((tx) => accountId(tx, { kind: 'member', owner, currency: USD }));
  return { who: await signIn(web.url, `${name}@example.com`, password), account: opened };
}

interface Told {
  readonly id: string;
  readonly reference: string;
}
const amount = (text: string) => ({ amount: { amount: text, currency: 'USD' } });
async function begun(text = '20.00', of = account, who = member): Promise<Told> {
  const answer = await asked(`POST /v1/accounts/${of}/top-ups`, amount(text), who);
  expect(answer).toMatchObject({ status: 201, body: { state: 'pending' } });
  const { id, reference, redirectUrl } = answer.body as Told & { redirectUrl: string };
  expect(redirectUrl).toBe(`http://127.0.0.1/test-payments/${reference}`);
  return { id, reference };
}
const carry = ({ body, headers }: SignedEvent): Promise<Answer> =>
  ask(web.url, 'POST /v1/payment-events/test', { headers, body: body.toString() });
const decided = async (
  reference: string,
  decision: 'paid' | 'declined' | 'expired',
): Promise<SignedEvent> => {
  const event = await provider.decide(reference, decision);
  if (!event.ok) throw new Error(event.failure.message);
  return event.value;
};
const refunded = async (
  reference: string,
  id: string,
  micros: bigint,
  outcome: 'refunded' | 'refund-failed',
) => {
  const event = await provider.decideRefund(reference, { id, amount: usd(micros), outcome });
  if (!event.ok) throw new Error(event.failure.message);
  return event.value;
};
const standing = async (of = account) => {
  const found = await standingOf(db, of);
  return { credit: found?.credit.micros, held: found?.held.micros };
};

describe('a top-up through a payment provider', () => {
  it('given_the_event_comes_five_times_at_once_when_paid_then_it_is_booked_once', async () => {
    const { who, account: own } = await newMember('five');
    const { id, reference } = await begun('20.00', own, who);
    const event = await decided(reference, 'paid');
    const answers = await Promise.all(Array.from({ length: 5 }, () => carry(event)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const effects = answers.map(({ body }) => (body as { effect: string }).effect).sort();
    expect(effects).toEqual(['booked', 'repeated', 'repeated', 'repeated', 'repeated']);
    expect(await standing(own)).toEqual({ credit: 20_000_000n, held: 0n });
    expect(await asked(`GET /v1/top-ups/${id}`, undefined, who)).toMatchObject({
      body: { state: 'paid', amount: '20.00' },
    });
  });

  it('given_it_was_given_up_before_the_money_comes_when_told_then_the_money_counts', async () => {
    const { who, account: own } = await newMember('late');
    const { id, reference } = await begun('7.00', own, who);
    await db.run(`UPDATE top_up SET asked_at = now() - interval '4 days' WHERE id = $1`, [id]);
    await sweepTopUps(db.inTx.bind(db), db, provider);
    expect(await asked(`GET /v1/top-ups/${id}`, undefined, who)).toMatchObject({
      body: { state: 'expired' },
    });
    await carry(await decided(reference, 'paid'));
    expect(await asked(`GET /v1/top-ups/${id}`, undefined, who)).toMatchObject({ body: { state: 'paid' } });
    expect(await standing(own)).toEqual({ credit: 7_000_000n, held: 0n });
  });

  it('given_the_event_never_comes_when_the_worker_asks_the_provider_then_it_is_booked', async () => {
    const { who, account: own } = await newMember('silent');
    const { id, reference } = await begun('8.00', own, who);
    const late = await decided(reference, 'paid');
    await db.run(`UPDATE top_up SET asked_at = now() - interval '11 minutes' WHERE id = $1`, [id]);
    await sweepTopUps(db.inTx.bind(db), db, provider);
    expect(await standing(own)).toEqual({ credit: 8_000_000n, held: 0n });
    expect((await carry(late)).body).toEqual({ effect: 'repeated' });
    expect(await standing(own)).toEqual({ credit: 8_000_000n, held: 0n });
  });

  it('given_a_payment_is_declined_when_told_then_nothing_is_booked', async () => {
    const before = await standing();
    const { id, reference } = await begun();
    expect((await carry(await decided(reference, 'declined'))).body).toEqual({ effect: 'noted' });
    expect(await asked(`GET /v1/top-ups/${id}`)).toMatchObject({ body: { state: 'failed' } });
    expect(await standing()).toEqual(before);
  });

  it('given_a_message_that_is_not_signed_changed_or_old_when_told_then_it_is_refused', async () => {
    const { reference } = await begun();
    const { body, headers } = await decided(reference, 'paid');
    const signature = headers['test-signature'] ?? '';
    const changed = Buffer.from(body.toString().replace('20.00', '99.00'));
    const old = signature.replace(/t=\d+/, 't=1000000000');
    for (const wrong of [
      { body, headers: {} },
      { body: changed, headers },
      { body, headers: { 'test-signature': old } },
    ])
      expect(
        await carry({ body: wrong.body, headers: wrong.headers as Record<string, string> }),
      ).toMatchObject({
        status: 400,
        body: { code: 'payment-event.signature.invalid' },
      });
    expect((await ask(web.url, 'POST /v1/payment-events/stripe', { body: {} })).status).toBe(503);
  });
});

describe('a refund', () => {
  async function paidTopUp(name: string, text = '20.00') {
    const { who, account: own } = await newMember(name);
    const told = await begun(text, own, who);
    await carry(await decided(told.reference, 'paid'));
    return { ...told, own };
  }
  const ask20 = (id: string, text: string) => asked(`POST /v1/top-ups/${id}/refunds`, amount(text), finance);
  const refundId = (answer: Answer) =>
    (answer.body as { refunds: { id: string }[] }).refunds.at(-1)?.id ?? '';

  it('given_it_is_asked_for_when_the_provider_tells_twice_then_the_money_is_held_and_goes_once', async () => {
    const { id, reference, own } = await paidTopUp('refund-once');
    const answer = await ask20(id, '15.00');
    expect(answer).toMatchObject({ status: 202, body: { refunds: [{ state: 'waiting', amount: '15.00' }] } });
    expect(await standing(own)).toEqual({ credit: 20_000_000n, held: 15_000_000n });
    expect(await ask20(id, '5.01')).toMatchObject({ status: 422, body: { code: 'refund.amount.mismatch' } });
    const event = await refunded(reference, refundId(answer), 15_000_000n, 'refunded');
    expect((await carry(event)).body).toEqual({ effect: 'refunded' });
    expect((await carry(event)).body).toEqual({ effect: 'repeated' });
    expect(await standing(own)).toEqual({ credit: 5_000_000n, held: 0n });
  });

  it('given_a_large_one_when_a_second_person_agrees_then_it_is_asked_for_and_not_before', async () => {
    const { id, own } = await paidTopUp('refund-large', '300.00');
    const proposed = await ask20(id, '250.00');
    expect(proposed).toMatchObject({ status: 202, body: { refunds: [], proposal: { state: 'waiting' } } });
    expect(await standing(own)).toEqual({ credit: 300_000_000n, held: 0n });
    await addAccount(db, 'second@example.com', password, ['approver']);
    await agree(web.url, proposed, await signIn(web.url, 'second@example.com', password));
    expect(await standing(own)).toEqual({ credit: 300_000_000n, held: 250_000_000n });
  });

  it('given_it_fails_after_it_was_told_as_done_when_told_then_the_money_is_the_payers_again', async () => {
    const { id, reference, own } = await paidTopUp('refund-back');
    const refund = refundId(await ask20(id, '15.00'));
    await carry(await refunded(reference, refund, 15_000_000n, 'refunded'));
    expect((await carry(await refunded(reference, refund, 15_000_000n, 'refund-failed'))).body).toEqual({
      effect: 'taken-back',
    });
    expect(await standing(own)).toEqual({ credit: 20_000_000n, held: 0n });
    expect(await ask20(id, '20.00')).toMatchObject({ status: 202 });
  });

  it('given_the_refund_is_told_before_the_payment_when_told_again_afterwards_then_both_are_booked', async () => {
    const { who, account: own } = await newMember('overtaken');
    const { reference } = await begun('20.00', own, who);
    const payment = await decided(reference, 'paid');
    const refund = await refunded(reference, 'dashboard-1', 4_000_000n, 'refunded');
    expect(await carry(refund)).toMatchObject({ status: 503, body: { retry: 'safe' } });
    expect((await carry(payment)).body).toEqual({ effect: 'booked' });
    expect((await carry(refund)).body).toEqual({ effect: 'refunded' });
    expect(await standing(own)).toEqual({ credit: 16_000_000n, held: 0n });
  });

  it('is refused for what was talked away or is held, and is not for members to ask', async () => {
    const { id, own } = await paidTopUp('refund-held');
    await db.rows(`SELECT open_hold($1, $2, 'call', 6000000, 6000000)`, [newId(), own]);
    expect(await ask20(id, '15.00')).toMatchObject({
      status: 402,
      body: { code: 'refund.payment-required' },
    });
    expect((await asked(`POST /v1/top-ups/${id}/refunds`, amount('1.00'))).status).toBe(403);
    expect(await asked(`POST /v1/top-ups/${newId()}/refunds`, amount('1.00'), finance)).toMatchObject({
      status: 404,
    });
  });
});

describe('the test page', () => {
  it('pays, and nobody sees what is not its own', async () => {
    const before = await standing();
    const { id, reference } = await begun('3.00');
    expect(await asked(`GET /v1/test-payments/${reference}`)).toMatchObject({
      body: { state: 'open', amount: '3.00' },
    });
    expect(await asked(`POST /v1/test-payments/${reference}/outcome`, { outcome: 'paid' })).toMatchObject({
      status: 200,
      body: { state: 'paid' },
    });
    expect((await standing()).credit).toBe((before.credit ?? 0n) + 3_000_000n);
    const { who: stranger } = await newMember('stranger');
    for (const route of [`GET /v1/top-ups/${id}`, `GET /v1/accounts/${account}/top-ups`])
      expect(`${route} ${(await asked(route, undefined, stranger)).status}`).toBe(`${route} 404`);
    const into = [`/v1/accounts/${account}/top-ups`, `/v1/accounts/${account}/vouchers`];
    expect((await asked(`POST ${into[0]}`, amount('1.00'), stranger)).status).toBe(404);
    expect((await asked(`POST ${into[1]}`, { code: 'x' }, stranger)).status).toBe(404);
  });
});

describe('vouchers over REST', () => {
  it('are made once, seen once, and redeemed once', async () => {
    const wish = {
      about: 'kiosk',
      value: { amount: '10.00', currency: 'USD' },
      count: 2,
      expiresAt: '2036-01-01T00:00:00Z',
    };
    const made = await asked('POST /v1/voucher-batches', wish, finance);
    const { id, codes } = made.body as { id: string; codes: string[] };
    const before = await standing();
    expect(
      await asked(`POST /v1/accounts/${account}/vouchers`, { code: codes[0]?.toLowerCase() }),
    ).toMatchObject({
      status: 200,
      body: { amount: '10.00', currency: 'USD' },
    });
    expect((await standing()).credit).toBe((before.credit ?? 0n) + 10_000_000n);
    expect((await asked(`GET /v1/voucher-batches/${id}`, undefined, finance)).body).toMatchObject({
      count: 2,
      redeemed: 1,
    });
    expect((await asked('POST /v1/voucher-batches', wish)).status).toBe(403);
  });

  it('given_ten_wrong_codes_in_an_hour_when_the_next_comes_then_even_a_right_one_has_to_wait', async () => {
    const { who, account: own } = await newMember('guesser');
    const wish = {
      about: 'x',
      value: { amount: '1.00', currency: 'USD' },
      count: 1,
      expiresAt: '2036-01-01T00:00:00Z',
    };
    const { codes } = (await asked('POST /v1/voucher-batches', wish, finance)).body as { codes: string[] };
    const guess = (code: string | undefined) => asked(`POST /v1/accounts/${own}/vouchers`, { code }, who);
    const wrong = await Promise.all(Array.from({ length: 10 }, () => guess('0000-0000-0000-0000')));
    expect(wrong.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 404));
    const refused = await guess(codes[0]);
    expect(refused).toMatchObject({ status: 429, body: { code: 'voucher.too-many' } });
    expect(refused.headers.get('retry-after')).toBe('3600');
    await db.run(`UPDATE voucher_attempt SET at = now() - interval '61 minutes'`);
    expect(await guess(codes[0])).toMatchObject({ status: 200 });
  });
});
