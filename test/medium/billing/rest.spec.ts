import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId } from '../../../src/billing/accounts.service.js';
import { chargeCalls } from '../../../src/billing/charging.service.js';
import { type ReRatingAdvanced, reRatingAdvanced } from '../../../src/billing/domain/re-rating-advanced.js';
import { setPayer } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { advanceReRating } from '../../../src/billing/re-rating-run.service.js';
import { Db } from '../../../src/infra/db/db.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { agree } from '../../support/two-persons.js';
import { USD } from './billing-world.js';

const password = 'correct horse battery';
let database: TestDatabase;
let web: TestApp;
let db: Db;
let finance: SignedIn;
let operator: SignedIn;
let approver: SignedIn;
beforeAll(async () => {
  database = await testDatabase();
  web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
  db = web.app.get(Db);
  await addAccount(db, 'finance@example.com', password, ['finance']);
  await addAccount(db, 'operator@example.com', password, ['operator']);
  finance = await signIn(web.url, 'finance@example.com', password);
  operator = await signIn(web.url, 'operator@example.com', password);
  await addAccount(db, 'approver@example.com', password, ['approver']);
  approver = await signIn(web.url, 'approver@example.com', password);
});
afterAll(async () => {
  await web.close();
  await database.remove();
});

const asked = (route: string, body?: unknown, who = finance): Promise<Answer> =>
  ask(web.url, route, { headers: who.page, ...(body === undefined ? {} : { body }) });
const upload = (path: string, csv: string): Promise<Answer> =>
  ask(web.url, `POST ${path}`, { headers: { ...finance.page, 'content-type': 'text/csv' }, body: csv });
const newDeck = (id: string) =>
  asked('POST /v1/rate-decks', { id, name: id, direction: 'sale', currency: 'USD', decimals: 4 });
const inForce = async (id: string, activeFrom: string) =>
  agree(web.url, await asked(`POST /v1/deck-versions/${id}/schedule`, { activeFrom }), approver);
const versionOf = (answer: Answer) => (answer.body as { versionId: string }).versionId;

describe('rate decks over REST', () => {
  it('are made once, listed, and refused with a wrong currency', async () => {
    expect(await newDeck('first')).toMatchObject({
      status: 201,
      body: { id: 'first', decimals: 4, onNetFree: true },
    });
    expect(await newDeck('first')).toMatchObject({ status: 409, body: { code: 'deck.exists' } });
    const wrong = { id: 'second', name: 'x', direction: 'sale', currency: 'XXQ' };
    expect(await asked('POST /v1/rate-decks', wrong)).toMatchObject({ status: 400 });
    expect((await asked('GET /v1/rate-decks')).body).toMatchObject({ items: [{ id: 'first' }] });
  });

  it('take a file, show what it changes and what is bad of it, and are put in force', async () => {
    await newDeck('uploads');
    const periods = [
      { name: 'night', timeZone: 'UTC', windows: [{ days: [1, 7], from: '20:00', to: '08:00' }] },
    ];
    const mapping = { code: 'prefix', rate: 'per_minute', 'night rate': 'per_minute@night' };
    const query = new URLSearchParams({
      source: 'may.csv',
      periods: JSON.stringify(periods),
      mapping: JSON.stringify(mapping),
    });
    const answer = await upload(
      `/v1/rate-decks/uploads/versions?${query}`,
      'code,rate,night rate\n82,0.06,0.03\nx,1,1\n',
    );
    expect(answer).toMatchObject({
      status: 201,
      body: {
        good: 1,
        bad: 1,
        badRows: [{ line: 3, field: 'prefix' }],
        diff: { against: null, counts: { added: 1 } },
      },
    });
    const id = versionOf(answer);
    const csv = await asked(`GET /v1/deck-versions/${id}/bad-rows.csv`);
    expect([csv.headers.get('content-type'), csv.text.split('\r\n')[1]]).toEqual([
      'text/csv; charset=utf-8',
      '3,prefix,"must be at most 15 digits, + in front allowed","x,1,1"',
    ]);
    const activeFrom = '2026-01-01T00:00:00Z';
    expect(await asked(`POST /v1/deck-versions/${id}/schedule`, { activeFrom })).toMatchObject({
      status: 422,
      body: { code: 'deck-version.has-bad-rows' },
    });
    const proposed = await asked(`POST /v1/deck-versions/${id}/schedule`, { activeFrom, acceptBadRows: 1 });
    expect(proposed).toMatchObject({
      status: 202,
      body: { activeFrom: null, goodRows: 1, proposal: { kind: 'rate-deck.schedule', subject: id } },
    });
    await agree(web.url, proposed, approver);
    expect((await asked(`GET /v1/deck-versions/${id}`)).body).toMatchObject({
      activeFrom: '2026-01-01T00:00:00.000Z',
    });
    expect((await asked(`GET /v1/deck-versions/${id}/rates.csv`)).text).toBe(
      'prefix,destination,per_minute,connect_fee,first,next,minimum,free,valid_from,valid_to,per_minute@night\r\n' +
        '82,,0.06,0.00,1,1,0,0,,,0.03\r\n',
    );
    expect((await asked('GET /v1/rate-decks/uploads/versions')).body).toMatchObject({
      items: [{ id, source: 'may.csv', badRows: 1 }],
    });
    expect(await asked(`DELETE /v1/deck-versions/${id}/schedule`)).toMatchObject({
      body: { code: 'deck-version.in-force' },
    });
  });

  it('leave nothing behind after a dry run, and discard drafts', async () => {
    await newDeck('dry');
    const dry = await upload('/v1/rate-decks/dry/versions?dryRun=true', 'prefix,per_minute\n82,1\n');
    expect(dry).toMatchObject({
      status: 201,
      body: { versionId: null, good: 1, diff: { counts: { added: 1 } } },
    });
    expect((await asked('GET /v1/rate-decks/dry/versions')).body).toEqual({ items: [], nextCursor: null });
    const draft = versionOf(await upload('/v1/rate-decks/dry/versions', 'prefix,per_minute\n82,1\n'));
    expect((await asked(`DELETE /v1/deck-versions/${draft}`)).status).toBe(204);
    expect((await asked(`GET /v1/deck-versions/${draft}`)).status).toBe(404);
  });

  it('take nothing but CSV, and say where periods and mapping are wrong', async () => {
    await newDeck('strict');
    expect(await asked('POST /v1/rate-decks/strict/versions', { prefix: '82' })).toMatchObject({
      status: 415,
    });
    expect(await upload('/v1/rate-decks/strict/versions?periods=%5B', 'prefix,per_minute\n')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/periods', detail: 'must be JSON' }] },
    });
    expect(await upload('/v1/rate-decks/nobodys/versions', 'prefix,per_minute\n')).toMatchObject({
      status: 404,
    });
  });
});

