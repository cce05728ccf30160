import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { waitSeconds } from '../../../src/crm/domain/webhook-schedule.js';
import {
  type Due,
  noteAttempt,
  takeDue,
  tellWebhooks,
  WEBHOOK_CHANNEL,
} from '../../../src/crm/webhooks/deliveries.service.js';
import { post } from '../../../src/crm/webhooks/webhook-sender.js';
import { Db } from '../../../src/infra/db/db.js';
import { Listener } from '../../../src/infra/db/listen.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';

interface Got {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
const password = 'correct horse battery';

/** Somebody else's server: it answers as it is told to, and hands over what it got. */
class Receiver {
  readonly got: Got[] = [];
  answer: (turn: number) => number | 'stall' | 'redirect' = () => 200;
  private waiting: (() => void)[] = [];
  readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      this.got.push({ headers: request.headers, body });
      const answer = this.answer(this.got.length);
      for (const tell of this.waiting.splice(0)) tell();
      if (answer === 'stall') return;
      if (answer === 'redirect') response.writeHead(307, { location: '/elsewhere' }).end();
      else response.writeHead(answer).end();
    });
  });
  url = '';
  async open(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }
  async holding(count: number): Promise<void> {
    while (this.got.length < count) await new Promise<void>((done) => this.waiting.push(done));
  }
  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe('webhooks', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let app: TestApp;
  let db: Db;
  let receiver: Receiver;
  let admin: SignedIn;
  let other: SignedIn;
  const [company, stranger] = [newId(), newId()];
  beforeAll(async () => {
    [database, redis] = await Promise.all([testDatabase(), testRedis()]);
    app = await testApp({ databaseUrl: database.url, redisUrl: redis.url, roles: ['web', 'worker'] });
    db = app.app.get(Db);
    for (const [id, name] of [
      [company, 'Hanbit'],
      [stranger, 'Other'],
    ])
      await db.rows(
        `INSERT INTO member (id, kind, name, language, country) VALUES ($1, 'company', $2, 'en', 'KR')`,
        [id, name],
      );
    await addAccount(db, 'admin@example.com', password, ['company-admin']);
    await addAccount(db, 'other@example.com', password, ['company-admin']);
    await db.rows(
      `UPDATE user_account SET company_id = CASE email WHEN 'admin@example.com' THEN $1::uuid ELSE $2 END`,
      [company, stranger],
    );
    [admin, other] = [
      await signIn(app.url, 'admin@example.com', password),
      await signIn(app.url, 'other@example.com', password),
    ];
  });
  beforeEach(async () => {
    await db.rows('DELETE FROM webhook_endpoint');
    receiver?.close();
    receiver = new Receiver();
    await receiver.open();
  });
  afterAll(async () => {
    receiver?.close();
    await app.close();
    await Promise.all([database.remove(), redis.remove()]);
  });

  const as = (who: SignedIn) => (route: string, body?: unknown) =>
    ask(app.url, route, { headers: who.page, ...(body === undefined ? {} : { body }) });
  const made = async (events = ['case.changed']) =>
    (await as(admin)('POST /v1/webhooks', { url: receiver.url, events })).body as {
      id: string;
      secret: string;
    };
  const happen = (about: string, owner: string = company) =>
    db.inTx((tx) =>
      tellWebhooks(tx, { owner, event: 'case.changed', about, at: new Date(), data: { about } }),
    );
  const states = async (id: string) =>
    (
      (await as(admin)(`GET /v1/webhooks/${id}/deliveries`)).body as {
        items: { id: string; state: string; lastStatus: number | null }[];
      }
    ).items;
  const settled = async (id: string, state: string) => {
    for (;;) {
      const [first] = await states(id);
      if (first?.state === state) return first;
    }
  };
  const headersOf = ({ headers }: Got) => headers as Record<string, string>;

  test('given_an_endpoint_when_something_happens_then_it_is_told_once_signed_and_a_changed_body_does_not_verify', async () => {
    const { id, secret } = await made();
    await happen('a');
    await happen('a');
    await receiver.holding(1);
    await settled(id, 'delivered');
    expect(receiver.got).toHaveLength(1);
    const [got] = receiver.got as [Got];
    expect(new Webhook(secret).verify(got.body, headersOf(got))).toMatchObject({
      type: 'case.changed',
      data: { about: 'a' },
    });
    expect(() => new Webhook(secret).verify(got.body.replace('"a"', '"b"'), headersOf(got))).toThrow();
    const old = { ...headersOf(got), 'webhook-timestamp': String(Math.floor(Date.now() / 1_000) - 3_600) };
    expect(() => new Webhook(secret).verify(got.body, old)).toThrow();
  });

  test('given_a_message_is_left_when_that_is_committed_then_whoever_posts_is_woken', async () => {
    await made();
    const woken = Promise.withResolvers<string>();
    const stop = app.app.get(Listener, { strict: false }).on(WEBHOOK_CHANNEL, woken.resolve);
    await happen('bell');
    await woken.promise;
    stop();
    await receiver.holding(1);
  });

  test('given_a_receiver_that_fails_when_it_is_back_then_it_gets_the_same_message_id_again', async () => {
    receiver.answer = (turn) => (turn === 1 ? 503 : 200);
    const { id } = await made();
    await happen('retry');
    await receiver.holding(1);
    for (;;) {
      const [first] = await states(id);
      if (first?.lastStatus === 503) break;
    }
    await db.rows('UPDATE webhook_delivery SET next_at = now()');
    await receiver.holding(2);
    await settled(id, 'delivered');
    expect(new Set(receiver.got.map((got) => got.headers['webhook-id'])).size).toBe(1);
  });

  test('given_a_rotated_secret_when_told_then_the_new_and_the_one_before_both_verify_and_after_a_day_only_the_new', async () => {
    const { id, secret: before } = await made();
    const { secret } = (await as(admin)(`POST /v1/webhooks/${id}/secret`)).body as { secret: string };
    await happen('overlap');
    await receiver.holding(1);
    const [first] = receiver.got as [Got];
    for (const one of [before, secret]) new Webhook(one).verify(first.body, headersOf(first));
    await db.rows(`UPDATE webhook_endpoint SET secret_before_until = now()`);
    await happen('later');
    await receiver.holding(2);
    const second = receiver.got[1] as Got;
    new Webhook(secret).verify(second.body, headersOf(second));
    expect(() => new Webhook(before).verify(second.body, headersOf(second))).toThrow();
    expect(JSON.stringify(await db.rows('SELECT e::text FROM webhook_endpoint e'))).not.toContain(
      secret.slice(6),
    );
  });

  test('given_a_delivered_message_when_sent_again_then_it_comes_again_with_its_id', async () => {
    const { id } = await made();
    await happen('again');
    const { id: delivery } = await settled(id, 'delivered');
    expect((await as(admin)(`POST /v1/webhooks/${id}/deliveries/${delivery}/attempts`)).status).toBe(202);
    await receiver.holding(2);
    expect(receiver.got[1]?.headers['webhook-id']).toBe(receiver.got[0]?.headers['webhook-id']);
  });

  test('given_another_company_when_it_asks_or_something_of_it_happens_then_nothing_is_seen_and_nothing_told', async () => {
    const { id } = await made();
    await happen('theirs', stranger);
    await happen('ours');
    await receiver.holding(1);
    expect(receiver.got.map(({ body }) => body.includes('theirs'))).toEqual([false]);
    for (const route of [
      `GET /v1/webhooks/${id}`,
      `GET /v1/webhooks/${id}/deliveries`,
      `DELETE /v1/webhooks/${id}`,
      `POST /v1/webhooks/${id}/secret`,
    ])
      expect([route, (await as(other)(route)).status]).toEqual([route, 404]);
    expect((await as(other)('GET /v1/webhooks')).body).toEqual({ items: [], nextCursor: null });
  });

  test('given_days_of_failure_when_it_fails_again_then_it_is_switched_off_and_its_owner_mailed', async () => {
    const { id } = await made();
    await db.rows(`UPDATE webhook_endpoint SET failing_since = now() - interval '6 days'`);
    receiver.answer = () => 500;
    await happen('dead');
    await receiver.holding(1);
    for (;;) {
      const { enabled } = (await as(admin)(`GET /v1/webhooks/${id}`)).body as { enabled: boolean };
      if (!enabled) break;
    }
    expect(await db.rows(`SELECT FROM outgoing_mail WHERE id LIKE 'webhook.%'`)).toHaveLength(1);
    await happen('unheard');
    expect(await states(id)).toHaveLength(1);
    expect((await as(admin)(`PATCH /v1/webhooks/${id}`, { enabled: true })).body).toMatchObject({
      enabled: true,
      failingSince: null,
    });
  });

  test('given_a_worker_that_died_after_taking_when_its_lease_is_over_then_another_takes_the_message', async () => {
    receiver.answer = () => 'stall';
    await made();
    await happen('lease');
    await receiver.holding(1);
    expect(await takeDue(db, 10)).toEqual([]);
    await db.rows(`UPDATE webhook_delivery SET next_at = now()`);
    const [due] = (await takeDue(db, 10)) as [Due];
    expect(due.attempts).toBe(2);
    const gone = { kind: 'refused', status: null, reason: 'gone' } as const;
    await db.inTx((tx) => noteAttempt(tx, { ...due, attempts: 1 }, { kind: 'taken', status: 200 }, 0));
    expect(await db.rows('SELECT state FROM webhook_delivery')).toEqual([{ state: 'waiting' }]);
    await db.rows('UPDATE webhook_delivery SET attempts = 12');
    await db.inTx((tx) => noteAttempt(tx, { ...due, attempts: 12 }, gone, 0));
    expect(waitSeconds(12, 0)).toBeUndefined();
    expect(await db.rows('SELECT state FROM webhook_delivery')).toEqual([{ state: 'failed' }]);
  });

  test('given_an_address_inside_when_posted_to_then_nothing_is_sent_and_a_redirect_or_a_silence_is_a_failure', async () => {
    const to = (url: string, more = {}) =>
      post({ url, headers: {}, body: '{}', allowLoopback: false, timeoutMs: 300, ...more });
    const inside = [
      receiver.url,
      receiver.url.replace('127.0.0.1', 'localhost'),
      'http://169.254.169.254/latest/meta-data',
      'http://[::1]:1/',
      'http://0x7f000001/',
    ];
    for (const url of inside) expect(await to(url)).toMatchObject({ kind: 'refused', status: null });
    expect(receiver.got).toEqual([]);
    receiver.answer = () => 'redirect';
    expect(await to(receiver.url, { allowLoopback: true })).toMatchObject({ kind: 'refused', status: 307 });
    receiver.answer = () => 'stall';
    expect(await to(receiver.url, { allowLoopback: true })).toMatchObject({
      kind: 'refused',
      reason: 'no answer in time',
    });
  });

  test.each([
    'ftp://example.com/',
    'https://user:pass@example.com/',
    'javascript:alert(1)',
    'https://example.com/#x',
    'x'.repeat(600),
  ])('an address like %.40s is refused', async (url) => {
    expect((await as(admin)('POST /v1/webhooks', { url, events: ['case.changed'] })).status).toBe(400);
  });
});
