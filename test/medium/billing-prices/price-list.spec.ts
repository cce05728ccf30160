import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId } from '../../../src/billing/accounts.service.js';
import { setPayer } from '../../../src/billing/parties.service.js';
import { Db } from '../../../src/infra/db/db.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { agree } from '../../support/two-persons.js';
import { USD } from '../billing/billing-world.js';

const password = 'correct horse battery';
let database: TestDatabase;
let web: TestApp;
let db: Db;
let finance: SignedIn;
let approver: SignedIn;
let member: SignedIn;
let account: bigint;
beforeAll(async () => {
  database = await testDatabase();
  web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
  db = web.app.get(Db);
  await addAccount(db, 'finance@example.com', password, ['finance']);
  finance = await signIn(web.url, 'finance@example.com', password);
  await addAccount(db, 'approver@example.com', password, ['approver']);
  approver = await signIn(web.url, 'approver@example.com', password);
  for (const [id, direction] of [
    ['retail', 'sale'],
    ['other', 'sale'],
    ['asked', 'carrier'],
  ])
    await asked('POST /v1/rate-decks', { id, name: id, direction, currency: 'USD' });
  const night = { name: 'night', timeZone: 'UTC', windows: [{ days: [1, 7], from: '20:00', to: '08:00' }] };
  const query = new URLSearchParams({ periods: JSON.stringify([night]) });
  await inForce(
    `retail/versions?${query}`,
    'prefix,destination,per_minute,per_minute@night\n8210,"Korea, mobile",0.06,0.03\n82,Korea,0.02,\n829,Korea x,0.5,\n83,Nowhere,9,\n,World,1,\n',
  );
  await inForce('other/versions', 'prefix,per_minute\n82,0.99\n');
  ({ who: member, account } = await newMember('member', 'retail'));
});
afterAll(async () => {
  await web.close();
  await database.remove();
});

const asked = (route: string, body?: unknown, who = finance): Promise<Answer> =>
  ask(web.url, route, { headers: who.page, ...(body === undefined ? {} : { body }) });

async function inForce(path: string, csv: string): Promise<void> {
  const headers = { ...finance.page, 'content-type': 'text/csv' };
  const made = await ask(web.url, `POST /v1/rate-decks/${path}`, { headers, body: csv });
  const { versionId } = made.body as { versionId: string };
  const scheduled = await asked(`POST /v1/deck-versions/${versionId}/schedule`, {
    activeFrom: '2026-01-01T00:00:00Z',
  });
  expect(scheduled.status).toBe(202);
  await agree(web.url, scheduled, approver);
}

async function newMember(name: string, deckId?: string): Promise<{ who: SignedIn; account: bigint }> {
  const owner = newId();
  const id = await addAccount(db, `${name}@example.com`, password, ['member']);
  await db.rows('UPDATE user_account SET member_id = $2 WHERE id = $1', [id, owner]);
  const opened = await db.inTx(async (tx) => {
    const made = await accountId(tx, { kind: 'member', owner, currency: USD });
    if (deckId !== undefined) await setPayer(tx, owner, { accountId: made, deckId });
    return made;
  });
  return { who: await signIn(web.url, `${name}@example.com`, password), account: opened };
}

const prefixes = ({ body }: Answer) =>
  (body as { items: { prefix: string }[] }).items.map(({ prefix }) => prefix);

