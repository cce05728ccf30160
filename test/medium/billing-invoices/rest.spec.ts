import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId } from '../../../src/billing/accounts.service.js';
import { chargeCalls } from '../../../src/billing/charging.service.js';
import { billAccount } from '../../../src/billing/invoices/invoicing.service.js';
import { setPayer } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { Db } from '../../../src/infra/db/db.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { agree } from '../../support/two-persons.js';
import { USD } from '../billing/billing-world.js';
import { customer, SEOUL } from './invoice-world.js';
import { ublFlaws } from './ubl-schema.js';

const password = 'correct horse battery';
let database: TestDatabase;
let web: TestApp;
let db: Db;
let finance: SignedIn;
let hong: Signed;
let kim: Signed;
let boss: Signed;
interface Signed {
  readonly who: SignedIn;
  readonly memberId: string;
  readonly account: bigint;
}
let invoiceId: string;
let companyInvoice: string;

beforeAll(async () => {
  database = await testDatabase();
  web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
  db = web.app.get(Db);
  await addAccount(db, 'finance@example.com', password, ['finance']);
  finance = await signIn(web.url, 'finance@example.com', password);
  await newDeck();
  hong = await memberCalled('hong', 'member', newId());
  boss = await memberCalled('boss', 'company', newId());
  kim = await memberCalled('kim', 'company', boss.memberId);
  await setUp();
  ({ invoiceId, companyInvoice } = await october());
});
afterAll(async () => {
  await web.close();
  await database.remove();
});

const asked = (route: string, body?: unknown, who = finance): Promise<Answer> =>
  ask(web.url, route, { headers: who.page, ...(body === undefined ? {} : { body }) });

async function newDeck(): Promise<void> {
  await asked('POST /v1/rate-decks', { id: 'retail', name: 'Retail', direction: 'sale', currency: 'USD' });
  const csv = 'prefix,destination,per_minute\n82,대한민국,0.06\n81,日本,0.0333\n';
  const headers = { ...finance.page, 'content-type': 'text/csv' };
  const made = await ask(web.url, 'POST /v1/rate-decks/retail/versions', { headers, body: csv });
  const { versionId } = made.body as { versionId: string };
  const activeFrom = '2026-01-01T00:00:00Z';
  const proposed = await asked(`POST /v1/deck-versions/${versionId}/schedule`, { activeFrom });
  await addAccount(db, 'approver@example.com', password, ['approver']);
  await agree(web.url, proposed, await signIn(web.url, 'approver@example.com', password));
}

/** Somebody who signs in as a member; `payer` is the member's own account or that of its company. */
async function memberCalled(name: string, payer: 'member' | 'company', owner: string): Promise<Signed> {
  const email = `${name}@example.com`;
  const memberId = newId();
  const roles = name === 'boss' ? ['company-admin' as const] : ['member' as const];
  const id = await addAccount(db, email, password, roles);
  const company = name === 'boss' ? memberId : null;
  await db.rows('UPDATE user_account SET member_id = $2, company_id = $3 WHERE id = $1', [
    id,
    memberId,
    company,
  ]);
  const account = await db.inTx(async (tx) => {
    const opened = await accountId(tx, {
      kind: payer,
      owner: payer === 'member' ? memberId : name === 'boss' ? memberId : owner,
      currency: USD,
    });
    await setPayer(tx, memberId, { accountId: opened, deckId: 'retail' });
    return opened;
  });
  return { who: await signIn(web.url, email, password), memberId, account };
}

async function setUp(): Promise<void> {
  const { id, ...seller } = SEOUL;
  expect(await asked(`PUT /v1/sellers/${id}`, seller)).toMatchObject({ status: 200 });
  const party = { ...customer, name: '홍길동 & 아들 <東京>' };
  for (const { account } of [hong, boss])
    expect(await asked(`PUT /v1/accounts/${account}/invoice-party`, party)).toMatchObject({ status: 200 });
  const rule = { sellerCountry: 'KR', buyerCountry: 'KR', buyerHasTaxId: null, validFrom: '2000-01-01' };
  const domestic = { ...rule, treatment: 'seller-rate', note: 'domestic' };
  expect(await asked('POST /v1/tax-rules', domestic)).toMatchObject({ status: 201 });
  expect(await asked('POST /v1/tax-rules', domestic)).toMatchObject({
    status: 409,
    body: { code: 'tax-rule.taken' },
  });
  const rate = { country: 'KR', validFrom: '2000-01-01', ppm: 100_000, name: '부가가치세' };
  expect(await asked('POST /v1/tax-rates', rate)).toMatchObject({ status: 201 });
}

