import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { Db } from '../../../src/infra/db/db.js';
import { resealFactors } from '../../../src/infra/http/second-factor/reseal-factors.js';
import { SecondFactors } from '../../../src/infra/http/second-factor/second-factors.service.js';
import { KeyRing } from '../../../src/infra/sealing/key-ring.js';
import { Secret } from '../../../src/kernel/secret.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { agree } from '../../support/two-persons.js';

const PASSWORD = 'correct horse battery';
let database: TestDatabase;
let strict: TestApp;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  strict = await testApp({ databaseUrl: database.url, redisUrl: nowhere, staffSecondFactor: 'required' });
  db = strict.app.get(Db);
});
beforeEach(() => db.rows('TRUNCATE attempt'));
afterAll(async () => {
  await strict.close();
  await database.remove();
});

let people = 0;
/** Somebody new with these roles, who has signed in with his password alone. */
async function somebody(...roles: Parameters<typeof addAccount>[3]) {
  const email = `person-${++people}@example.com`;
  const id = await addAccount(db, email, PASSWORD, roles);
  return { id, email, who: await signIn(strict.url, email, PASSWORD) };
}
const asked = (route: string, who: SignedIn, body?: unknown): Promise<Answer> =>
  ask(strict.url, route, { headers: who.page, ...(body === undefined ? {} : { body }) });
const signedInWith = (email: string, code?: string, password = PASSWORD) =>
  ask(strict.url, 'POST /v1/sessions', {
    body: { email, password, ...(code === undefined ? {} : { code }) },
  });
const sessionOf = (answer: Answer): SignedIn => {
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { csrfToken } = answer.body as { csrfToken: string };
  return { cookie: { cookie }, page: { cookie, 'x-csrf-token': csrfToken }, csrfToken };
};
/** As if so many steps had passed since the last code. */
const later = (id: string) => db.run('UPDATE second_factor SET last_step = 0 WHERE account_id = $1', [id]);

/** The same person with an authenticator app. */
async function enrolled(...roles: Parameters<typeof addAccount>[3]) {
  const person = await somebody(...roles);
  const begun = await asked('PUT /v1/me/second-factor', person.who);
  const { secret } = begun.body as { secret: string };
  const app = new TOTP({ secret });
  const confirmed = await asked('PUT /v1/me/second-factor/confirmation', person.who, {
    code: app.generate(),
  });
  expect(confirmed.status).toBe(200);
  await later(person.id);
  return { ...person, app, recoveryCodes: (confirmed.body as { recoveryCodes: string[] }).recoveryCodes };
}

