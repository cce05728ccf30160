import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Db } from '../../../src/infra/db/db.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const password = 'correct horse battery';
type Key = { id: string; prefix: string; secret: string; roles: string[] };
type Page = { items: { id: string; name: string }[]; nextCursor: string | null };

describe('API keys', () => {
  let database: TestDatabase;
  let web: TestApp;
  let db: Db;
  let ann: SignedIn;
  let bob: SignedIn;
  beforeAll(async () => {
    database = await testDatabase();
    web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
    db = web.app.get(Db);
    await addAccount(db, 'ann@example.com', password, ['operator', 'finance']);
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

  const create = async (who: SignedIn, name: string, roles: string[], more: object = {}) =>
    (await ask(web.url, 'POST /v1/api-keys', { headers: who.page, body: { name, roles, ...more } }))
      .body as Key;
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
  const me = (secret: string) => ask(web.url, 'GET /v1/me', { headers: bearer(secret) });

  test('a key signs in with the roles it was given, needs no CSRF token, and is shown once', async () => {
    const key = await create(ann, 'prometheus', ['operator']);
    expect(key.secret).toMatch(/^ak_[\w-]{43}$/);
    expect(key.secret.startsWith(key.prefix)).toBe(true);
    expect((await me(key.secret)).body).toMatchObject({
      by: 'api-key',
      csrfToken: null,
      account: { roles: ['operator'] },
    });
    const listed = await ask(web.url, 'GET /v1/api-keys', { headers: ann.cookie });
    expect(listed.text).toContain(key.prefix);
    expect(listed.text).not.toContain(key.secret);
    expect(JSON.stringify(await db.rows('SELECT k::text FROM api_key k'))).not.toContain(key.secret);
  });

  test('a key never has more than its account: not when made, not when the account loses a role', async () => {
    const refused = await ask(web.url, 'POST /v1/api-keys', {
      headers: bob.page,
      body: { name: 'x', roles: ['operator'] },
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'api-key.forbidden' } });
    const key = await create(ann, 'books', ['finance', 'operator']);
    await db.rows(`UPDATE user_account SET roles = '{operator}' WHERE email = 'ann@example.com'`);
    expect((await me(key.secret)).body).toMatchObject({ account: { roles: ['operator'] } });
    await db.rows(`UPDATE user_account SET roles = '{operator,finance}' WHERE email = 'ann@example.com'`);
  });

  test('a key with scopes does what they name and nothing else of its roles', async () => {
    const key = await create(ann, 'reader', ['operator'], { scopes: ['me.read', 'members.*'] });
    const headers = bearer(key.secret);
    const status = async (route: string) => (await ask(web.url, route, { headers })).status;
    expect(await status('GET /v1/me')).toBe(200);
    expect(await status('GET /v1/members')).toBe(200);
    expect(await status('GET /v1/calls')).toBe(403);
    expect(await status('GET /v1/api-keys')).toBe(403);
    const listed = await ask(web.url, 'GET /v1/api-keys', { headers: ann.cookie });
    expect(listed.body).toMatchObject({ items: [{ scopes: ['me.read', 'members.*'] }] });
    const wrong = await ask(web.url, 'POST /v1/api-keys', {
      headers: ann.page,
      body: { name: 'x', roles: ['operator'], scopes: ['everything'] },
    });
    expect(wrong.status).toBe(400);
  });

  test('a key makes no keys and ends none', async () => {
    const key = await create(ann, 'greedy', ['operator']);
    const headers = bearer(key.secret);
    expect(
      (await ask(web.url, 'POST /v1/api-keys', { headers, body: { name: 'y', roles: ['operator'] } })).status,
    ).toBe(403);
    expect((await ask(web.url, `DELETE /v1/api-keys/${key.id}`, { headers })).status).toBe(403);
    expect((await me(key.secret)).status).toBe(200);
  });

  test('a deleted, expired or disabled key is refused like one that never was', async () => {
    const [deleted, expired, disabled] = [
      await create(ann, 'deleted', ['operator']),
      await create(ann, 'expired', ['operator'], { expiresAt: '2099-01-01T00:00:00+09:00' }),
      await create(bob, 'disabled', ['member']),
    ];
    expect((await ask(web.url, `DELETE /v1/api-keys/${deleted.id}`, { headers: ann.page })).status).toBe(204);
    await db.rows(`UPDATE api_key SET expires_at = now() WHERE name = 'expired'`);
    await db.rows(`UPDATE user_account SET disabled_at = now() WHERE email = 'bob@example.com'`);
    const answers = await Promise.all(
      [deleted.secret, expired.secret, disabled.secret, `ak_${'x'.repeat(43)}`].map(async (secret) => {
        const { status, body } = await me(secret);
        return { status, ...(body as object), instance: '' };
      }),
    );
    expect(answers[0]).toMatchObject({ status: 401, code: 'request.unauthenticated' });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await db.rows(`UPDATE user_account SET disabled_at = NULL WHERE email = 'bob@example.com'`);
  });

  test("nobody sees or ends another account's key", async () => {
    const key = await create(ann, 'private', ['operator']);
    expect((await ask(web.url, 'GET /v1/api-keys', { headers: bob.cookie })).body).toEqual({
      items: [],
      nextCursor: null,
    });
    for (const id of [key.id, newId()]) {
      const refused = await ask(web.url, `DELETE /v1/api-keys/${id}`, { headers: bob.page });
      expect(refused).toMatchObject({ status: 404, body: { code: 'api-key.not-found' } });
    }
    expect((await me(key.secret)).status).toBe(200);
  });

  test('a list comes newest first in pages that neither repeat nor leave out', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await create(ann, name, ['operator']);
    const names: string[] = [];
    let path = '/v1/api-keys?limit=2';
    for (let pages = 0; pages < 3; pages++) {
      const { items, nextCursor } = (await ask(web.url, `GET ${path}`, { headers: ann.cookie })).body as Page;
      names.push(...items.map((item) => item.name));
      path = `/v1/api-keys?limit=2&cursor=${nextCursor}`;
      expect(nextCursor === null).toBe(pages === 2);
    }
    expect(names).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  test('when a key was last used is kept to the minute', async () => {
    const key = await create(ann, 'seen', ['operator']);
    await me(key.secret);
    const [first] = await db.rows<{ at: Date }>('SELECT last_used_at AS at FROM api_key');
    await me(key.secret);
    expect(await db.rows('SELECT last_used_at AS at FROM api_key')).toEqual([first]);
    expect(first?.at).toBeInstanceOf(Date);
  });
});
