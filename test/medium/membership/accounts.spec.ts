import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Db } from '../../../src/infra/db/db.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { Post } from './post.js';

const password = 'correct horse battery';
const consents = ['terms', 'privacy'].map((purpose) => ({ purpose, version: '2026-11' }));

let database: TestDatabase;
let web: TestApp;
let db: Db;
let post: Post;
beforeAll(async () => {
  database = await testDatabase();
  web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
  db = web.app.get(Db);
  post = new Post(web);
});
beforeEach(() => db.rows('TRUNCATE attempt'));
afterAll(async () => {
  await web.close();
  await database.remove();
});

const send = (route: string, body?: unknown, who?: SignedIn) =>
  ask(web.url, route, { headers: who?.page ?? {}, ...(body === undefined ? {} : { body }) });
const signUp = (email: string, more: object = {}) =>
  send('POST /v1/sign-ups', { email, password, consents, ...more });
const idOf = ({ body }: Answer) => (body as { id: string }).id;
const later = (table: string, seconds: number) =>
  db.rows(
    `UPDATE ${table} SET expires_at = expires_at - make_interval(secs => $1), resend_after = resend_after - make_interval(secs => $1)`,
    [seconds],
  );
/** An account with that address, and somebody signed in to it. */
async function member(email: string): Promise<SignedIn> {
  const ticket = idOf(await signUp(email));
  await send(`POST /v1/sign-ups/${ticket}/confirmation`, { code: await post.codeTo(email) });
  return signIn(web.url, email, password);
}