describe('the price list', () => {
  it("shows a member its own deck's prices in force, page by page", async () => {
    const first = await asked('GET /v1/price-list?limit=3', undefined, member);
    expect(first).toMatchObject({
      status: 200,
      body: { currency: 'USD', onNetFree: true, applies: { destination: 'World' } },
    });
    expect(prefixes(first)).toEqual(['', '82', '8210']);
    const { nextCursor } = first.body as { nextCursor: string };
    const second = await asked(`GET /v1/price-list?cursor=${nextCursor}`, undefined, member);
    expect([prefixes(second), (second.body as { nextCursor: unknown }).nextCursor]).toEqual([
      ['829', '83'],
      null,
    ]);
  });

  it('finds what begins with some digits, and what counts for a whole number', async () => {
    expect(prefixes(await asked('GET /v1/price-list?prefix=%2B82', undefined, member))).toEqual([
      '82',
      '8210',
      '829',
    ]);
    expect(prefixes(await asked('GET /v1/price-list?prefix=829', undefined, member))).toEqual(['829']);
    expect((await asked('GET /v1/price-list?prefix=821012345678', undefined, member)).body).toMatchObject({
      applies: {
        prefix: '8210',
        perMinute: '0.06',
        periods: { night: '0.03' },
        destination: 'Korea, mobile',
      },
      items: [],
    });
    expect((await asked('GET /v1/price-list?prefix=82x', undefined, member)).status).toBe(400);
  });

  it('is a CSV file, too', async () => {
    const { text, headers } = await asked('GET /v1/price-list.csv?prefix=82', undefined, member);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(text.split('\r\n').slice(0, 3)).toEqual([
      'prefix,destination,currency,per_minute,connect_fee,first,next,minimum,free,per_minute@night',
      '82,Korea,USD,0.02,0.00,1,1,0,0,0.02',
      '8210,"Korea, mobile",USD,0.06,0.00,1,1,0,0,0.03',
    ]);
  });

  it('shows no other deck to a member, any sale deck to staff, and never what carriers ask', async () => {
    const tried = await asked('GET /v1/price-list?deck=other&prefix=82', undefined, member);
    expect(tried.body).toMatchObject({ applies: { perMinute: '0.02' } });
    const staff = await asked('GET /v1/price-list?deck=other&prefix=82');
    expect(staff.body).toMatchObject({ applies: { perMinute: '0.99' } });
    expect((await asked('GET /v1/price-list?deck=asked')).status).toBe(404);
    const { who } = await newMember('without-payer');
    expect(await asked('GET /v1/price-list', undefined, who)).toMatchObject({
      status: 404,
      body: { code: 'price-list.unknown' },
    });
  });
});

describe('what keeps a stolen password cheap', () => {
  it('caps what a new payer may spend a day, by a default that finance may change', async () => {
    const { account: first } = await newMember('capped');
    const cap = async (of: bigint) =>
      (
        await db.rows<{ cap: string }>('SELECT daily_cap_micros AS cap FROM ledger_account WHERE id = $1', [
          of,
        ])
      )[0]?.cap;
    expect(await cap(first)).toBe('50000000');
    expect((await asked('PUT /v1/payer-defaults/USD', { dailyCap: '12.50' })).status).toBe(204);
    const { account: second } = await newMember('capped-less');
    expect([await cap(first), await cap(second)]).toEqual(['50000000', '12500000']);
    expect((await asked('GET /v1/payer-defaults')).body).toMatchObject({
      items: expect.arrayContaining([{ currency: 'USD', dailyCap: '12.50' }]),
    });
    await asked(`POST /v1/accounts/${second}/payments`, {
      money: { amount: '100', currency: 'USD' },
      bank: 'b',
      reference: 'cap',
    });
    expect(await asked(`GET /v1/accounts/${second}`)).toMatchObject({
      body: { credit: '100.00', available: '12.50' },
    });
  });

  it('bars ranges until an account is allowed them, which only finance may do', async () => {
    const path = `/v1/accounts/${account}/allowances`;
    expect((await asked(`GET ${path}`, undefined, member)).body).toEqual({ kinds: [] });
    expect((await asked(`PUT ${path}`, { kinds: ['premium'] }, member)).status).toBe(403);
    expect((await asked(`PUT ${path}`, { kinds: ['satellite', 'premium'] })).body).toEqual({
      kinds: ['premium', 'satellite'],
    });
    expect((await asked(`PUT ${path}`, { kinds: ['premium'] })).body).toEqual({ kinds: ['premium'] });
    expect(
      (await asked('PUT /v1/guarded-ranges/8216', { kind: 'premium', about: 'new service' })).status,
    ).toBe(204);
    expect((await asked('GET /v1/guarded-ranges')).body).toMatchObject({
      items: expect.arrayContaining([{ prefix: '8216', kind: 'premium', about: 'new service' }]),
    });
  });
});
