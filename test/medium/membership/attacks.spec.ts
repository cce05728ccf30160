import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { signIn } from '../../support/http-client.js';
import { Customers, idOf, PASSWORD } from './customers.js';

let shop: Customers;
beforeAll(async () => {
  shop = await Customers.open();
});
beforeEach(() => shop.db.rows('TRUNCATE attempt'));
afterAll(() => shop.close());

const NEW = 'another good password';

describe('a code that sets a password', () => {
  const reset = async (email: string) => {
    const id = idOf(await shop.ask('POST /v1/password-resets', { email }));
    return { id, code: await shop.post.codeTo(email) };
  };
  const use = async ({ id, code }: { id: string; code: string }) =>
    (await shop.ask(`POST /v1/password-resets/${id}/confirmation`, { code, password: NEW })).status;

  it('given_the_account_has_another_address_since_when_used_from_the_old_mailbox_then_it_is_void', async () => {
    const ann = await shop.account('left-behind@example.com');
    const old = await reset(ann.email);
    const change = { email: 'new-home@example.com', password: PASSWORD };
    const asked = idOf(await shop.ask('POST /v1/me/email-changes', change, ann));
    const code = await shop.post.codeTo('new-home@example.com');
    await shop.ask(`POST /v1/me/email-changes/${asked}/confirmation`, { code }, ann);
    expect(await use(old)).toBe(410);
    await signIn(shop.web.url, 'new-home@example.com', PASSWORD);
  });

  it('given_the_password_was_set_since_when_an_earlier_code_is_used_then_it_is_void', async () => {
    const ann = await shop.account('twice@example.com');
    const [first, second] = [await reset(ann.email), await reset(ann.email)];
    expect(await use(second)).toBe(204);
    expect(await use(first)).toBe(410);
  });
});

describe('codes that are sprayed', () => {
  const route = (id: string) => `POST /v1/password-resets/${id}/confirmation`;
  const guess = (id: string) => shop.ask(route(id), { code: 'WRQNGWRQ', password: NEW });
  const tried = (times: number, about: string, source: string) =>
    shop.db.rows(
      `INSERT INTO attempt (id, purpose, subject_hash, source, at)
       SELECT gen_random_uuid(), 'codes-today', CASE WHEN $2 = '' THEN convert_to(n::text, 'UTF8') ELSE subject_hash END, $3, now() - interval '20 hours'
         FROM generate_series(1, $1) AS n LEFT JOIN LATERAL (SELECT subject_hash FROM attempt WHERE purpose = 'codes-today' LIMIT 1) known ON $2 <> ''`,
      [times, about, source],
    );

  it('given_one_place_that_tries_many_accounts_when_it_has_tried_200_today_then_it_is_refused_known_or_not', async () => {
    const id = idOf(await shop.ask('POST /v1/password-resets', { email: 'a@spray.example' }));
    expect((await guess(id)).status).toBe(422);
    await tried(199, '', '127.0.0.1');
    for (const one of [id, newId()]) {
      const refused = await guess(one);
      expect([refused.status, (refused.body as { code: string }).code]).toEqual([
        429,
        'codes-today.too-many',
      ]);
    }
  });

  it('given_many_places_that_try_one_account_when_100_were_tried_today_then_its_next_code_is_not_looked_at', async () => {
    const victim = await shop.account('victim@spray.example');
    const first = idOf(await shop.ask('POST /v1/password-resets', { email: victim.email }));
    expect((await guess(first)).status).toBe(422);
    await tried(99, victim.email, '203.0.113.7');
    const second = idOf(await shop.ask('POST /v1/password-resets', { email: victim.email }));
    const code = await shop.post.codeTo(victim.email);
    expect((await shop.ask(route(second), { code, password: NEW })).status).toBe(429);
    const other = idOf(await shop.ask('POST /v1/password-resets', { email: 'other@spray.example' }));
    expect((await guess(other)).status).toBe(422);
  });
});

