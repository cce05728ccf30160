import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SignedIn } from '../../support/http-client.js';
import { type Customer, Customers, idOf, itemsOf, PASSWORD } from './customers.js';

let shop: Customers;
let operator: Customer;
let support: Customer;
beforeAll(async () => {
  shop = await Customers.open();
  operator = await shop.account('ops@example.com', ['operator']);
  support = await shop.account('support@example.com', ['support']);
});
beforeEach(() => shop.db.rows('TRUNCATE attempt'));
afterAll(() => shop.close());

const ask = (route: string, body?: unknown, who?: SignedIn) => shop.ask(route, body, who);
const person = { kind: 'person', name: 'Ann Lee', language: 'ko', country: 'KR', area: '02' };

describe('registration', () => {
  test('makes the account a member, once; it sees itself, others do not', async () => {
    const ann = await shop.account('ann@example.com');
    const made = await ask('POST /v1/members', person, ann);
    expect(made).toMatchObject({ status: 201, body: { ...person, status: 'active', companyId: null } });
    expect((await ask('GET /v1/me', undefined, ann)).body).toMatchObject({
      account: { memberId: idOf(made), companyId: null, roles: ['member'] },
    });
    expect(await ask('POST /v1/members', person, ann)).toMatchObject({
      status: 409,
      body: { code: 'member.exists' },
    });
    const bob = await shop.account('bob@example.com');
    const route = `/v1/members/${idOf(made)}`;
    expect((await ask(`GET ${route}`, undefined, ann)).status).toBe(200);
    expect((await ask(`PATCH ${route}`, { name: 'Bob' }, bob)).status).toBe(404);
    expect((await ask(`PATCH ${route}`, { language: 'ja' }, ann)).body).toMatchObject({ language: 'ja' });
    expect((await ask(`PATCH ${route}`, { status: 'suspended' }, ann)).status).toBe(403);
    expect((await ask(`PATCH ${route}`, { status: 'suspended' }, operator)).body).toMatchObject({
      status: 'suspended',
    });
  });

  test.each([
    [{ country: 'kr' }, '/country'],
    [{ country: 'ZZ' }, '/country'],
    [{ name: ' ' }, '/name'],
    [{ language: 'Korean' }, '/language'],
    [{ area: 'x' }, '/area'],
    [{ status: 'active' }, ''],
  ])('refuses %j', async (wrong, pointer) => {
    const ann = await shop.account(`wrong-${JSON.stringify(wrong).replaceAll(/\W/g, '')}@example.com`);
    expect(await ask('POST /v1/members', { ...person, ...wrong }, ann)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });

  test('staff finds members by the beginning of their name, page by page', async () => {
    for (const name of ['Zoe 100%', 'zoe_b', 'Zoey'])
      await shop.member(`${name.replaceAll(/\W/g, '')}@example.com`, { name });
    const first = await ask('GET /v1/members?name=ZOE&limit=2', undefined, support);
    expect(itemsOf<{ name: string }>(first).map(({ name }) => name)).toEqual(['Zoe 100%', 'zoe_b']);
    const { nextCursor } = first.body as { nextCursor: string };
    const second = await ask(`GET /v1/members?name=zoe&limit=2&cursor=${nextCursor}`, undefined, support);
    expect(itemsOf<{ name: string }>(second).map(({ name }) => name)).toEqual(['Zoey']);
    expect(itemsOf(await ask('GET /v1/members?name=zoe_', undefined, support))).toHaveLength(1);
  });
});

describe('personal data', () => {
  const data = {
    birthDate: '1990-02-28',
    postalAddress: {
      lines: ['1 Sejong-daero'],
      city: 'Seoul',
      region: null,
      postcode: '04524',
      country: 'KR',
    },
    identityDocument: { kind: 'passport', number: 'M12345678', country: 'KR' },
  };

  test('is kept sealed; himself reads it, support sees it masked, the operator’s reading is written down', async () => {
    const ann = await shop.member('private@example.com');
    const route = `/v1/members/${ann.id}/personal-data`;
    expect(await ask(`PUT ${route}`, data, ann)).toMatchObject({ status: 200, body: data });
    const [row] = await shop.db.rows<{ text: string }>(
      `SELECT p::text || coalesce(string_agg(d::text, ''), '') AS text FROM personal_data p
         LEFT JOIN duplicate_key d USING (member_id) WHERE p.member_id = $1 GROUP BY p`,
      [ann.id],
    );
    expect(row?.text).toMatch(/1\.[\w-]+/);
    for (const secret of ['1990-02-28', 'M12345678', 'Sejong', 'passport'])
      expect(row?.text).not.toContain(secret);
    expect((await ask(`GET ${route}`, undefined, ann)).body).toEqual(data);
    expect((await ask(`GET ${route}`, undefined, support)).body).toMatchObject({
      birthDate: '1990-**-**',
      identityDocument: { number: '*****5678' },
    });
    const readings = () => shop.db.rows('SELECT account_id FROM personal_data_reading');
    expect(await readings()).toEqual([]);
    expect((await ask(`GET ${route}`, undefined, operator)).body).toEqual(data);
    expect(await readings()).toEqual([{ account_id: operator.accountId }]);
    const other = await shop.member('curious@example.com');
    expect((await ask(`GET ${route}`, undefined, other)).status).toBe(404);
  });

  test('what is left out stays, null removes', async () => {
    const ann = await shop.member('partly@example.com');
    const route = `/v1/members/${ann.id}/personal-data`;
    await ask(`PUT ${route}`, data, ann);
    expect((await ask(`PUT ${route}`, { birthDate: null }, ann)).body).toEqual({ ...data, birthDate: null });
  });

  test.each([
    [{ birthDate: '1990-02-30' }, '/birthDate'],
    [{ birthDate: '2990-01-01' }, '/birthDate'],
    [{ identityDocument: { kind: 'library card', number: '1', country: 'KR' } }, '/identityDocument/kind'],
    [{ legalName: 'A person is no company' }, ''],
  ])('refuses %j', async (wrong, pointer) => {
    const ann = await shop.member(
      `pd-${JSON.stringify(wrong).replaceAll(/\W/g, '').slice(0, 40)}@example.com`,
    );
    expect(await ask(`PUT /v1/members/${ann.id}/personal-data`, wrong, ann)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });
});

describe('duplicates', () => {
  test('two members with the same document or address are shown to the operator until he says they differ', async () => {
    const document = { kind: 'identity-card', number: '900228-1234567', country: 'KR' };
    const one = await shop.member('same@example.com');
    const two = await shop.member('same+again@example.com');
    const three = await shop.member('third@example.com');
    for (const [who, number] of [
      [one, '900228-1234567'],
      [three, '900228 1234567'],
    ] as const)
      await ask(
        `PUT /v1/members/${who.id}/personal-data`,
        { identityDocument: { ...document, number } },
        who,
      );
    const pairs = async () =>
      itemsOf<{ first: { id: string }; second: { id: string }; common: string[] }>(
        await ask('GET /v1/duplicates', undefined, operator),
      ).filter(({ first }) => first.id === one.id);
    expect(await pairs()).toMatchObject([
      { second: { id: two.id }, common: ['email'] },
      { second: { id: three.id }, common: ['document'] },
    ]);
    const marked = await ask(`PUT /v1/duplicates/${three.id}/${one.id}`, { verdict: 'different' }, operator);
    expect(marked.status).toBe(200);
    expect(await pairs()).toMatchObject([{ second: { id: two.id } }]);
    expect((await ask(`PUT /v1/duplicates/${one.id}/${one.id}`, { verdict: 'same' }, operator)).status).toBe(
      404,
    );
  });
});

describe('a company', () => {
  test('has branches, invites people by mail, gives and takes roles; the last administrator stays', async () => {
    const admin = await shop.member('admin@hanbit.example', { kind: 'company', name: 'Hanbit' });
    const me = async (who: SignedIn) =>
      ((await ask('GET /v1/me', undefined, who)).body as { account: Record<string, unknown> }).account;
    expect(await me(admin)).toMatchObject({ companyId: admin.id, memberId: null });
    const company = `/v1/companies/${admin.id}`;

    const us = { name: 'Hanbit US', country: 'US', area: '212', language: 'en' };
    const branch = await ask(`POST ${company}/branches`, us, admin);
    expect(branch).toMatchObject({ status: 201, body: { ...us, kind: 'company', companyId: admin.id } });
    expect((await ask(`POST /v1/companies/${idOf(branch)}/branches`, us, admin)).status).toBe(409);
    expect(itemsOf(await ask(`GET ${company}/branches`, undefined, admin))).toHaveLength(1);
    expect((await ask(`GET /v1/members/${idOf(branch)}/devices`, undefined, admin)).status).toBe(200);

    const wanted = { email: 'Bo@hanbit.example', name: 'Bo', roles: ['agent'], language: 'ko' };
    const invited = await ask(`POST ${company}/invitations`, wanted, admin);
    expect(invited).toMatchObject({ status: 201, body: { email: 'bo@hanbit.example', state: 'open' } });
    expect(invited.text).not.toContain('token');
    const [mail] = await shop.post.to('bo@hanbit.example');
    expect(mail?.subject).toContain('Hanbit');
    const token = /invitations#([\w-]+)/.exec(mail?.text ?? '')?.[1];
    expect((await ask('POST /v1/invitations/preview', { token })).body).toEqual({
      company: 'Hanbit',
      email: 'bo@hanbit.example',
      name: 'Bo',
      roles: ['agent'],
      language: 'ko',
      hasAccount: false,
    });
    expect((await ask('POST /v1/invitations/acceptance', { token, password: 'short' })).status).toBe(400);
    const accepted = await ask('POST /v1/invitations/acceptance', { token, password: PASSWORD });
    expect(accepted).toMatchObject({
      status: 201,
      body: { account: { email: 'bo@hanbit.example', roles: ['member', 'agent'] } },
    });
    expect((await ask('POST /v1/invitations/acceptance', { token, password: PASSWORD })).status).toBe(410);

    const people = itemsOf<{ accountId: string; email: string; memberId: string | null }>(
      await ask(`GET ${company}/people`, undefined, admin),
    );
    const bo = people.find(({ email }) => email === 'bo@hanbit.example');
    expect(people).toHaveLength(2);
    expect((await ask(`GET /v1/members/${bo?.memberId}/devices`, undefined, admin)).status).toBe(200);

    const demote = { roles: ['supervisor'] };
    expect(await ask(`PATCH ${company}/people/${admin.accountId}`, demote, admin)).toMatchObject({
      status: 409,
      body: { code: 'person.not-allowed' },
    });
    const promote = { roles: ['company-admin'] };
    expect((await ask(`PATCH ${company}/people/${bo?.accountId}`, promote, admin)).body).toMatchObject({
      roles: ['member', 'company-admin'],
    });
    expect((await ask(`DELETE ${company}/people/${admin.accountId}`, undefined, admin)).status).toBe(204);
    expect(await me(admin)).toMatchObject({ companyId: null, roles: ['member'] });
    expect((await ask(`GET ${company}/people`, undefined, admin)).status).toBe(403);
  });

  test('is closed to the administrators of another, and to staff of ours as its people', async () => {
    const one = await shop.member('admin@one.example', { kind: 'company', name: 'One' });
    const other = await shop.member('admin@other.example', { kind: 'company', name: 'Other' });
    for (const route of ['people', 'invitations', 'branches'])
      expect((await ask(`GET /v1/companies/${one.id}/${route}`, undefined, other)).status).toBe(404);
    const wanted = { name: 'X', roles: ['agent'] };
    for (const email of ['ops@example.com', 'admin@other.example']) {
      await ask(`POST /v1/companies/${one.id}/invitations`, { ...wanted, email }, one);
      const token = /#([\w-]+)/.exec((await shop.post.to(email))[0]?.text ?? '')?.[1];
      expect(await ask('POST /v1/invitations/acceptance', { token, password: PASSWORD })).toMatchObject({
        status: 409,
        body: { code: 'invitation.not-allowed' },
      });
      expect(
        await ask('POST /v1/invitations/acceptance', { token, password: 'somebody else’s guess' }),
      ).toMatchObject({ status: 422, body: { code: 'password.mismatch' } });
    }
  });

  test('two administrators that demote each other at once leave one', async () => {
    const one = await shop.member('a1@race.example', { kind: 'company', name: 'Race' });
    const other = await shop.account('a2@race.example', ['member', 'company-admin']);
    await shop.db.rows('UPDATE user_account SET company_id = $2 WHERE id = $1', [other.accountId, one.id]);
    const demote = (whom: Customer, by: Customer) =>
      ask(`PATCH /v1/companies/${one.id}/people/${whom.accountId}`, { roles: ['agent'] }, by);
    const answers = await Promise.all([demote(one, other), demote(other, one)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

test('a revoked invitation is worth nothing', async () => {
  const admin = await shop.member('admin@revoke.example', { kind: 'company', name: 'Revoke' });
  const made = await ask(
    `POST /v1/companies/${admin.id}/invitations`,
    { email: 'late@example.com', name: 'Late', roles: ['agent'] },
    admin,
  );
  const token = /#([\w-]+)/.exec((await shop.post.to('late@example.com'))[0]?.text ?? '')?.[1];
  const revoke = `DELETE /v1/companies/${admin.id}/invitations/${idOf(made)}`;
  expect((await ask(revoke, undefined, admin)).status).toBe(204);
  expect((await ask(revoke, undefined, admin)).status).toBe(404);
  expect((await ask('POST /v1/invitations/preview', { token })).status).toBe(410);
});

test('a person has at most ten devices, and makes them himself', async () => {
  const ann = await shop.member('phones@example.com');
  const phone = { label: 'kitchen', locationNumber: '+82262006200' };
  for (let made = 0; made < 10; made++)
    expect((await ask(`POST /v1/members/${ann.id}/devices`, phone, ann)).status).toBe(201);
  expect(await ask(`POST /v1/members/${ann.id}/devices`, phone, ann)).toMatchObject({
    status: 429,
    body: { code: 'device.too-many' },
  });
});
