import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accountId } from '../../../src/billing/accounts.service.js';
import { chargeCalls } from '../../../src/billing/charging.service.js';
import type { FraudAlertView } from '../../../src/billing/fraud/fraud-alerts.controller.js';
import { SHORT_CALLS } from '../../../src/billing/fraud/fraud-alerts.sql.js';
import { FraudWatch } from '../../../src/billing/fraud/fraud-watch.js';
import { closeHolds, extendHold, openHold } from '../../../src/billing/holds.service.js';
import { credit, debit, post } from '../../../src/billing/ledger.service.js';
import { setPayer } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { Db } from '../../../src/infra/db/db.js';
import { PageEvents } from '../../../src/infra/http/events/page-events.js';
import type { Mail } from '../../../src/infra/mail/mail.js';
import { OutgoingMail } from '../../../src/infra/mail/outgoing-mail.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { nowhere } from '../../support/test-redis.js';
import { type BillingWorld, billingWorld, USD, usd } from './billing-world.js';
import { deck, inForce, row } from './tariffs.js';

const PASSWORD = 'correct horse battery';
let world: BillingWorld;
let web: TestApp;
let db: Db;
let watch: FraudWatch;
let mail: OutgoingMail;
let operator: SignedIn;
const book = new RateBook();
beforeAll(async () => {
  world = await billingWorld();
  await inForce(world, await deck(world, 'retail', 'sale'), '2026-01-01T00:00:00Z', [
    row({ perMinute: 1_000_000n }),
  ]);
  web = await testApp({ databaseUrl: world.url, redisUrl: nowhere });
  db = web.app.get(Db);
  mail = web.app.get(OutgoingMail, { strict: false });
  watch = new FraudWatch(mail, web.app.get(PageEvents));
  await addAccount(db, 'operator@example.com', PASSWORD, ['operator']);
  operator = await signIn(web.url, 'operator@example.com', PASSWORD);
});
afterAll(async () => {
  await web.close();
  await world.remove();
});

/** A member with 100 USD of whom 10 USD may be spent a day. */
async function member(language: string) {
  const id = newId();
  const account = await world.tx(async (tx) => {
    const one = await accountId(tx, { kind: 'member', owner: id, currency: USD });
    const bank = await accountId(tx, { kind: 'bank', owner: 'test', currency: USD });
    const entries = [debit(bank, usd(100_000_000n)), credit(one, usd(100_000_000n))];
    await post(tx, [{ key: `opening:${id}`, kind: 'top-up', occurredAt: new Date(), entries }]);
    await setPayer(tx, id, { accountId: one, deckId: 'retail' });
    await tx.run('UPDATE ledger_account SET daily_cap_micros = 10000000 WHERE id = $1', [one]);
    return one;
  });
  const email = `${id}@example.com`;
  const login = await addAccount(db, email, PASSWORD, ['member']);
  await db.run('UPDATE user_account SET member_id = $2, language = $3 WHERE id = $1', [login, id, language]);
  return { id, account, email };
}

/** Calls that have just ended, charged and looked at as the worker does it. */
async function talked(memberId: string, ...seconds: readonly number[]): Promise<void> {
  const now = Date.now();
  const calls = seconds.map((length) => ({
    callId: newId(),
    memberId,
    reading: 'pstn',
    called: '+82262006200',
    onNet: false,
    answeredAt: now - length * 1_000,
    endedAt: now,
    billable: true,
    legs: [],
  }));
  await db.inTx(async (tx) => {
    await chargeCalls(tx, calls, book);
    await watch.look(tx, [memberId]);
  });
}
const asked = (route: string, body?: unknown): Promise<Answer> =>
  ask(web.url, route, { headers: operator.page, ...(body === undefined ? {} : { body }) });
async function alertsOf(account: bigint): Promise<readonly FraudAlertView[]> {
  const { items } = (await asked('GET /v1/fraud-alerts')).body as { items: FraudAlertView[] };
  return items.filter((alert) => alert.accountId === String(account));
}
async function mailsTo(email: string): Promise<readonly Mail[]> {
  const found: Mail[] = [];
  for (let one = await mail.take(); one !== undefined; one = await mail.take()) found.push(one);
  return found.filter(({ to }) => to === email);
}

describe('a day’s limit', () => {
  test('given_it_is_nearly_spent_then_the_payer_is_told_once_and_when_it_is_spent_calls_are_refused', async () => {
    const { id, account, email } = await member('ko');
    await talked(id, 7 * 60);
    expect(await alertsOf(account)).toEqual([]);
    await talked(id, 60);
    expect(await alertsOf(account)).toMatchObject([
      { kind: 'spend-80', owner: id, detail: { spentMicros: '8000000', capMicros: '10000000' } },
    ]);
    expect(await mailsTo(email)).toMatchObject([
      { subject: '오늘 한도 10.00 USD 중 8.00 USD을(를) 사용했습니다' },
    ]);
    await talked(id, 30);
    expect(await alertsOf(account)).toHaveLength(1);
    await talked(id, 90);
    expect((await alertsOf(account)).map(({ kind }) => kind)).toEqual(['spend-100', 'spend-80']);
    expect(await mailsTo(email)).toHaveLength(1);
    const wish = { id: newId(), accountId: account, wanted: 1_000_000n, least: 1n };
    expect(await world.tx((tx) => openHold(tx, wish, 'call'))).toBeUndefined();
  });
});

