import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chargeCalls } from '../../../src/billing/charging.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { Db } from '../../../src/infra/db/db.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type PrivateRedis, privateRedis } from '../../support/private-redis.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { agree } from '../../support/two-persons.js';

const password = 'correct horse battery';
const first = Date.parse('2026-11-10T12:00:00Z');
let database: TestDatabase;
let redis: PrivateRedis;
let app: TestApp;
let finance: SignedIn;
let approver: SignedIn;
beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), privateRedis()]);
  app = await testApp({ databaseUrl: database.url, redisUrl: redis.url, roles: ['web', 'worker'] });
  const db = app.app.get(Db);
  await addAccount(db, 'finance@example.com', password, ['finance', 'operator']);
  await addAccount(db, 'approver@example.com', password, ['approver']);
  finance = await signIn(app.url, 'finance@example.com', password);
  approver = await signIn(app.url, 'approver@example.com', password);
});
afterAll(async () => {
  await app.close();
  await Promise.all([database.remove(), redis.remove()]);
});

const asked = (route: string, body?: unknown, who = finance): Promise<Answer> =>
  ask(app.url, route, { headers: who.page, ...(body === undefined ? {} : { body }) });
const upload = (path: string, body: string): Promise<Answer> =>
  ask(app.url, `POST ${path}`, { headers: { ...finance.page, 'content-type': 'text/csv' }, body });
const field = (answer: Answer, name: string): string => {
  const value = (answer.body as Record<string, unknown>)[name];
  if (typeof value !== 'string') throw new Error(`${answer.status} ${answer.text}`);
  return value;
};

