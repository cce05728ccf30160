import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Desk, memberNamed, openDesk } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const path = (code: string) => `/v1/plan/feature-codes/${encodeURIComponent(code)}`;
const patternsOf = async () =>
  ((await desk.ask('GET /v1/carriers/lab-carrier')).body as { patterns: { id: string; prefix: string }[] })
    .patterns;

describe('the number plan', () => {
  test('is shown whole, defaults included', async () => {
    expect(await desk.ask('GET /v1/plan')).toMatchObject({
      status: 200,
      body: {
        featureCodes: expect.arrayContaining([
          { code: '*97', feature: 'voicemail', argument: 'none', enabled: true },
        ]),
        identifierCodes: [{ country: 'KR', code: '0591', minLength: 10, maxLength: 11 }],
        settings: { servedCountries: ['KR', 'US', 'JP'], barPremium: true },
      },
    });
  });

  test('takes a feature code, changes it, and gives it up', async () => {
    expect(await desk.ask(`PUT ${path('*98')}`, { feature: 'echo' })).toMatchObject({
      status: 200,
      body: { code: '*98', feature: 'echo', argument: 'none', enabled: true },
    });
    expect(await desk.ask(`PUT ${path('*98')}`, { feature: 'voicemail' })).toMatchObject({ status: 200 });
    expect((await desk.ask(`DELETE ${path('*98')}`)).status).toBe(204);
    expect(await desk.ask(`DELETE ${path('*98')}`)).toMatchObject({
      status: 404,
      body: { code: 'plan.not-found' },
    });
  });

  test('refuses a code that a carrier’s numbers begin with, names both, and saves nothing', async () => {
    const answer = await desk.ask(`PUT ${path('*39')}`, { feature: 'echo' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'plan.conflict' } });
    expect((answer.body as { detail: string }).detail).toMatch(/lab-carrier: '\*393…' overlaps .*\*39/);
    expect(JSON.stringify((await desk.ask('GET /v1/plan')).body)).not.toContain('*39"');
  });

  test.each([
    ['a code that hides an emergency number', path('119'), { feature: 'echo' }, /119 .*KR/],
    [
      'an identifier code that hides telephones',
      '/v1/plan/identifier-codes/KR/010',
      { minLength: 10, maxLength: 11 },
      /KR 010/,
    ],
    [
      'a short code that is a telephone number',
      '/v1/plan/short-codes/CK/20000',
      { number: '20000', service: 'helpline' },
      /CK 20000/,
    ],
  ])('refuses %s', async (_, where, body, detail) => {
    expect(await desk.ask(`PUT ${where}`, body)).toMatchObject({
      status: 409,
      body: { code: 'plan.conflict', detail: expect.stringMatching(detail) },
    });
  });

  test('takes short and identifier codes and gives them up', async () => {
    const range = { minLength: 10, maxLength: 10 };
    expect(await desk.ask('PUT /v1/plan/identifier-codes/KR/0592', range)).toMatchObject({
      status: 200,
      body: { country: 'KR', code: '0592', ...range },
    });
    const short = { number: '0212341234', service: 'helpline' };
    expect(await desk.ask('PUT /v1/plan/short-codes/KR/1399', short)).toMatchObject({
      status: 200,
      body: short,
    });
    expect((await desk.ask('DELETE /v1/plan/identifier-codes/KR/0592')).status).toBe(204);
    expect((await desk.ask('DELETE /v1/plan/short-codes/KR/1399')).status).toBe(204);
    expect((await desk.ask('DELETE /v1/plan/short-codes/KR/1399')).status).toBe(404);
  });

  test('refuses a feature that nobody carries out, and a setting’s wrong value', async () => {
    expect(await desk.ask(`PUT ${path('*98')}`, { feature: 'make-coffee' })).toMatchObject({ status: 400 });
    expect(await desk.ask('PUT /v1/plan/settings/barPremium', { value: 'perhaps' })).toMatchObject({
      status: 400,
      body: { code: 'setting.invalid', errors: [{ pointer: '/value' }] },
    });
    expect(await desk.ask('PUT /v1/plan/settings/barred', { value: ['12'] })).toMatchObject({ status: 409 });
    expect((await desk.ask('PUT /v1/plan/settings/colour', { value: 1 })).status).toBe(400);
  });

  test('takes settings and forgets them again', async () => {
    expect(await desk.ask('PUT /v1/plan/settings/barred', { value: ['+881'] })).toMatchObject({
      status: 200,
      body: { name: 'barred', value: ['+881'] },
    });
    expect((await desk.ask('GET /v1/plan')).body).toMatchObject({ settings: { barred: ['+881'] } });
    expect((await desk.ask('DELETE /v1/plan/settings/barred')).status).toBe(204);
    expect((await desk.ask('GET /v1/plan')).body).toMatchObject({
      settings: { barred: ['+870', '+881', '+882', '+979'] },
    });
  });

  test('two changes at once that fit alone but not together: one is refused', async () => {
    const carrier = { name: 'Second', trunkId: 'carrier-one', e164Prefixes: ['+888'] };
    const answers = await Promise.all([
      desk.ask('POST /v1/carriers', { ...carrier, id: 'second' }),
      desk.ask('POST /v1/carriers', { ...carrier, id: 'third' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({
      detail: expect.stringMatching(/\+888 is claimed by carrier second and carrier third/),
    });
  });
});

describe('numbers that were sold before', () => {
  test('are listed when the plan of today would refuse them', async () => {
    expect((await desk.ask('GET /v1/plan/conflicts')).body).toEqual({ items: [], nextCursor: null });
    expect((await desk.ask('DELETE /v1/plan/identifier-codes/KR/0591')).status).toBe(204);
    expect(
      (await desk.ask('PUT /v1/plan/identifier-codes/KR/059112', { minLength: 10, maxLength: 11 })).status,
    ).toBe(200);
    expect((await desk.ask(`PUT ${path('62006200')}`, { feature: 'echo' })).status).toBe(200);
    expect((await desk.ask('GET /v1/plan/conflicts')).body).toEqual({
      items: [
        {
          key: '62006200#',
          holderId: memberNamed('Hanbit'),
          reasons: [expect.objectContaining({ code: 'feature-code' })],
        },
      ],
      nextCursor: null,
    });
    expect((await desk.ask(`DELETE ${path('62006200')}`)).status).toBe(204);
  });

  test('are looked at two thousand at a time', async () => {
    await desk.pool.query(`
      INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
      SELECT gen_random_uuid(), '05' || lpad(n::text, 9, '0') || '082', 'pin', '082', 'KR', '05' || lpad(n::text, 9, '0'), 'x',
             gen_random_uuid() FROM generate_series(1, 2000) AS n`);
    const first = (await desk.ask('GET /v1/plan/conflicts')).body as { nextCursor: string };
    expect(first.nextCursor).toMatch(/^05\d+082$/);
    expect((await desk.ask(`GET /v1/plan/conflicts?cursor=${first.nextCursor}`)).body).toMatchObject({
      nextCursor: null,
    });
  });
});

describe('carriers', () => {
  test('are made, changed and removed with their patterns', async () => {
    const made = await desk.ask('POST /v1/carriers', {
      id: 'starnet',
      name: 'Starnet',
      trunkId: 'carrier-one',
    });
    expect(made).toMatchObject({ status: 201, body: { id: 'starnet', patterns: [], e164Prefixes: [] } });
    const pattern = { prefix: '777', minLength: 7, maxLength: 7, countries: ['KR'] };
    const added = await desk.ask('POST /v1/carriers/starnet/patterns', pattern);
    expect(added).toMatchObject({ status: 201, body: { ...pattern, regex: null } });
    const { id } = added.body as { id: string };
    expect(await desk.ask('POST /v1/carriers/starnet/patterns', pattern)).toMatchObject({ status: 409 });
    const longer = { prefix: '778', minLength: 8, maxLength: 9, regex: '778[0-9]+' };
    expect(await desk.ask(`PUT /v1/carriers/starnet/patterns/${id}`, longer)).toMatchObject({
      status: 200,
      body: { ...longer, countries: null },
    });
    expect(await desk.ask('PATCH /v1/carriers/starnet', { domains: ['starnet.example'] })).toMatchObject({
      body: { domains: ['starnet.example'], patterns: [{ prefix: '778' }] },
    });
    expect((await desk.ask(`DELETE /v1/carriers/starnet/patterns/${id}`)).status).toBe(204);
    expect((await desk.ask('DELETE /v1/carriers/starnet')).status).toBe(204);
  });

  test.each([
    ['a back-reference', '([0-9])\\1'],
    ['a look-ahead', '(?=1)1'],
    ['an unbalanced one', '('],
  ])('patterns that could hang an engine, or are none, are refused: %s', async (_, regex) => {
    const before = await patternsOf();
    const answer = await desk.ask('POST /v1/carriers/lab-carrier/patterns', {
      prefix: '555',
      minLength: 3,
      maxLength: 9,
      regex,
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'plan.conflict' } });
    expect(await patternsOf()).toEqual(before);
  });

  test('a carrier at which a member has a number stays', async () => {
    expect(await desk.ask('DELETE /v1/carriers/lab-carrier')).toMatchObject({
      status: 409,
      body: {
        code: 'carrier.not-allowed',
        detail: expect.stringContaining("Grace Hall's number *3935550101"),
      },
    });
  });

  test('a trunk or carrier that there is not is said so', async () => {
    expect(await desk.ask('POST /v1/carriers', { id: 'x1', name: 'x', trunkId: 'nowhere' })).toMatchObject({
      status: 404,
      body: { code: 'trunk.unknown' },
    });
    const pattern = { prefix: '556', minLength: 3, maxLength: 9 };
    expect(await desk.ask('POST /v1/carriers/nobody/patterns', pattern)).toMatchObject({ status: 404 });
  });
});
