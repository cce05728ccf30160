import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Db } from '../../../src/infra/db/db.js';
import { AccessSweep } from '../../../src/infra/http/access/access-sweep.js';
import { csrfTokenOf, hashOf } from '../../../src/infra/http/access/tokens.js';
import { Secret } from '../../../src/kernel/secret.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { PREVIOUS_SECRET } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const password = 'correct horse battery';

describe('signing in', () => {
  let database: TestDatabase;
  let web: TestApp;
  let db: Db;
  beforeAll(async () => {
    database = await testDatabase();
    web = await testApp({
      databaseUrl: database.url,
      redisUrl: nowhere,
      operator: { email: 'First@Example.com', password: 'first operator 1' },
    });
    db = web.app.get(Db);
    await addAccount(db, 'ann@example.com', password, ['member']);
    await addAccount(db, 'gone@example.com', password, ['member']);
    await db.rows(`UPDATE user_account SET disabled_at = now() WHERE email = 'gone@example.com'`);
  });
  beforeEach(() => db.rows('TRUNCATE attempt'));
  afterAll(async () => {
    await web.close();
    await database.remove();
  });

  const trySignIn = (email: string, secret: string, headers: Record<string, string> = {}) =>
    ask(web.url, 'POST /v1/sessions', { body: { email, password: secret }, headers });
  const told = ({ status, body }: Answer) => ({ status, body: { ...(body as object), instance: '' } });

  test('a right password opens a session, which says who one is until one signs out', async () => {
    const ann = await signIn(web.url, 'ANN@example.com', password);
    const me = await ask(web.url, 'GET /v1/me', { headers: ann.cookie });
    expect(me.body).toMatchObject({
      account: { email: 'ann@example.com', roles: ['member'] },
      by: 'session',
      csrfToken: ann.csrfToken,
    });
    expect((await ask(web.url, 'DELETE /v1/sessions/current', { headers: ann.page })).status).toBe(204);
    expect((await ask(web.url, 'GET /v1/me', { headers: ann.cookie })).status).toBe(401);
  });

  test('the session cookie is out of reach for scripts and other sites, and only its hash is stored', async () => {
    const answer = await trySignIn('ann@example.com', password);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^anydial_session=[\w-]{43}; Max-Age=43200; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    const token = cookie.slice('anydial_session='.length, cookie.indexOf(';'));
    const dump = JSON.stringify(
      await db.rows(`SELECT s::text, encode(token_hash, 'escape') FROM user_session s`),
    );
    expect(dump).not.toContain(token);
    expect(answer.text).not.toContain(token);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('unknown address, wrong password and disabled account get the identical answer', async () => {
    const answers = [
      await trySignIn('nobody@example.com', password),
      await trySignIn('ann@example.com', 'wrong'),
      await trySignIn('gone@example.com', password),
    ].map(told);
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'sign-in.unauthenticated' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('unknown address and wrong password cost the same work', async () => {
    const cost = async (email: string) => {
      const before = process.cpuUsage();
      await trySignIn(email, 'wrong');
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const costs = { unknown: [] as number[], wrong: [] as number[] };
    for (let round = 0; round < 5; round++) {
      costs.unknown.push(await cost(`nobody${round}@example.com`));
      costs.wrong.push(await cost('ann@example.com'));
    }
    // argon2id is some 20 ms of CPU; without it an attempt costs under 3 ms. The cheapest of five is free of chance.
    expect(Math.min(...costs.unknown)).toBeGreaterThan(Math.min(...costs.wrong) * 0.6);
    expect(Math.min(...costs.wrong)).toBeGreaterThan(Math.min(...costs.unknown) * 0.6);
  });

  test('the eleventh attempt in a quarter of an hour is refused even with the right password, for unknown addresses too', async () => {
    for (const email of ['ann@example.com', 'nobody@example.com']) {
      const guesses = await Promise.all(Array.from({ length: 10 }, () => trySignIn(email, 'wrong')));
      expect(guesses.map((guess) => guess.status)).toEqual(Array(10).fill(401));
      const eleventh = await trySignIn(email, password);
      expect(told(eleventh)).toMatchObject({ status: 429, body: { code: 'sign-in.too-many' } });
      expect(eleventh.headers.get('retry-after')).toBe('900');
    }
    await db.rows(`UPDATE attempt SET at = at - interval '16 minutes'`);
    expect((await trySignIn('ann@example.com', password)).status).toBe(201);
  });

  test('twenty guesses at the same moment all count', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () => trySignIn('ann@example.com', 'wrong')),
    );
    expect(guesses.filter((guess) => guess.status === 401).length).toBeLessThanOrEqual(10);
    expect((await trySignIn('ann@example.com', password)).status).toBe(429);
  });

  test('a right password forgets what was mistyped before', async () => {
    for (let round = 0; round < 3; round++) {
      for (let guess = 0; guess < 5; guess++) await trySignIn('ann@example.com', 'wrong');
      expect((await trySignIn('ann@example.com', password)).status).toBe(201);
    }
  });

  test('one source cannot go through many addresses, and cannot lock them out for others', async () => {
    const from = (source: string) => ({ 'x-forwarded-for': source });
    for (let guess = 0; guess < 50; guess++)
      await trySignIn(`user${guess}@example.com`, 'wrong', from('192.0.2.1'));
    expect((await trySignIn('ann@example.com', password, from('192.0.2.1'))).status).toBe(429);
    expect((await trySignIn('ann@example.com', password, from('192.0.2.2'))).status).toBe(201);
  });

  test('changing something with a session takes its CSRF token', async () => {
    const ann = await signIn(web.url, 'ann@example.com', password);
    const other = await signIn(web.url, 'ann@example.com', password);
    for (const headers of [ann.cookie, { ...ann.cookie, 'x-csrf-token': other.csrfToken }]) {
      const refused = await ask(web.url, 'DELETE /v1/sessions/current', { headers });
      expect(told(refused)).toMatchObject({ status: 403, body: { code: 'csrf.forbidden' } });
    }
    expect((await ask(web.url, 'GET /v1/me', { headers: ann.cookie })).status).toBe(200);
  });

  test('a page that was open while SESSION_SECRET changed goes on, with what the one before it had made', async () => {
    const ann = await signIn(web.url, 'ann@example.com', password);
    const token = /=([\w-]{43})/.exec(ann.cookie.cookie)?.[1] ?? '';
    const [session] = await db.rows<{ id: string }>('SELECT id FROM user_session WHERE token_hash = $1', [
      hashOf(token),
    ]);
    const end = (secret: string) => {
      const csrf = csrfTokenOf(new Secret(secret), session?.id ?? '');
      return ask(web.url, 'DELETE /v1/sessions/current', {
        headers: { ...ann.cookie, 'x-csrf-token': csrf },
      });
    };
    expect((await end("nobody's secret")).status).toBe(403);
    expect((await end(PREVIOUS_SECRET)).status).toBe(204);
  });

  test('a session ends by time, with its account, and is swept away', async () => {
    const ann = await signIn(web.url, 'ann@example.com', password);
    const status = async () => (await ask(web.url, 'GET /v1/me', { headers: ann.cookie })).status;
    await db.rows(`UPDATE user_account SET disabled_at = now() WHERE email = 'ann@example.com'`);
    expect(await status()).toBe(401);
    await db.rows(`UPDATE user_account SET disabled_at = NULL WHERE email = 'ann@example.com'`);
    expect(await status()).toBe(200);
    await db.rows('UPDATE user_session SET expires_at = now()');
    expect(await status()).toBe(401);
    await web.app.get(AccessSweep, { strict: false }).sweep();
    expect(await db.rows('SELECT 1 FROM user_session')).toEqual([]);
  });

  test('the first operator of the environment can sign in, and a restart changes nothing', async () => {
    await signIn(web.url, 'first@example.com', 'first operator 1');
    const again = await testApp({
      databaseUrl: database.url,
      redisUrl: nowhere,
      operator: { email: 'first@example.com', password: 'another password' },
    });
    await again.close();
    await signIn(web.url, 'first@example.com', 'first operator 1');
    const [row] = await db.rows<{ password_hash: string }>(
      `SELECT password_hash FROM user_account WHERE email = 'first@example.com'`,
    );
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('behind https the cookie is bound to host and secure, and browsers are told to stay', async () => {
    const secure = await testApp({
      databaseUrl: database.url,
      redisUrl: nowhere,
      publicUrl: 'https://phone.example',
    });
    const answer = await ask(secure.url, 'POST /v1/sessions', {
      body: { email: 'ann@example.com', password },
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-anydial_session=.*; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
    await secure.close();
  });
});
