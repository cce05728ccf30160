import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_CALL_SETTINGS } from '../../../src/exchange/domain/member.js';
import type { SignedIn } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk } from './desk.js';

const grace = memberNamed('Grace Hall');
const sato = memberNamed('Sato Jun');
const hanbit = memberNamed('Hanbit');
const hanbitSeoul = memberNamed('Hanbit Seoul');

let desk: Desk;
let graceHerself: SignedIn;
let hanbitAdmin: SignedIn;
beforeAll(async () => {
  desk = await openDesk();
  graceHerself = await desk.account('member', { memberId: grace });
  hanbitAdmin = await desk.account('company-admin', { companyId: hanbit });
});
afterAll(() => desk.close());

describe('phones', () => {
  const phone = { label: 'kitchen', locationNumber: '+12128675300' };

  test('a new one has a name and a secret, shown once, that its digest fits', async () => {
    const made = await desk.ask(`POST /v1/members/${grace}/devices`, phone);
    expect(made).toMatchObject({
      status: 201,
      body: { label: 'kitchen', kind: 'sip', country: 'US', enabled: true },
    });
    const { id, username, secret } = made.body as { id: string; username: string; secret: string };
    expect(secret).toMatch(/^[\w-]{24}$/);
    const { rows } = await desk.pool.query('SELECT digest, location_national FROM device WHERE id = $1', [
      id,
    ]);
    expect(rows[0]).toEqual({
      digest: createHash('md5').update(`${username}:anydial:${secret}`).digest('hex'),
      location_national: '2128675300',
    });
    const shown = await desk.ask(`GET /v1/members/${grace}/devices/${id}`);
    expect(shown.body).toMatchObject({ username });
    expect(shown.text).not.toMatch(/secret|digest/);

    const renewed = await desk.ask(`POST /v1/members/${grace}/devices/${id}/secret`);
    expect(renewed).toMatchObject({ status: 200, body: { username } });
    expect((renewed.body as { secret: string }).secret).not.toBe(secret);
    expect(await desk.ask(`PATCH /v1/members/${grace}/devices/${id}`, { enabled: false })).toMatchObject({
      body: { enabled: false, label: 'kitchen' },
    });
    expect((await desk.ask(`DELETE /v1/members/${grace}/devices/${id}`)).status).toBe(204);
  });

  test('stands where its location number is: an emergency call must not lead to another country', async () => {
    const wrong = { ...phone, country: 'KR' };
    expect(await desk.ask(`POST /v1/members/${grace}/devices`, wrong)).toMatchObject({
      status: 422,
      body: { code: 'number.shadow' },
    });
  });

  test('that find-me names stays', async () => {
    const made = await desk.ask(`POST /v1/members/${sato}/devices`, { ...phone, country: 'US' });
    const { id } = made.body as { id: string };
    await desk.ask(`PUT /v1/members/${sato}/find-me`, { steps: [{ kind: 'device', target: id }] });
    expect(await desk.ask(`DELETE /v1/members/${sato}/devices/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'member.not-allowed', detail: expect.stringContaining('step 1 of the find-me order') },
    });
    await desk.ask(`PUT /v1/members/${sato}/find-me`, { steps: [] });
    expect((await desk.ask(`DELETE /v1/members/${sato}/devices/${id}`)).status).toBe(204);
  });
});

describe('whose they are', () => {
  test.each([
    'find-me',
    'call-settings',
    'devices',
    'contact-numbers',
    'emails',
    'domains',
    'carrier-numbers',
  ])('a member sees the own %s and nobody else’s', async (what) => {
    expect((await desk.ask(`GET /v1/members/${grace}/${what}`, undefined, graceHerself)).status).toBe(200);
    expect(await desk.ask(`GET /v1/members/${sato}/${what}`, undefined, graceHerself)).toMatchObject({
      status: 404,
      body: { code: 'member.unknown' },
    });
  });

  test('a company’s administrator sees the company and who answers for its branches', async () => {
    for (const member of [hanbit, hanbitSeoul])
      expect((await desk.ask(`GET /v1/members/${member}/devices`, undefined, hanbitAdmin)).status).toBe(200);
    expect((await desk.ask(`GET /v1/members/${grace}/devices`, undefined, hanbitAdmin)).status).toBe(404);
  });

  test('a member changes the own find-me and settings, but not the limits, nor what is proved', async () => {
    const settings = { doNotDisturb: true, forwardBusy: '02-6200-6100-082' };
    const changed = await desk.ask(`PATCH /v1/members/${grace}/call-settings`, settings, graceHerself);
    expect(changed).toMatchObject({ status: 200, body: { ...settings, ringSeconds: 45 } });
    const raised = { maxCalls: 1_000, maxCallsPerSecond: null };
    expect((await desk.ask(`PATCH /v1/members/${grace}/call-settings`, raised, graceHerself)).status).toBe(
      400,
    );
    expect((await desk.ask(`PUT /v1/members/${grace}/call-limits`, raised, graceHerself)).status).toBe(403);
    const [contact] = (
      (await desk.ask(`GET /v1/members/${grace}/contact-numbers`)).body as { items: { id: string }[] }
    ).items;
    const proof = `PUT /v1/members/${grace}/contact-numbers/${contact?.id}/verification`;
    expect((await desk.ask(proof, { verified: true }, graceHerself)).status).toBe(403);
    await desk.ask(`PATCH /v1/members/${grace}/call-settings`, { doNotDisturb: false, forwardBusy: null });
  });

  test('the operator sets limits', async () => {
    const limits = { maxCalls: 3, maxCallsPerSecond: 1 };
    expect(await desk.ask(`PUT /v1/members/${sato}/call-limits`, limits)).toMatchObject({ body: limits });
  });
});

describe('call settings', () => {
  test('of somebody who set nothing are the table’s own defaults', async () => {
    const seoul = await desk.ask(`GET /v1/members/${hanbitSeoul}/call-settings`);
    expect(seoul.body).toEqual(DEFAULT_CALL_SETTINGS);
    await desk.ask(`PATCH /v1/members/${hanbitSeoul}/call-settings`, {});
    const { rowCount } = await desk.pool.query('SELECT FROM call_setting WHERE member_id = $1', [
      hanbitSeoul,
    ]);
    expect(rowCount).toBe(1);
    expect((await desk.ask(`GET /v1/members/${hanbitSeoul}/call-settings`)).body).toEqual(
      DEFAULT_CALL_SETTINGS,
    );
  });
});

describe('identities', () => {
  test('are claimed in any spelling, kept in one, and proved by one member only', async () => {
    const claim = (who: string) =>
      desk.ask(`POST /v1/members/${who}/emails`, { address: ' Jun@EXAMPLE.com ' });
    const [hers, his] = [await claim(grace), await claim(sato)];
    expect(his).toMatchObject({ status: 201, body: { address: 'jun@example.com', verifiedAt: null } });
    expect(await claim(sato)).toMatchObject({ status: 409, body: { code: 'identity.taken' } });
    const verify = (who: string, answer: typeof hers, verified = true) =>
      desk.ask(`PUT /v1/members/${who}/emails/${(answer.body as { id: string }).id}/verification`, {
        verified,
      });
    expect(await verify(sato, his)).toMatchObject({ status: 200, body: { verifiedAt: expect.any(String) } });
    expect(await verify(grace, hers)).toMatchObject({ status: 409, body: { code: 'identity.taken' } });
    expect(await verify(sato, his, false)).toMatchObject({ body: { verifiedAt: null } });
    expect(await verify(grace, hers)).toMatchObject({ status: 200 });
  });

  test.each([
    ['contact-numbers', { e164: '+821' }, '/e164'],
    ['emails', { address: 'nobody' }, '/address'],
    ['domains', { domain: '10.1' }, '/domain'],
    ['carrier-numbers', { carrierId: 'lab-carrier', number: 'x' }, '/number'],
    ['emails', { address: 'a@b.example', verifiedAt: '2026-01-01' }, ''],
  ])('%s with %j are refused', async (kind, body, pointer) => {
    expect(await desk.ask(`POST /v1/members/${grace}/${kind}`, body)).toMatchObject({
      status: 400,
      body: { code: 'request.invalid', errors: [{ pointer }] },
    });
  });

  test('a domain in its own script is kept as DNS has it; a carrier must be one', async () => {
    expect(await desk.ask(`POST /v1/members/${grace}/domains`, { domain: '例え.Example' })).toMatchObject({
      status: 201,
      body: { domain: 'xn--r8jz45g.example' },
    });
    const number = { carrierId: 'nobody', number: '*3931111111' };
    expect(await desk.ask(`POST /v1/members/${grace}/carrier-numbers`, number)).toMatchObject({
      status: 404,
      body: { code: 'carrier.unknown' },
    });
  });

  test('are fifty of a kind at most', async () => {
    await desk.pool.query(
      `INSERT INTO domain_identity (id, member_id, domain)
       SELECT gen_random_uuid(), $1, 'd' || n || '.example' FROM generate_series(1, 50) AS n`,
      [sato],
    );
    expect(await desk.ask(`POST /v1/members/${sato}/domains`, { domain: 'one-more.example' })).toMatchObject({
      status: 429,
      body: { code: 'identity.too-many' },
    });
  });

  test('a telephone that find-me names is neither removed nor unproved', async () => {
    const { items } = (await desk.ask(`GET /v1/members/${grace}/contact-numbers`)).body as {
      items: { id: string; label: string }[];
    };
    const home = items.find(({ label }) => label === 'home')?.id;
    const path = `/v1/members/${grace}/contact-numbers/${home}`;
    expect((await desk.ask(`DELETE ${path}`, undefined, graceHerself)).status).toBe(409);
    expect((await desk.ask(`PUT ${path}/verification`, { verified: false })).status).toBe(409);
    expect(await desk.ask(`PATCH ${path}`, { label: 'flat' }, graceHerself)).toMatchObject({
      body: { label: 'flat' },
    });
  });
});

describe('find-me', () => {
  const put = (steps: unknown, who = graceHerself) =>
    desk.ask(`PUT /v1/members/${grace}/find-me`, { steps }, who);

  test('is replaced whole, and names only what is proved to be his', async () => {
    const before = (await desk.ask(`GET /v1/members/${grace}/find-me`)).body as {
      steps: { target: string }[];
    };
    expect(before.steps.map((step) => step.target !== null)).toEqual([false, true, true, false]);
    const steps = [
      { kind: 'devices', target: null, ringSeconds: 10, withPrevious: false },
      { kind: 'contact', target: before.steps[1]?.target, ringSeconds: 25, withPrevious: true },
    ];
    expect(await put(steps)).toMatchObject({ status: 200, body: { steps } });
    expect((await desk.ask(`GET /v1/members/${grace}/find-me`)).body).toEqual({ steps });
    const { rows } = await desk.pool.query(
      'SELECT id FROM contact_number WHERE member_id = $1 AND verified_at IS NULL LIMIT 1',
      [grace],
    );
    expect(await put([{ kind: 'contact', target: rows[0]?.id }])).toMatchObject({
      status: 422,
      body: { code: 'find-me.target-mismatch' },
    });
    expect((await desk.ask(`GET /v1/members/${grace}/find-me`)).body).toEqual({ steps });
  });

  test.each([
    ['a device without saying which', [{ kind: 'device' }], '/steps/0/target'],
    ['voicemail before the end', [{ kind: 'voicemail' }, { kind: 'devices' }], '/steps/0/kind'],
    ['a first step that rings together', [{ kind: 'devices', withPrevious: true }], '/steps/0/withPrevious'],
    ['two seconds', [{ kind: 'devices', ringSeconds: 2 }], '/steps/0/ringSeconds'],
  ])('with %s is refused', async (_, steps, pointer) => {
    expect(await put(steps)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});

describe('branches', () => {
  const path = '/v1/numbers/62006200%23/branches';
  const branches = async (who?: SignedIn) =>
    (
      (await desk.ask(`GET ${path}`, undefined, who)).body as {
        items: { id: string; region: string; isDefault: boolean }[];
      }
    ).items;

  test('are opened, made the default, and closed', async () => {
    expect((await branches()).map(({ region }) => region)).toEqual(['US', 'JP', 'KR']);
    const added = await desk.ask(`POST ${path}`, { region: 'CA', memberId: hanbitSeoul });
    expect(added).toMatchObject({ status: 201, body: { ccc: '001', isDefault: false } });
    const { id } = added.body as { id: string };
    expect(await desk.ask(`PATCH ${path}/${id}`, { isDefault: true })).toMatchObject({
      body: { isDefault: true },
    });
    expect((await branches()).filter(({ isDefault }) => isDefault).map(({ region }) => region)).toEqual([
      'CA',
      'JP',
      'KR',
    ]);
    expect(await desk.ask(`DELETE ${path}/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'branch.not-allowed', detail: expect.stringContaining('default under 001') },
    });
    const us = (await branches()).find(({ region }) => region === 'US');
    await desk.ask(`PATCH ${path}/${us?.id}`, { isDefault: true });
    expect((await desk.ask(`DELETE ${path}/${id}`)).status).toBe(204);
  });

  test('the home branch stays while there are others', async () => {
    const home = (await branches()).find(({ region }) => region === 'KR');
    expect(await desk.ask(`DELETE ${path}/${home?.id}`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('home branch') },
    });
  });

  test('are of a company number that there is, one a region, answered by a member', async () => {
    const branch = { region: 'DE', memberId: grace };
    expect((await desk.ask('POST /v1/numbers/999999/branches', branch)).status).toBe(404);
    expect((await desk.ask(`POST ${path}`, { ...branch, region: 'KR' })).status).toBe(409);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await desk.ask(`POST ${path}`, { ...branch, memberId: nobody })).toMatchObject({
      status: 404,
      body: { code: 'member.unknown' },
    });
  });

  test('are seen by their company, and chosen by the operator alone', async () => {
    expect((await branches(hanbitAdmin)).length).toBe(3);
    const other = await desk.account('company-admin', { companyId: grace });
    expect((await desk.ask(`GET ${path}`, undefined, other)).status).toBe(404);
    expect((await desk.ask(`POST ${path}`, { region: 'DE', memberId: grace }, hanbitAdmin)).status).toBe(403);
  });
});