async function october(): Promise<{ invoiceId: string; companyInvoice: string }> {
  const called = (memberId: string, e164: string, minute: number) => ({
    callId: newId(),
    memberId,
    reading: 'pstn',
    called: e164,
    onNet: false,
    answeredAt: Date.parse('2026-10-10T12:00:00Z') + minute * 60_000,
    endedAt: Date.parse('2026-10-10T12:00:00Z') + minute * 60_000 + 37_000,
    billable: true,
    legs: [],
  });
  const calls = [
    ...[0, 1, 2].map((minute) => called(hong.memberId, minute < 2 ? '+82262006200' : '+81312345678', minute)),
    called(boss.memberId, '+82262006200', 0),
    called(kim.memberId, '+82262006200', 1),
  ];
  await db.inTx((tx) => chargeCalls(tx, calls, new RateBook()));
  const fee = {
    about: 'Number 02-6200-6200-082',
    fee: { amount: '2.00', currency: 'USD' },
    startedOn: '2026-10-01',
  };
  const headers = { ...finance.page, 'idempotency-key': 'fee-of-hong' };
  for (let twice = 0; twice < 2; twice++)
    expect(
      await ask(web.url, `POST /v1/accounts/${hong.account}/subscriptions`, { headers, body: fee }),
    ).toMatchObject({
      status: 201,
    });
  const run = await asked('POST /v1/invoice-runs', { sellerId: 'korea', month: '2026-10' });
  expect(run).toMatchObject({ status: 202, body: { waiting: 2, blocked: [] } });
  const { id } = run.body as { id: string };
  for (const { account } of [hong, boss]) await db.inTx((tx) => billAccount(tx, id, account));
  expect((await asked(`GET /v1/invoice-runs/${id}`)).body).toMatchObject({ waiting: 0, done: 2 });
  const one = async ({ who }: Signed) =>
    ((await asked('GET /v1/invoices', undefined, who)).body as { items: { id: string }[] }).items[0]?.id ??
    '';
  return { invoiceId: await one(hong), companyInvoice: await one(boss) };
}

describe('a member over REST', () => {
  it('sees its own invoice with each call and fee once, and what that adds up to', async () => {
    expect(await asked(`GET /v1/invoices/${invoiceId}`, undefined, hong.who)).toMatchObject({
      status: 200,
      body: {
        number: 'KR-000001',
        net: '2.09',
        taxAmount: '0.21',
        gross: '2.30',
        from: '2026-10-01',
        to: '2026-11-01',
      },
    });
    const page = await asked(`GET /v1/invoices/${invoiceId}/lines?limit=3`, undefined, hong.who);
    const { items, nextCursor } = page.body as { items: { amount: string }[]; nextCursor: string };
    const rest = await asked(`GET /v1/invoices/${invoiceId}/lines?cursor=${nextCursor}`, undefined, hong.who);
    const all = [...items, ...(rest.body as { items: typeof items }).items];
    expect(all.map(({ amount }) => amount)).toEqual(['0.037', '0.037', '0.020535', '2.00']);
    expect(rest.body).toMatchObject({ nextCursor: null });
  });

  it('sees its balance and what its calls cost, also when its company pays', async () => {
    expect((await asked('GET /v1/accounts', undefined, hong.who)).body).toMatchObject({
      items: [{ id: String(hong.account), kind: 'member' }],
    });
    expect(await asked(`GET /v1/accounts/${hong.account}`, undefined, hong.who)).toMatchObject({
      body: { credit: '-2.30' },
    });
    const costs = await asked('GET /v1/charges', undefined, kim.who);
    expect(costs).toMatchObject({
      status: 200,
      body: { items: [{ amount: '0.037', memberId: kim.memberId }] },
    });
    const bill = await asked(
      `GET /v1/invoices/${companyInvoice}/lines.csv?memberId=${kim.memberId}`,
      undefined,
      boss.who,
    );
    expect(bill.text.trim().split('\r\n')).toHaveLength(2);
    expect(bill.text).toContain(kim.memberId);
  });

  it("gets 404 for what is another's, as for what is not there", async () => {
    const others = [
      `/v1/invoices/${companyInvoice}`,
      `/v1/invoices/${companyInvoice}/lines`,
      `/v1/invoices/${companyInvoice}/lines.csv`,
      `/v1/invoices/${companyInvoice}/document.pdf`,
      `/v1/invoices/${companyInvoice}/document.xml`,
      `/v1/accounts/${boss.account}`,
      `/v1/accounts/${boss.account}/entries`,
      `/v1/accounts/${boss.account}/charges`,
      `/v1/accounts/${boss.account}/subscriptions`,
      `/v1/charges?memberId=${boss.memberId}`,
      `/v1/invoices/${newId()}`,
    ];
    for (const path of others)
      for (const { who } of path.includes(newId()) ? [hong] : [hong, kim])
        expect(`${path} ${(await asked(`GET ${path}`, undefined, who)).status}`).toBe(`${path} 404`);
    for (const path of [
      `/v1/invoices/${invoiceId}`,
      `/v1/accounts/${hong.account}`,
      `/v1/charges?memberId=${hong.memberId}`,
    ])
      expect(`${path} ${(await asked(`GET ${path}`, undefined, boss.who)).status}`).toBe(`${path} 404`);
    const list = await asked(`GET /v1/invoices?accountId=${boss.account}`, undefined, hong.who);
    expect(list.body).toEqual({ items: [], nextCursor: null });
    expect(
      (await asked('POST /v1/invoice-runs', { sellerId: 'korea', month: '2026-09' }, hong.who)).status,
    ).toBe(403);
  });
});