describe('a member of several whose calls one account pays', () => {
  const hold = (who: { id: string; account: bigint }, wanted: bigint) => {
    const wish = { id: newId(), accountId: who.account, memberId: who.id, wanted, least: 1n };
    return world.tx((tx) => openHold(tx, wish, 'call')).then((held) => ({ held, wish }));
  };

  test('given_a_limit_of_his_own_then_he_is_told_and_stopped_by_it_and_the_others_are_not', async () => {
    const [first, second] = [await member('en'), await member('en')];
    const { account } = first;
    await world.tx((tx) => setPayer(tx, second.id, { accountId: account, deckId: 'retail' }));
    await db.run('UPDATE ledger_account SET daily_cap_micros = NULL WHERE id = $1', [account]);
    await talked(second.id, 60);
    const path = `accounts/${account}/member-caps`;
    const finance = await addAccount(db, 'finance@example.com', PASSWORD, ['finance']);
    const { page } = await signIn(web.url, 'finance@example.com', PASSWORD);
    const put = (memberId: string, dailyCap: string) =>
      ask(web.url, `PUT /v1/${path}/${memberId}`, { headers: page, body: { dailyCap } });
    expect(finance).toBeDefined();
    expect((await put(newId(), '5.00')).status).toBe(404);
    expect((await put(second.id, '5.00')).status).toBe(204);
    expect((await ask(web.url, `GET /v1/${path}`, { headers: page })).body).toEqual({
      items: [{ memberId: second.id, dailyCap: '5.00', spentToday: '1.00', currency: 'USD' }],
      nextCursor: null,
    });
    // What he holds counts as spent: two calls at once cannot pass it together.
    const both = await Promise.all([
      hold({ id: second.id, account }, 3_000_000n),
      hold({ id: second.id, account }, 3_000_000n),
    ]);
    expect(both.map(({ held }) => held).sort()).toEqual([1_000_000n, 3_000_000n]);
    for (const { wish } of both)
      expect(
        await world.tx((tx) => extendHold(tx, { ...wish, wanted: 9_000_000n, least: 4_000_000n })),
      ).toBeUndefined();
    await world.tx((tx) =>
      closeHolds(
        tx,
        both.map(({ wish }) => wish.id),
        'released',
      ),
    );
    await talked(second.id, 3 * 60);
    expect(await alertsOf(account)).toMatchObject([
      {
        kind: 'member-spend-80',
        detail: { memberId: second.id, spentMicros: '4000000', capMicros: '5000000' },
      },
    ]);
    expect(await mailsTo(second.email)).toMatchObject([
      { subject: "One member has spent 4.00 USD of today's 5.00 USD" },
    ]);
    await talked(second.id, 60);
    expect((await alertsOf(account)).map(({ kind }) => kind)).toEqual([
      'member-spend-100',
      'member-spend-80',
    ]);
    expect((await hold({ id: second.id, account }, 1_000_000n)).held).toBeUndefined();
    expect((await hold(first, 1_000_000n)).held).toBe(1_000_000n);
    expect((await ask(web.url, `DELETE /v1/${path}/${second.id}`, { headers: page })).status).toBe(204);
    expect((await hold({ id: second.id, account }, 1_000_000n)).held).toBe(1_000_000n);
  });
});

describe('calls that look like fraud', () => {
  test('given_many_very_short_calls_to_one_range_then_an_alert_says_which_and_somebody_has_looked_at_it', async () => {
    const { id, account, email } = await member('en');
    await talked(id, ...Array<number>(SHORT_CALLS - 1).fill(3));
    expect(await alertsOf(account)).toEqual([]);
    await talked(id, 3);
    const [alert] = await alertsOf(account);
    expect(alert).toMatchObject({ kind: 'short-calls', detail: { prefix: '82', calls: SHORT_CALLS } });
    expect(await mailsTo(email)).toMatchObject([{ subject: `${SHORT_CALLS} very short calls to +82` }]);
    const path = `POST /v1/fraud-alerts/${alert?.id}/acknowledgement`;
    expect((await asked(path, { note: 'a test' })).body).toMatchObject({ note: 'a test' });
    expect((await asked(path, { note: 'again' })).status).toBe(409);
    const { items } = (await asked('GET /v1/fraud-alerts?acknowledged=false')).body as {
      items: FraudAlertView[];
    };
    expect(items.map((one) => one.id)).not.toContain(alert?.id);
  });

  test('given_as_many_talks_of_a_minute_then_there_is_no_alert', async () => {
    const { id, account } = await member('en');
    await db.run('UPDATE ledger_account SET daily_cap_micros = NULL WHERE id = $1', [account]);
    await talked(id, ...Array<number>(SHORT_CALLS + 5).fill(60));
    expect(await alertsOf(account)).toEqual([]);
  });
});