describe('signing up', () => {
  test('the mailed code makes an account without a member, signs in, and records what was agreed to', async () => {
    const asked = await signUp(' Ann@Example.com ', { language: 'ko' });
    expect(asked.status).toBe(202);
    expect((await send('POST /v1/sessions', { email: 'ann@example.com', password })).status).toBe(401);
    const mails = await post.to('ann@example.com');
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toContain('인증번호');
    const code = /\b[2-9A-HJ-NP-Z]{8}\b/.exec(mails[0]?.text ?? '')?.[0];
    const made = await send(`POST /v1/sign-ups/${idOf(asked)}/confirmation`, { code });
    expect(made).toMatchObject({
      status: 201,
      body: { account: { email: 'ann@example.com', roles: ['member'] } },
    });
    const cookie = made.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect((await ask(web.url, 'GET /v1/me', { headers: { cookie } })).body).toMatchObject({
      account: { email: 'ann@example.com', language: 'ko', memberId: null, companyId: null },
    });
    const shown = await ask(web.url, 'GET /v1/me/consents', { headers: { cookie } });
    expect(shown.body).toMatchObject({
      items: [
        { purpose: 'privacy', given: true },
        { purpose: 'terms', version: '2026-11' },
      ],
    });
    expect((await send(`POST /v1/sign-ups/${idOf(asked)}/confirmation`, { code })).body).toMatchObject({
      code: 'code.gone',
    });
  });

  test('a known and an unknown address get the same answers; only the mail tells', async () => {
    await member('known@example.com');
    const [known, unknown] = [await signUp('known@example.com'), await signUp('unknown@example.com')];
    const shape = ({ status, body }: Answer) => ({ status, keys: Object.keys(body as object) });
    expect(shape(known)).toEqual(shape(unknown));
    const [mail] = await post.to('known@example.com');
    expect(mail?.subject).toContain('already');
    expect(mail?.text).not.toMatch(/\b[2-9A-HJ-NP-Z]{8}\b/);
    const unmailed = await post.codeTo('unknown@example.com');
    for (const ticket of [known, unknown]) {
      const wrong = await send(`POST /v1/sign-ups/${idOf(ticket)}/confirmation`, {
        code: unmailed === 'WRQNGWRQ' ? 'WRQNGWRN' : 'WRQNGWRQ',
      });
      expect(wrong).toMatchObject({ status: 422, body: { code: 'code.mismatch' } });
    }
    const [one, other] = [
      await send('POST /v1/password-resets', { email: 'known@example.com' }),
      await send('POST /v1/password-resets', { email: 'nobody@example.com' }),
    ];
    expect(shape(one)).toEqual(shape(other));
    expect(await post.to('nobody@example.com')).toEqual([]);
    expect(await post.to('known@example.com')).toHaveLength(1);
  });

  test('five wrong codes end it, also when they come at once, and the right one is worth nothing then', async () => {
    const ticket = idOf(await signUp('guessed@example.com'));
    const right = await post.codeTo('guessed@example.com');
    const wrong = right === 'WRQNGWRQ' ? 'WRQNGWRN' : 'WRQNGWRQ';
    const guesses = await Promise.all(
      Array.from({ length: 8 }, () => send(`POST /v1/sign-ups/${ticket}/confirmation`, { code: wrong })),
    );
    expect(guesses.filter(({ status }) => status === 422)).toHaveLength(5);
    expect(guesses.filter(({ status }) => status === 410)).toHaveLength(3);
    expect((await send(`POST /v1/sign-ups/${ticket}/confirmation`, { code: right })).status).toBe(410);
  });

  test('a code ends after half an hour; a new one may be mailed after a minute and voids the old', async () => {
    const ticket = idOf(await signUp('slow@example.com'));
    const first = await post.codeTo('slow@example.com');
    expect((await send(`POST /v1/sign-ups/${ticket}/code`)).status).toBe(429);
    await later('mailed_code', 61);
    expect((await send(`POST /v1/sign-ups/${ticket}/code`)).status).toBe(202);
    const second = await post.codeTo('slow@example.com');
    if (first !== second)
      expect((await send(`POST /v1/sign-ups/${ticket}/confirmation`, { code: first })).status).toBe(422);
    await later('mailed_code', 1_800);
    expect((await send(`POST /v1/sign-ups/${ticket}/confirmation`, { code: second })).status).toBe(410);
  });

  test('nothing that would open the account is readable in the database', async () => {
    await signUp('secret@example.com');
    const dump = JSON.stringify([
      await db.rows(`SELECT m::text AS row FROM mailed_code m WHERE email = 'secret@example.com'`),
      await db.rows('SELECT o::text AS row FROM outgoing_mail o'),
    ]);
    const code = await post.codeTo('secret@example.com');
    expect(dump).not.toContain(password);
    expect(dump.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+:\d+:[\d.]+/g, '')).not.toContain(code);
  });

  test.each([
    [{ email: 'no address' }, '/email'],
    [{ password: 'short' }, '/password'],
    [{ consents: [] }, '/consents'],
    [{ roles: ['operator'] }, ''],
  ])('refuses %j with the place', async (wrong, pointer) => {
    const refused = await signUp('wrong@example.com', wrong);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  test('one address is mailed five times an hour from a place, and no more', async () => {
    const asked = [];
    for (let time = 0; time < 6; time++) asked.push((await signUp('often@example.com')).status);
    expect(asked).toEqual([202, 202, 202, 202, 202, 429]);
  });
});

describe('an account', () => {
  test('gets a new password by a mailed code, which ends its sessions and keys', async () => {
    const ann = await member('forgot@example.com');
    await send('POST /v1/api-keys', { name: 'key', roles: ['member'] }, ann);
    const ticket = idOf(await send('POST /v1/password-resets', { email: 'forgot@example.com' }));
    const code = await post.codeTo('forgot@example.com');
    const body = { code, password: 'another good one' };
    expect((await send(`POST /v1/password-resets/${ticket}/confirmation`, body)).status).toBe(204);
    expect((await ask(web.url, 'GET /v1/me', { headers: ann.cookie })).status).toBe(401);
    const [keys] = await db.rows(
      `SELECT count(*) FROM api_key k JOIN user_account a ON a.id = k.account_id WHERE a.email = 'forgot@example.com'`,
    );
    expect(keys).toEqual({ count: '0' });
    await signIn(web.url, 'forgot@example.com', 'another good one');
    expect((await post.to('forgot@example.com'))[0]?.subject).toContain('changed');
  });

  test('changes its password with the old one; other sessions end, this one stays', async () => {
    const here = await member('change@example.com');
    const elsewhere = await signIn(web.url, 'change@example.com', password);
    const change = (currentPassword: string) =>
      send('PUT /v1/me/password', { currentPassword, newPassword: 'a completely new one' }, here);
    expect(await change('wrong password')).toMatchObject({
      status: 422,
      body: { code: 'password.mismatch' },
    });
    expect((await change(password)).status).toBe(204);
    expect((await ask(web.url, 'GET /v1/me', { headers: elsewhere.cookie })).status).toBe(401);
    expect((await ask(web.url, 'GET /v1/me', { headers: here.cookie })).status).toBe(200);
  });

  test('gets another address by a code to the new one; the old one is told', async () => {
    const ann = await member('old@example.com');
    const asked = await send('POST /v1/me/email-changes', { email: 'New@example.com', password }, ann);
    expect((await post.to('old@example.com'))[0]?.text).toContain('new@example.com');
    const code = await post.codeTo('new@example.com');
    const other = await member('thief@example.com');
    const confirm = (who: SignedIn) =>
      send(`POST /v1/me/email-changes/${idOf(asked)}/confirmation`, { code }, who);
    expect((await confirm(other)).status).toBe(410);
    expect(await confirm(ann)).toMatchObject({ status: 200, body: { email: 'new@example.com' } });
    await signIn(web.url, 'new@example.com', password);
    const taken = await send('POST /v1/me/email-changes', { email: 'thief@example.com', password }, ann);
    expect(taken.status).toBe(202);
    expect(await post.to('thief@example.com')).toEqual([]);
  });

  test('sees where it is signed in, ends one session, or all', async () => {
    const here = await member('many@example.com');
    await signIn(web.url, 'many@example.com', password);
    const stranger = await member('stranger@example.com');
    const list = async () =>
      (await send('GET /v1/me/sessions', undefined, here)).body as {
        items: { id: string; current: boolean }[];
      };
    const { items } = await list();
    expect(items.map(({ current }) => current)).toEqual([false, true, false]);
    const [newest] = items;
    expect((await send(`DELETE /v1/me/sessions/${newest?.id}`, undefined, stranger)).status).toBe(404);
    expect((await send(`DELETE /v1/me/sessions/${newest?.id}`, undefined, here)).status).toBe(204);
    expect((await list()).items).toHaveLength(2);
    expect((await send('DELETE /v1/me/sessions', undefined, here)).status).toBe(204);
    expect((await ask(web.url, 'GET /v1/me', { headers: here.cookie })).status).toBe(401);
    expect((await ask(web.url, 'GET /v1/me', { headers: stranger.cookie })).status).toBe(200);
  });

  test('is called what it wants, in its language; consents are added to, never changed', async () => {
    const ann = await member('profile@example.com');
    const changed = await send('PATCH /v1/me', { name: 'Ann', language: 'ja' }, ann);
    expect(changed).toMatchObject({ status: 200, body: { account: { name: 'Ann', language: 'ja' } } });
    const taken = { purpose: 'terms', version: '2026-11', given: false };
    expect(await send('POST /v1/me/consents', taken, ann)).toMatchObject({ status: 201, body: taken });
    expect((await send('GET /v1/me/consents', undefined, ann)).body).toMatchObject({
      items: [{ given: false }, { given: true }, { given: true }],
    });
    await expect(db.rows('UPDATE consent SET given = true')).rejects.toThrow('append-only');
    await expect(db.rows('DELETE FROM consent')).rejects.toThrow('append-only');
  });
});