describe('given_staff_need_a_second_factor', () => {
  test('when_an_operator_signs_in_without_one_then_he_may_set_it_up_and_nothing_else', async () => {
    const { who } = await somebody('operator', 'member');
    expect((await asked('GET /v1/trunks', who)).status).toBe(403);
    expect((await asked('GET /v1/me', who)).body).toMatchObject({
      account: { roles: ['member'], withheld: ['operator'] },
    });
    expect((await asked('POST /v1/api-keys', who, { name: 'x', roles: ['operator'] })).status).toBe(403);
    expect((await asked('GET /v1/me/second-factor', who)).body).toMatchObject({
      enrolled: false,
      required: true,
    });
  });

  test('when_he_has_set_it_up_then_he_may_all_and_his_next_sign_in_needs_its_code', async () => {
    const { email, who, app, id } = await enrolled('operator');
    expect((await asked('GET /v1/trunks', who)).status).toBe(200);
    expect(await signedInWith(email)).toMatchObject({
      status: 401,
      body: { code: 'second-factor.missing.unauthenticated' },
    });
    expect(await signedInWith(email, '000000')).toMatchObject({
      status: 422,
      body: { code: 'second-factor.mismatch' },
    });
    const code = app.generate();
    const again = await signedInWith(email, code);
    expect(again.status).toBe(201);
    expect((await asked('GET /v1/trunks', sessionOf(again))).status).toBe(200);
    // Somebody who saw it being typed.
    expect((await signedInWith(email, code)).status).toBe(422);
    await later(id);
    expect(await signedInWith(email, app.generate(), 'wrong password')).toMatchObject({
      status: 401,
      body: { code: 'sign-in.unauthenticated' },
    });
  });

  test.each([
    [-61, 422],
    [-30, 201],
    [30, 201],
    [91, 422],
  ])('when_his_clock_is_%d_s_off_then_the_answer_is_%d', async (seconds, status) => {
    const { email, app } = await enrolled('support');
    const code = app.generate({ timestamp: Date.now() + seconds * 1_000 });
    expect((await signedInWith(email, code)).status).toBe(status);
  });

  test('when_his_telephone_is_lost_then_each_recovery_code_opens_once', async () => {
    const { email, recoveryCodes, who } = await enrolled('operator');
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = ''] = recoveryCodes;
    expect((await signedInWith(email, first)).status).toBe(201);
    expect((await signedInWith(email, first)).status).toBe(422);
    expect((await asked('GET /v1/me/second-factor', who)).body).toMatchObject({ recoveryCodesLeft: 9 });
    const { rows } = { rows: await db.rows<{ text: string }>('SELECT r::text AS text FROM recovery_code r') };
    expect(rows.some(({ text }) => recoveryCodes.some((code) => text.includes(code)))).toBe(false);
    const secrets = await db.rows<{ sealed_secret: string }>('SELECT sealed_secret FROM second_factor');
    expect(secrets.every(({ sealed_secret }) => /^\w+\.[\w-]+$/.test(sealed_secret))).toBe(true);
  });

  test('when_codes_are_guessed_then_it_ends_after_eight_also_for_the_right_one', async () => {
    const { email, app } = await enrolled('operator');
    for (let guess = 0; guess < 8; guess++)
      expect((await signedInWith(email, String(100_000 + guess))).status).toBe(422);
    const answer = await signedInWith(email, app.generate());
    expect(answer).toMatchObject({ status: 429, body: { code: 'second-factor.too-many' } });
    expect(answer.headers.get('retry-after')).toBe('900');
  });

  test('when_a_session_was_opened_without_a_code_then_no_role_counts_until_one_is_shown', async () => {
    const { id, who, app } = await enrolled('finance');
    await db.run('UPDATE user_session SET second_factor_at = NULL WHERE account_id = $1', [id]);
    expect((await asked('GET /v1/rate-decks', who)).status).toBe(403);
    expect((await asked('PUT /v1/me/second-factor/proof', who, { code: app.generate() })).status).toBe(204);
    expect((await asked('GET /v1/rate-decks', who)).status).toBe(200);
  });
});

test('given_a_new_key_for_what_is_sealed_when_resealed_then_apps_go_on_working_and_the_old_key_is_needed_no_longer', async () => {
  const { id, app } = await enrolled('operator');
  const old = strict.config.personalDataKeys;
  const fresh = { id: '2', secret: new Secret('a new key that is long enough to be one') };
  expect(await resealFactors(db, new KeyRing([fresh, ...old]))).toBeGreaterThan(0);
  expect(await resealFactors(db, new KeyRing([fresh, ...old]))).toBe(0);
  const take = (keys: KeyRing) =>
    db.inTx((tx) => new SecondFactors(db, keys).takeCode(tx, id, app.generate(), true));
  expect((await take(new KeyRing(old))).ok).toBe(false);
  expect((await take(new KeyRing([fresh]))).ok).toBe(true);
  await resealFactors(db, new KeyRing([...old, fresh]));
});

describe('what is dangerous', () => {
  test('given_a_code_older_than_ten_minutes_then_a_fresh_one_is_asked_for', async () => {
    const { id, who, app } = await enrolled('operator');
    const ban = () => asked('POST /v1/sip-bans', who, { address: '203.0.113.9', reason: 'test', hours: 1 });
    await db.run(
      `UPDATE user_session SET second_factor_at = now() - interval '11 minutes' WHERE account_id = $1`,
      [id],
    );
    expect(await ban()).toMatchObject({ status: 403, body: { code: 'step-up.forbidden' } });
    expect((await asked('GET /v1/trunks', who)).status).toBe(200);
    await asked('PUT /v1/me/second-factor/proof', who, { code: app.generate() });
    expect((await ban()).status).toBe(201);
  });
});

test('given_app_and_codes_are_lost_then_two_persons_take_it_away_and_all_his_sessions_end', async () => {
  const lost = await enrolled('operator');
  const support = await enrolled('support');
  const approver = await enrolled('approver');
  const path = `POST /v1/user-accounts/${lost.id}/second-factor-resets`;
  const proposed = await asked(path, support.who, { reason: 'telephone lost, known by voice' });
  expect(proposed.status).toBe(202);
  expect((await signedInWith(lost.email)).status).toBe(401);
  await agree(strict.url, proposed, approver.who);
  expect((await asked('GET /v1/me', lost.who)).status).toBe(401);
  const anew = await signedInWith(lost.email);
  expect(anew.body).toMatchObject({ account: { email: lost.email } });
  expect((await asked('GET /v1/trunks', sessionOf(anew))).status).toBe(403);
});
