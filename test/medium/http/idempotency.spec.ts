import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Db } from '../../../src/infra/db/db.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const password = 'correct horse battery';
const wanted = { name: 'billing robot', roles: ['member'] };

describe('Idempotency-Key', () => {
  let database: TestDatabase;
  let web: TestApp;
  let db: Db;
  let ann: SignedIn;
  let bob: SignedIn;
  beforeAll(async () => {
    database = await testDatabase();
    web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
    db = web.app.get(Db);
    await addAccount(db, 'ann@example.com', password, ['member']);
    await addAccount(db, 'bob@example.com', password, ['member']);
    [ann, bob] = await Promise.all([
      signIn(web.url, 'ann@example.com', password),
      signIn(web.url, 'bob@example.com', password),
    ]);
  });
  afterEach(() => db.rows('TRUNCATE api_key, idempotency_key'));
  afterAll(async () => {
    await web.close();
    await database.remove();
  });

  const create = (key: string, body: object = wanted, who = ann) =>
    ask(web.url, 'POST /v1/api-keys', { headers: { ...who.page, 'idempotency-key': key }, body });
  const keys = async () => (await db.rows('SELECT 1 FROM api_key')).length;

  test('a repeated request is done once and answered the same', async () => {
    const first = await create('order-0001');
    const second = await create('order-0001');
    expect(first.status).toBe(201);
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    expect([first, second].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([
      null,
      'true',
    ]);
    expect(await keys()).toBe(1);
  });

  test('without a key, or with another, it is done again', async () => {
    await create('order-0002');
    await create('order-0003');
    await ask(web.url, 'POST /v1/api-keys', { headers: ann.page, body: wanted });
    expect(await keys()).toBe(3);
  });

  test('of ten requests at the same moment exactly one is executed', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create('order-0004')));
    const done = answers.filter((answer) => answer.status === 201);
    const told = answers.filter((answer) => answer.status !== 201);
    expect(new Set(done.map((answer) => answer.text)).size).toBe(1);
    expect(told.every((answer) => answer.status === 409 && answer.headers.get('retry-after') === '1')).toBe(
      true,
    );
    expect(done.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await keys()).toBe(1);
  });

  test('another request under the same key is refused and not done', async () => {
    await create('order-0005');
    const other = await create('order-0005', { ...wanted, name: 'another' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key.mismatch' } });
    expect(await keys()).toBe(1);
  });

  test('keys of different accounts have nothing to do with each other', async () => {
    const [mine, theirs] = [await create('order-0006'), await create('order-0006', wanted, bob)];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.text).not.toBe(theirs.text);
  });

  test('an expected failure leaves the key free: mended, the request may be sent again', async () => {
    expect((await create('order-0007', { name: 'x', roles: ['operator'] })).status).toBe(403);
    expect((await create('order-0007', { name: '', roles: ['member'] })).status).toBe(400);
    expect((await create('order-0007')).status).toBe(201);
  });

  test('where the first died, its outcome is unknown: never done twice', async () => {
    await create('order-0008');
    await db.rows('UPDATE idempotency_key SET status = NULL, sealed_answer = NULL');
    expect(await create('order-0008')).toMatchObject({ status: 409, body: { code: 'request.in-progress' } });
    await db.rows(`UPDATE idempotency_key SET created_at = now() - interval '61 seconds'`);
    expect(await create('order-0008')).toMatchObject({
      status: 409,
      body: { code: 'idempotency-key.outcome-unknown' },
    });
    expect(await keys()).toBe(1);
  });

  test('a stored answer cannot be read in the database, nor moved to another key', async () => {
    const first = await create('order-0009');
    await create('order-0010');
    const { secret } = first.body as { secret: string };
    const stored = await db.rows<{ sealed: Buffer }>('SELECT sealed_answer AS sealed FROM idempotency_key');
    expect(Buffer.concat(stored.map((row) => row.sealed)).toString('latin1')).not.toContain(secret);
    await db.rows(`UPDATE idempotency_key SET sealed_answer =
      (SELECT sealed_answer FROM idempotency_key WHERE key = 'order-0010') WHERE key = 'order-0009'`);
    expect(await create('order-0009')).toMatchObject({
      status: 409,
      body: { code: 'idempotency-key.outcome-unknown' },
    });
  });

  test.each(['short', 'with space in it', 'x'.repeat(201)])('a key like "%s" is refused', async (key) => {
    expect(await create(key)).toMatchObject({ status: 400, body: { code: 'idempotency-key.malformed' } });
  });
});