describe('a carrier’s fee, from the price list to the payment, by the real worker', () => {
  it('is rated, matched, decided, approved by a second person, paid by bank file and booked', async () => {
    await asked('POST /v1/rate-decks', { id: 'kt', name: 'KT', direction: 'carrier', currency: 'EUR' });
    const deck = await upload('/v1/rate-decks/kt/versions', 'prefix,per_minute\n82,0.06\n');
    const proposed = await asked(`POST /v1/deck-versions/${field(deck, 'versionId')}/schedule`, {
      activeFrom: '2026-01-01T00:00:00Z',
    });
    await agree(app.url, proposed, approver);
    expect(
      (await asked('PUT /v1/carrier-accounts/kt', { name: 'KT', deckId: 'kt', trunks: ['kr-gateway'] }))
        .status,
    ).toBe(200);
    expect((await asked('GET /v1/carrier-accounts')).body).toMatchObject({
      items: [{ id: 'kt', deckId: 'kt', currency: 'EUR', trunks: ['kr-gateway'] }],
    });
    const agreement = {
      timeZone: 'UTC',
      tolerance: { clockMs: 5_000, durationMs: 2_000, micros: 1_000 },
      totalTolerancePpm: 5_000,
      paymentDays: 14,
      creditor: { name: 'KT', iban: 'GB82WEST12345698765432' },
      debtor: { name: 'Anydial', iban: 'DE89370400440532013000' },
    };
    const wrong = { ...agreement, creditor: { name: 'KT', iban: 'GB82WEST12345698765433' } };
    expect(await asked('PUT /v1/carrier-accounts/kt/agreement', wrong)).toMatchObject({ status: 400 });
    expect((await asked('PUT /v1/carrier-accounts/kt/agreement', agreement)).status).toBe(204);
    expect((await asked('GET /v1/carrier-accounts/kt/agreement')).body).toMatchObject({
      ...agreement,
      currency: 'EUR',
    });
    await app.app.get(Db).inTx((tx) => chargeCalls(tx, [0, 1].map(callAt), new RateBook()));

    const period = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
    const opened = await asked('POST /v1/settlements', { carrierId: 'kt', ...period });
    const id = field(opened, 'id');
    expect((await asked('POST /v1/settlements', { carrierId: 'kt', ...period })).status).toBe(409);
    const lines = ['2026-11-10 12:00:01,60,0.06', '2026-11-10 12:01:01,60,0.09', 'soon,60,0.06'];
    const csv = (rows: readonly string[]) =>
      ['number,answered_at,duration,amount', ...rows.map((one) => `+82262006200,${one}`), ''].join('\n');
    expect((await upload(`/v1/settlements/${id}/statement?source=nov`, csv(lines))).body).toMatchObject({
      bad: 1,
    });
    expect((await asked(`GET /v1/settlements/${id}/bad-lines.csv`)).text).toContain('4,answered_at,');
    await reached(id, 'review');
    expect((await asked(`DELETE /v1/settlements/${id}/statement`)).status).toBe(204);
    await upload(`/v1/settlements/${id}/statement?source=nov-2`, csv(lines.slice(0, 2)));
    await reached(id, 'review');

    const differences = (await asked(`GET /v1/settlements/${id}/differences?kind=rate-differs`)).body;
    expect(differences).toMatchObject({
      items: [{ kind: 'rate-differs', ours: '0.06', theirs: '0.09', state: 'open' }],
    });
    const settled = { kind: 'rate-differs', state: 'settled-at-theirs', note: 'their price list of May' };
    expect((await asked(`POST /v1/settlements/${id}/decisions`, settled)).body).toEqual({ decided: 1 });
    const { id: difference } = (differences as { items: [{ id: string }] }).items[0];
    expect((await asked(`GET /v1/settlements/${id}/differences/${difference}/notes`)).body).toMatchObject({
      items: [{ note: 'their price list of May', state: 'settled-at-theirs' }],
    });

    expect((await asked(`POST /v1/settlements/${id}/approval`, { basis: 'lines' })).status).toBe(403);
    const approved = await asked(`POST /v1/settlements/${id}/approval`, { basis: 'lines' }, approver);
    expect(approved).toMatchObject({ status: 200, body: { state: 'approved', agreed: '0.15' } });
    await reached(id, 'paying');
    await reached(`${id}/payment`, 'sent');
    expect((await asked(`GET /v1/settlements/${id}/payment`, undefined, approver)).body).toMatchObject({
      amount: '0.15',
      hasDocument: true,
    });
    const file = await asked(`GET /v1/settlements/${id}/payment/document`, undefined, approver);
    expect(file.text).toContain('<InstdAmt Ccy="EUR">0.15</InstdAmt>');
    const said = { outcome: 'paid', at: '2026-12-20T00:00:00Z', detail: 'statement 12' };
    expect(await asked(`POST /v1/settlements/${id}/payment/confirmation`, said, approver)).toMatchObject({
      status: 200,
      body: { state: 'paid' },
    });
    expect((await asked(`GET /v1/settlements?carrierId=kt`)).body).toMatchObject({
      items: [{ id, state: 'paid' }],
    });
    expect((await asked(`POST /v1/settlements/${id}/payment/retry`, {}, approver)).status).toBe(409);
  });

  it('has exchange rates noted once a day, and payers with sale decks only', async () => {
    const rate = { from: 'USD', to: 'KRW', day: '2026-11-23', rate: '1400.5', source: 'ECB' };
    expect((await asked('POST /v1/exchange-rates', rate)).status).toBe(201);
    expect((await asked('POST /v1/exchange-rates', { ...rate, rate: '1' })).status).toBe(409);
    const account = { kind: 'member', owner: newId(), currency: 'USD' };
    expect((await asked(`PUT /v1/payers/${newId()}`, { account, deckId: 'kt' })).status).toBe(404);
    await asked('POST /v1/rate-decks', { id: 'retail', name: 'Retail', direction: 'sale', currency: 'USD' });
    const set = await asked(`PUT /v1/payers/${newId()}`, { account, deckId: 'retail' });
    expect(set).toMatchObject({
      status: 200,
      body: { deckId: 'retail', accountId: expect.stringMatching(/^\d+$/) },
    });
  });
});

/** Asks until the worker has brought it there; jest's own deadline ends it when it never does. */
async function reached(path: string, state: string): Promise<void> {
  while (field(await asked(`GET /v1/settlements/${path}`), 'state') !== state);
}

const callAt = (minute: number) => {
  const at = { answeredAt: first + minute * 60_000, endedAt: first + (minute + 1) * 60_000 };
  const legs = [{ leg: 0, kind: 'trunk' as const, target: 'kr-gateway', e164: '+82262006200', ...at }];
  return {
    callId: newId(),
    memberId: null,
    reading: 'pstn',
    called: null,
    onNet: false,
    billable: false,
    ...at,
    legs,
  };
};