describe('the documents', () => {
  it('are valid UBL 2.1 by its schema, with the elements EN 16931 asks for', async () => {
    const { text, headers } = await asked(`GET /v1/invoices/${invoiceId}/document.xml`, undefined, hong.who);
    expect(headers.get('content-type')).toBe('application/xml');
    expect(await ublFlaws(text)).toEqual([]);
    expect(await ublFlaws(text.replace('<cbc:ID>KR-000001</cbc:ID>', ''))).not.toEqual([]);
    for (const element of [
      '<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>',
      '<cbc:ID>KR-000001</cbc:ID>',
      '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>',
      '<cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>',
      '<cbc:Name>홍길동 &amp; 아들 &lt;東京&gt;</cbc:Name>',
      '<cbc:LineExtensionAmount currencyID="USD">2.09</cbc:LineExtensionAmount>',
      '<cbc:TaxAmount currencyID="USD">0.21</cbc:TaxAmount>',
      '<cbc:PayableAmount currencyID="USD">2.30</cbc:PayableAmount>',
    ])
      expect(text).toContain(element);
    const lines = [
      ...text.matchAll(/<cac:InvoiceLine>.*?<cbc:LineExtensionAmount currencyID="USD">([\d.]+)</g),
    ];
    expect(lines.map(([, amount]) => amount)).toEqual(['0.02', '0.07', '2.00']);
  });

  it('are a PDF with Korean, Japanese and Latin letters that can be read out of it', async () => {
    const response = await fetch(`${web.url}/v1/invoices/${invoiceId}/document.pdf`, {
      headers: hong.who.cookie,
    });
    const pdf = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="KR-000001.pdf"');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeLessThan(100_000);
    const known = lettersOf(pdf);
    for (const letter of '청구서日本대한민국東京KR-0123456789.') expect(known).toContain(letter);
  });

  it('take lines back once, with a number of their own and the opposite postings', async () => {
    const credit = (body: unknown, key = newId()) =>
      ask(web.url, `POST /v1/invoices/${invoiceId}/credit-notes`, {
        headers: { ...finance.page, 'idempotency-key': key },
        body,
      });
    expect(await credit({ reason: 'no connection', lines: [1] })).toMatchObject({
      status: 201,
      body: {
        number: 'KR-C-000001',
        net: '-0.04',
        taxAmount: '0.00',
        gross: '-0.04',
        corrects: { number: 'KR-000001' },
      },
    });
    expect(await credit({ reason: 'again', lines: [1] })).toMatchObject({
      status: 409,
      body: { code: 'credit-note.line.taken' },
    });
    const rest = await credit({ reason: 'all of it' });
    expect(rest).toMatchObject({
      status: 201,
      body: { number: 'KR-C-000002', net: '-2.05', taxAmount: '-0.21', gross: '-2.26' },
    });
    expect(await credit({ reason: 'more' })).toMatchObject({
      status: 409,
      body: { code: 'credit-note.nothing.taken' },
    });
    expect(await asked(`GET /v1/accounts/${hong.account}`, undefined, hong.who)).toMatchObject({
      body: { credit: '0.00' },
    });
    const { id } = rest.body as { id: string };
    const { text } = await asked(`GET /v1/invoices/${id}/document.xml`, undefined, hong.who);
    expect(await ublFlaws(text)).toEqual([]);
    expect(text).toContain('<cbc:PayableAmount currencyID="USD">2.26</cbc:PayableAmount>');
    const nothing = await db.rows(
      'SELECT currency FROM entry GROUP BY currency HAVING sum(amount_micros) <> 0',
    );
    expect(nothing).toEqual([]);
  });

  it('are blocked with the reason, mended, and tried again', async () => {
    const other = await memberCalled('silva', 'member', newId());
    const party = { ...customer, country: 'BR' };
    await asked(`PUT /v1/accounts/${other.account}/invoice-party`, party);
    const run = await asked('POST /v1/invoice-runs', { sellerId: 'korea', month: '2026-09' });
    const { id } = run.body as { id: string };
    await db.inTx((tx) => billAccount(tx, id, other.account));
    expect((await asked(`GET /v1/invoice-runs/${id}`)).body).toMatchObject({
      blocked: [{ accountId: String(other.account), reason: 'no-tax-rule' }],
    });
    expect(await asked('POST /v1/invoice-runs', { sellerId: 'korea', month: '2026-09' })).toMatchObject({
      status: 409,
    });
    expect(await asked('POST /v1/invoice-runs', { sellerId: 'korea', month: '2026-11' })).toMatchObject({
      status: 409,
    });
    expect(await asked('POST /v1/invoice-runs', { sellerId: 'japan', month: '2026-09' })).toMatchObject({
      status: 404,
    });
    expect((await asked(`POST /v1/invoice-runs/${id}/retry`)).body).toMatchObject({
      waiting: expect.any(Number),
      blocked: [],
    });
    expect(
      await asked(`PUT /v1/accounts/${other.account}/invoice-party`, { ...party, terms: 'prepaid' }),
    ).toMatchObject({ status: 422 });
  });
});