describe('mails to strangers', () => {
  it('given_a_company_that_invites_and_revokes_one_address_when_it_goes_on_then_it_is_refused', async () => {
    const admin = await shop.member('spam@example.com', { kind: 'company', name: 'Spam' });
    const invite = async () => {
      const wanted = { email: 'victim@example.com', name: 'X', roles: ['agent'] };
      const made = await shop.ask(`POST /v1/companies/${admin.id}/invitations`, wanted, admin);
      if (made.status === 201)
        await shop.ask(`DELETE /v1/companies/${admin.id}/invitations/${idOf(made)}`, undefined, admin);
      return made.status;
    };
    const statuses = [];
    for (let time = 0; time < 4; time++) statuses.push(await invite());
    expect(statuses).toEqual([201, 201, 201, 429]);
    expect(await shop.post.to('victim@example.com')).toHaveLength(3);
  });

  it('given_200_invitations_of_today_all_revoked_when_a_company_invites_again_then_not_before_tomorrow', async () => {
    const admin = await shop.member('many@example.com', { kind: 'company', name: 'Many' });
    await shop.db.rows(
      `INSERT INTO invitation (id, company_id, email, name, roles, language, token_hash, invited_by, expires_at, revoked_at)
       SELECT gen_random_uuid(), $1, n || '@example.com', 'X', '{agent}', 'en', convert_to(n::text, 'UTF8'), $2, now(), now()
         FROM generate_series(1, 200) AS n`,
      [admin.id, admin.accountId],
    );
    const wanted = { email: 'one-more@example.com', name: 'X', roles: ['agent'] };
    const route = `POST /v1/companies/${admin.id}/invitations`;
    expect((await shop.ask(route, wanted, admin)).status).toBe(429);
    await shop.db.rows(`UPDATE invitation SET created_at = now() - interval '25 hours'`);
    expect((await shop.ask(route, wanted, admin)).status).toBe(201);
  });
});

describe('a company', () => {
  it('given_somebody_proved_its_telephone_and_left_when_he_lets_go_of_the_proof_then_it_stays_the_companys', async () => {
    const admin = await shop.member('leaves@example.com', { kind: 'company', name: 'Stay' });
    const [claim, proof] = [newId(), newId()];
    await shop.db.rows(
      `INSERT INTO contact_number (id, member_id, e164, verified_at) VALUES ($1, $2, '+82262008888', now())`,
      [claim, admin.id],
    );
    await shop.db.rows(
      `INSERT INTO control_proof (id, account_id, kind, space, subject, member_id, identity_id, method, language, state, expires_at,
                                  resend_after, proved_at)
       VALUES ($1, $2, 'contact-number', 'telephone', '+82262008888', $3, $4, 'call', 'en', 'proved', now(), now(), now())`,
      [proof, admin.accountId, admin.id, claim],
    );
    const verified = () =>
      shop.db.rows('SELECT FROM contact_number WHERE id = $1 AND verified_at IS NOT NULL', [claim]);
    const rights = (company: string | null, roles: string) =>
      shop.db.rows('UPDATE user_account SET company_id = $2, roles = $3 WHERE id = $1', [
        admin.accountId,
        company,
        roles,
      ]);
    const letGo = async () => (await shop.ask(`DELETE /v1/proofs/${proof}`, undefined, admin)).status;
    await rights(null, '{member}');
    expect(await letGo()).toBe(404);
    expect(await verified()).toHaveLength(1);
    await rights(admin.id, '{member,company-admin}');
    expect(await letGo()).toBe(204);
    expect(await verified()).toHaveLength(0);
  });

  it('given_500_branches_when_it_wants_another_then_it_is_refused', async () => {
    const admin = await shop.member('branches@example.com', { kind: 'company', name: 'Wide' });
    const fill = (count: number) =>
      shop.db.rows(
        `INSERT INTO member (id, kind, name, language, country, company_id)
         SELECT gen_random_uuid(), 'company', 'B', 'en', 'KR', $1 FROM generate_series(1, $2::int)`,
        [admin.id, count],
      );
    const route = `POST /v1/companies/${admin.id}/branches`;
    const wanted = { name: 'One more', country: 'US', area: '212', language: 'en' };
    await fill(499);
    expect((await shop.ask(route, wanted, admin)).status).toBe(201);
    expect(await shop.ask(route, wanted, admin)).toMatchObject({
      status: 429,
      body: { code: 'branch.too-many' },
    });
  });
});
