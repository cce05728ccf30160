import { accountId, addTaxRate, addTaxRule, setSeller } from '../../../src/billing/index.js';
import { bookPayment } from '../../../src/billing/payments.service.js';
import { TestProviderPort } from '../../../src/billing/top-ups/test-provider.port.js';
import { TOP_UP_PORT } from '../../../src/billing/top-ups/top-up-port.js';
import { topics } from '../../../src/events.js';
import { Db } from '../../../src/infra/db/db.js';
import { cookieName } from '../../../src/infra/http/access/session-cookie.js';
import type { UserRole } from '../../../src/infra/http/policies.js';
import { Sessions } from '../../../src/infra/http/sessions/sessions.service.js';
import { OutgoingMail } from '../../../src/infra/mail/outgoing-mail.js';
import { consume } from '../../../src/infra/outbox/consume.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { newId } from '../../../src/kernel/ids.js';
import { currency, money } from '../../../src/kernel/money.js';
import type { Secret } from '../../../src/kernel/secret.js';
import { putProduct } from '../../../src/sales/catalogue/product-desk.service.js';
import { putGoods } from '../../../src/sales/goods/goods.service.js';
import { RefundTeller } from '../../../src/sales/orders/refund-teller.js';
import { BuyerMails } from '../../../src/sales/receipts/buyer-mails.js';
import { SalesJobs } from '../../../src/sales/sales.jobs.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const PASSWORD = 'correct horse battery';
export const USD = currency('USD');

export interface Buying {
  readonly id: string;
  readonly who: SignedIn;
}
export interface OrderBody {
  readonly id: string;
  readonly state: string;
  readonly next: { readonly action: string; readonly until: string | null };
  readonly memberId: string | null;
  readonly payments: readonly {
    readonly id: string;
    readonly method: 'wallet' | 'direct';
    readonly amount: string;
    readonly state: string;
    readonly redirectUrl: string | null;
  }[];
  readonly price: { readonly total: string };
  readonly reason: string | null;
}

/** The web role with a shop that sells in Korea and the United States, and its events handled one by one as told. */
export class ShopWorld {
  private accounts = 0;
  readonly db: Db;
  readonly provider: TestProviderPort;
  readonly operator: SignedIn;
  private readonly jobs: SalesJobs;

  private constructor(
    readonly web: TestApp,
    operator: SignedIn,
    private readonly remove: () => Promise<void>,
  ) {
    this.db = web.app.get(Db);
    this.operator = operator;
    this.provider = web.app.get<TestProviderPort>(TOP_UP_PORT, { strict: false });
    this.jobs = new SalesJobs(
      web.app.get(Outbox, { strict: false }),
      web.app.get(RefundTeller, { strict: false }),
      new BuyerMails(web.app.get(OutgoingMail, { strict: false }), web.config),
      web.config,
    );
  }

  /** With `worker`, a worker handles the events as in life; else the test does, one by one. */
  static async open(worker?: { readonly redisUrl: Secret; readonly smtpUrl: string }): Promise<ShopWorld> {
    const database = await testDatabase();
    const web = await testApp({
      databaseUrl: database.url,
      topUpPort: 'test',
      ...(worker === undefined ? { redisUrl: nowhere } : { ...worker, roles: ['web', 'worker'] as const }),
    });
    const db = web.app.get(Db);
    await stockShop(db);
    await addAccount(db, 'operator@example.com', PASSWORD, ['operator']);
    const operator = await signIn(web.url, 'operator@example.com', PASSWORD);
    return new ShopWorld(web, operator, () => database.remove());
  }

  async close(): Promise<void> {
    await this.web.close();
    await this.remove();
  }