describe('accounts over REST', () => {
  it('show what a payer has, take payments once per reference, and limits', async () => {
    const account = await db.inTx((tx) => accountId(tx, { kind: 'member', owner: newId(), currency: USD }));
    const pay = (reference: string, amount = '10.00', currency = 'USD') =>
      asked(`POST /v1/accounts/${account}/payments`, {
        money: { amount, currency },
        bank: 'main',
        reference,
      });
    expect(await pay('r-1')).toMatchObject({ status: 200, body: { credit: '10.00', available: '10.00' } });
    expect(await pay('r-1')).toMatchObject({ status: 200, body: { credit: '10.00' } });
    expect(await pay('r-1', '11.00')).toMatchObject({ status: 409, body: { code: 'payment.taken' } });
    expect(await pay('r-2', '0.00')).toMatchObject({ status: 400 });
    expect(await pay('r-2', '5', 'KRW')).toMatchObject({
      status: 422,
      body: { code: 'account.currency-mismatch' },
    });
    const limits = { creditLimit: '5', dailyCap: '12.5' };
    expect(await asked(`PUT /v1/accounts/${account}/limits`, limits)).toMatchObject({
      status: 200,
      body: { creditLimit: '5.00', available: '12.50' },
    });
    expect((await asked(`GET /v1/accounts/${account}/entries`)).body).toMatchObject({
      items: [{ kind: 'top-up', key: 'top-up:["main","r-1"]', amount: '10.00' }],
      nextCursor: null,
    });
    expect(await asked('GET /v1/accounts/999999999')).toMatchObject({
      status: 404,
      body: { code: 'account.unknown' },
    });
    expect((await asked(`PUT /v1/accounts/${account}/limits`, limits, operator)).status).toBe(403);
  });

  it('list calls page by page, each once, as charged last', async () => {
    await newDeck('calls');
    const id = versionOf(
      await upload('/v1/rate-decks/calls/versions', 'prefix,destination,per_minute\n82,Korea,0.06\n'),
    );
    await inForce(id, '2026-01-01T00:00:00Z');
    const memberId = newId();
    const account = await db.inTx(async (tx) => {
      const opened = await accountId(tx, { kind: 'member', owner: memberId, currency: USD });
      await setPayer(tx, memberId, { accountId: opened, deckId: 'calls' });
      const calls = [1, 2, 3].map((minutes) => ({
        callId: newId(),
        memberId,
        reading: 'pstn',
        called: '+82262006200',
        onNet: false,
        answeredAt: Date.parse('2026-11-23T12:00:00Z'),
        endedAt: Date.parse('2026-11-23T12:00:00Z') + minutes * 60_000,
        billable: true,
        legs: [],
      }));
      await chargeCalls(tx, calls, new RateBook());
      return opened;
    });
    const late = versionOf(
      await upload('/v1/rate-decks/calls/versions', 'prefix,destination,per_minute\n82,Korea,0.01\n'),
    );
    await inForce(late, '2026-11-01T00:00:00Z');
    const span = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' };
    const run = await asked('POST /v1/re-ratings', span);
    expect(run).toMatchObject({ status: 202, body: { looked: 0, finishedAt: null } });
    await drainReRatings();
    expect((await asked(`GET /v1/re-ratings/${(run.body as { id: string }).id}`)).body).toMatchObject({
      looked: 3,
      changed: 3,
      finishedAt: expect.any(String),
    });

    const first = await asked(`GET /v1/accounts/${account}/charges?limit=2`);
    const { items, nextCursor } = first.body as {
      items: { amount: string; destination: string }[];
      nextCursor: string;
    };
    const second = await asked(`GET /v1/accounts/${account}/charges?limit=2&cursor=${nextCursor}`);
    const all = [...items, ...(second.body as { items: typeof items }).items];
    expect(all.map((one) => one.amount).sort()).toEqual(['0.01', '0.02', '0.03']);
    expect(all.every((one) => one.destination === 'Korea')).toBe(true);
    expect(second.body).toMatchObject({ nextCursor: null });
  });
});

/** Does what the worker does with `re-rating.advanced`, until there is nothing more to tell. */
async function drainReRatings(): Promise<void> {
  const book = new RateBook();
  const messages = await db.rows<{ payload: unknown }>(
    `SELECT payload FROM outbox WHERE topic = 're-rating.advanced'`,
  );
  for (const { payload } of messages) {
    let next: ReRatingAdvanced | undefined = reRatingAdvanced.parse(payload);
    while (next !== undefined) {
      const told: ReRatingAdvanced = next;
      next = await db.inTx((tx) => advanceReRating(tx, book, told));
    }
  }
}