/** Every letter that a reader could copy out: the ToUnicode maps of the embedded fonts. */
function lettersOf(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, body = '']) => {
    const bytes = Buffer.from(body, 'latin1');
    try {
      return inflateSync(bytes).toString('latin1');
    } catch {
      return body;
    }
  });
  const maps = streams.filter((one) => one.includes('beginbfrange') || one.includes('beginbfchar'));
  const codes = maps.flatMap((one) => [...one.matchAll(/<([0-9a-fA-F]{4,8})>/g)].map(([, hex = '0']) => hex));
  return codes.map((hex) => Buffer.from(hex, 'hex').swap16().toString('utf16le')).join('');
}

describe('what is still to be paid', () => {
  const dues = async (who?: SignedIn) => {
    const { body } = await asked('GET /v1/invoices/dues', undefined, who);
    return (
      body as { items: { accountId: string; open: string; overdue: string; invoices: { state: string }[] }[] }
    ).items;
  };
  const duesOfBoss = async () => (await dues()).find(({ accountId }) => accountId === String(boss.account));
  const pay = (account: bigint, amount: string, reference: string) =>
    ask(web.url, `POST /v1/accounts/${account}/payments`, {
      headers: { ...finance.page, 'idempotency-key': reference },
      body: { money: { amount, currency: 'USD' }, bank: 'main', reference },
    });

  it('is said for each postpaid account: the month that nobody paid, not what was credited nor the calls since', async () => {
    const talk = {
      memberId: boss.memberId,
      reading: 'pstn',
      called: '+82262006200',
      onNet: false,
      answeredAt: Date.parse('2026-11-10T12:00:00Z'),
      endedAt: Date.parse('2026-11-10T13:00:00Z'),
      billable: true,
      legs: [],
    };
    await db.inTx((tx) => chargeCalls(tx, [{ callId: newId(), ...talk }], new RateBook()));
    const all = await dues();
    expect(all.find(({ accountId }) => accountId === String(hong.account))).toMatchObject({
      open: '0.00',
      invoices: [{ id: invoiceId, state: 'paid', gross: '2.30' }],
    });
    expect(await duesOfBoss()).toMatchObject({
      open: '0.08',
      overdue: '0.00',
      invoices: [{ id: companyInvoice, open: '0.08', state: 'open' }],
    });
  });

  it('goes down with what comes in, and is nothing when all is paid', async () => {
    expect((await pay(boss.account, '0.03', 'first-payment-0001')).status).toBe(200);
    expect(await duesOfBoss()).toMatchObject({
      open: '0.05',
      invoices: [{ open: '0.05', state: 'part-paid' }],
    });
    expect((await pay(boss.account, '5.00', 'second-payment-0001')).status).toBe(200);
    expect(await duesOfBoss()).toMatchObject({ open: '0.00', invoices: [{ open: '0.00', state: 'paid' }] });
  });

  it("is nobody else's business", async () => {
    expect((await dues(hong.who)).map(({ accountId }) => accountId)).toEqual([String(hong.account)]);
    expect(await dues(kim.who)).toEqual([]);
  });
});