  ask(
    route: string,
    body?: unknown,
    who?: SignedIn,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return ask(this.web.url, route, {
      headers: { ...(who?.page ?? {}), ...headers },
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Somebody who has signed up and is nobody's member yet. */
  async buyer(role: UserRole = 'member'): Promise<Buying> {
    const email = `buyer-${++this.accounts}@example.com`;
    const id = await addAccount(this.db, email, PASSWORD, [role]);
    return { id, who: await signIn(this.web.url, email, PASSWORD) };
  }

  /** As a buyer, without a password: hashing a hundred of them takes longer than what they do. */
  async visitor(): Promise<Buying> {
    const [id, email] = [newId(), `visitor-${++this.accounts}@example.com`];
    await this.db.run(
      `INSERT INTO user_account (id, email, password_hash, roles) VALUES ($1, $2, 'none', '{member}')`,
      [id, email],
    );
    const sessions = this.web.app.get(Sessions, { strict: false });
    const { token, csrfToken } = await sessions.open(this.db, { id, email, roles: ['member'] }, 'test');
    const cookie = `${cookieName(this.web.config)}=${token}`;
    return { id, who: { cookie: { cookie }, page: { cookie, 'x-csrf-token': csrfToken }, csrfToken } };
  }

  /** A member with a telephone that is proved to be his. */
  async memberWith(e164: string): Promise<Buying & { readonly memberId: string }> {
    const buyer = await this.buyer();
    const memberId = newId();
    await this.db.run(
      `INSERT INTO member (id, kind, name, language, country) VALUES ($1, 'person', 'Ann', 'en', 'KR')`,
      [memberId],
    );
    await this.db.run('UPDATE user_account SET member_id = $2 WHERE id = $1', [buyer.id, memberId]);
    await this.prove(memberId, e164);
    return { ...buyer, memberId };
  }

  async prove(memberId: string, e164: string): Promise<void> {
    await this.db.run(
      `INSERT INTO contact_number (id, member_id, e164, verified_at) VALUES ($1, $2, $3, now())`,
      [newId(), memberId, e164],
    );
  }

  /** Puts money on the wallet that an order is paid from. */
  async fill(orderId: string, micros: bigint): Promise<bigint> {
    const [order] = await this.db.rows<{ holder: string; kind: string; currency: string }>(
      'SELECT holder_id AS holder, holder_kind AS kind, currency FROM shop_order WHERE id = $1',
      [orderId],
    );
    if (order === undefined) throw new Error('no order');
    const unit = currency(order.currency);
    return this.db.inTx(async (tx) => {
      const account = await accountId(tx, {
        kind: order.kind === 'company' ? 'company' : 'member',
        owner: order.holder,
        currency: unit,
      });
      const payment = { money: money(micros, unit), bank: 'test', reference: newId(), at: new Date() };
      const booked = await bookPayment(tx, account, payment);
      if (!booked.ok) throw new Error(booked.failure.message);
      return account;
    });
  }

  /** Takes a handler's next event and gives up before it commits, as a process does that is killed. */
  async crashIn(topic: keyof typeof HANDLERS): Promise<void> {
    const waiting = await this.waiting(topic);
    const [handler, method] = HANDLERS[topic];
    const run = async (payloads: readonly unknown[], tx: never): Promise<void> => {
      for (const payload of payloads) await this.jobs[method](payload as never, tx);
      throw new Error('killed');
    };
    const killed = consume(this.db, topics, { handler, topic, run: run as never }, [waiting?.id ?? '']);
    await killed.then(
      () => Promise.reject(new Error(`no ${topic} waits`)),
      (error: Error) => (error.message === 'killed' ? undefined : Promise.reject(error)),
    );
  }

  /** The next event that we have not handled: where others hear a topic too, the row waits for them as well. */
  private async waiting(only?: string) {
    const [first] = await this.db.rows<{ id: string; topic: keyof typeof HANDLERS }>(
      `SELECT o.id, o.topic FROM outbox o JOIN unnest($1::text[], $2::text[]) AS h (topic, handler) USING (topic)
        WHERE o.handled_at IS NULL AND ($3::text IS NULL OR o.topic = $3)
          AND NOT EXISTS (SELECT FROM processed_message p WHERE (p.message_id, p.handler) = (o.id, h.handler))
        ORDER BY o.id LIMIT 1`,
      [Object.keys(HANDLERS), Object.values(HANDLERS).map(([handler]) => handler), only ?? null],
    );
    return first;
  }

  /** Handles all events of the shop that wait, and those that they lead to. Returns their topics. */
  async drain(only?: string): Promise<readonly string[]> {
    const done: string[] = [];
    for (;;) {
      const waiting = await this.waiting(only);
      if (waiting === undefined) return done;
      const [handler, method] = HANDLERS[waiting.topic];
      const run = async (payloads: readonly unknown[], tx: never): Promise<void> => {
        for (const payload of payloads) await this.jobs[method](payload as never, tx);
      };
      await consume(this.db, topics, { handler, topic: waiting.topic, run: run as never }, [waiting.id]);
      done.push(waiting.topic);
    }
  }

  /** The whole of what a person orders: quoted, held, applied for, selected. */
  async selected(who: SignedIn, wish: object, application: object = { contact: null }): Promise<OrderBody> {
    const quoted = await this.ask('POST /v1/orders', wish, who);
    if (quoted.status !== 201) throw new Error(`order: ${quoted.status} ${quoted.text}`);
    const { id } = quoted.body as OrderBody;
    for (const [step, body] of [
      ['hold', {}],
      ['application', { ...formOf('Ann'), ...application }],
    ] as const)
      must(await this.ask(`POST /v1/orders/${id}/${step}`, body, who));
    const applied = (await this.ask(`GET /v1/orders/${id}`, undefined, who)).body as OrderBody;
    if (applied.state === 'awaiting-approval')
      must(await this.ask(`POST /v1/shop/approvals/${id}/approval`, { reason: 'fine' }, this.operator));
    return must(await this.ask(`POST /v1/orders/${id}/selection`, {}, who));
  }

  async order(id: string, who: SignedIn): Promise<OrderBody> {
    return must(await this.ask(`GET /v1/orders/${id}`, undefined, who));
  }

  /** What the provider tells of a payment, signed. */
  async decided(redirectUrl: string | null | undefined, decision: 'paid' | 'declined' | 'expired') {
    const event = await this.provider.decide(redirectUrl?.split('/').at(-1) ?? '', decision);
    if (!event.ok) throw new Error(event.failure.message);
    return event.value;
  }

  tell({ body, headers }: { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> }) {
    return ask(this.web.url, 'POST /v1/payment-events/test', { headers, body: body.toString() });
  }

  /** Sum of all balances: 0, whatever happened. And what is held: nothing, once all is at rest. */
  async books(): Promise<{ readonly sum: string; readonly held: string }> {
    const [row] = await this.db.rows<{ sum: string; held: string }>(
      `SELECT COALESCE(sum(balance_micros), 0)::text AS sum, COALESCE(sum(held_micros), 0)::text AS held FROM account_balance`,
    );
    return row ?? { sum: '?', held: '?' };
  }
}

const HANDLERS = {
  'order.paid': ['sales.begin-provisioning', 'beginProvisioning'],
  'order.provisioning': ['sales.provision', 'provision'],
  'number.assigned': ['sales.activate', 'activate'],
  'top-up.settled': ['sales.settle-payment', 'settlePayment'],
  'order.told': ['sales.mail-buyer', 'mailBuyer'],
  'contract.told': ['sales.mail-owner', 'mailOwner'],
  'refund.settled': ['sales.settle-refund', 'settleRefund'],
} as const;

export function must(answer: Answer): OrderBody {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body as OrderBody;
}

export const formOf = (name: string) => ({
  holder: { name, language: 'en', area: null },
  contact: null,
  acceptsTerms: true,
  acceptsWarnings: true,
});

const address = { name: 'Ann Lee', street: '1 Road', city: 'Seoul', postcode: '04524', country: 'KR' };
export const companyWish = (number: string, more: object = {}) => ({
  kind: 'number',
  product: 'vns-kr',
  number,
  interval: 'year',
  language: 'en',
  billing: address,
  ...more,
});
export const ownWish = (number: string, more: object = {}) => ({
  ...companyWish(number),
  product: 'pin-own-kr',
  ...more,
});
export const idWish = (number: string) => companyWish(number, { product: 'pin-id-kr' });
export const goodsWish = (count: number, more: object = {}) => ({
  kind: 'goods',
  country: 'KR',
  language: 'en',
  lines: [{ goods: 'desk-phone', count }],
  billing: address,
  shipTo: address,
  ...more,
});

const words = (en: string) => ({ en, ko: `${en} (ko)` });
const dollars = (amount: bigint): bigint => amount * 1_000_000n;
const prices = (setup: bigint) => ({ setup: dollars(setup), monthly: dollars(3n), yearly: dollars(30n) });
const branch = { setup: dollars(5n), monthly: dollars(2n), yearly: dollars(20n) };
const all = { plain: prices(10n), fine: prices(50n), premium: prices(300n) };

async function stockShop(db: Db): Promise<void> {
  await db.inTx(async (tx) => {
    const seller = {
      id: 'seller-kr',
      name: 'Anydial',
      street: '1',
      city: 'Seoul',
      postcode: '1',
      country: 'KR',
    };
    const prefixes = { invoice: 'K-', 'credit-note': 'KC-' };
    await setSeller(tx, { ...seller, taxId: null, iban: null, timeZone: 'Asia/Seoul', prefixes });
    await addTaxRate(tx, { country: 'KR', validFrom: '2020-01-01', ppm: 100_000, name: 'VAT' });
    const rule = { sellerCountry: 'KR', buyerHasTaxId: null, validFrom: '2020-01-01' };
    await addTaxRule(tx, { ...rule, buyerCountry: 'KR', treatment: 'seller-rate', note: 'domestic' });
    await addTaxRule(tx, { ...rule, buyerCountry: null, treatment: 'outside-scope', note: 'export' });
    for (const country of ['KR', 'US'])
      await tx.run(`INSERT INTO shop_country (country, seller_id) VALUES ($1, 'seller-kr')`, [country]);
    await tx.run(
      `INSERT INTO identifier_code (country, code, min_length, max_length) VALUES ('KR', '0591', 10, 11)`,
    );
    await tx.run(`INSERT INTO shop_text (id, position, title, body) VALUES ('what', 1, $1, $1)`, [
      words('What'),
    ]);
    const product = { title: words('A number'), body: words('Text'), currency: 'USD', onSale: true };
    const person = { ...product, kind: 'person', country: 'KR', branch: undefined, prices: all } as const;
    const made = [
      await putProduct(tx, {
        ...person,
        id: 'pin-own-kr',
        form: 'own-telephone',
        prices: { plain: prices(10n) },
      }),
      await putProduct(tx, { ...person, id: 'pin-id-kr', form: 'identification' }),
      await putProduct(tx, {
        ...product,
        id: 'vns-kr',
        kind: 'company',
        form: 'company',
        country: 'KR',
        prices: all,
        branch,
      }),
      await putGoods(tx, {
        id: 'desk-phone',
        kind: 'phone',
        title: words('Desk telephone'),
        body: words('Text'),
        vendor: 'yealink',
        onSale: true,
        prices: [{ country: 'KR', currency: 'USD', price: dollars(50n) }],
      }),
    ];
    for (const one of made) if (!one.ok) throw new Error(one.failure.message);
  });
}
