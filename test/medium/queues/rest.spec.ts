import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignedIn } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

const hanbit = memberNamed('Hanbit');
const seoul = memberNamed('Hanbit Seoul');
const grace = memberNamed('Grace Hall');
const queue = { name: 'Seoul', country: 'KR', languages: ['ko', 'en'], extension: '71' };
const agent = { name: 'Minjun', country: 'KR', memberId: seoul, number: '201', languages: { ko: 100 } };

let desk: Desk;
let admin: SignedIn;
let stranger: SignedIn;
let supervisor: SignedIn;
beforeAll(async () => {
  desk = await openDesk();
  await desk.pool.query(
    `INSERT INTO member (id, kind, name, language, country) VALUES (gen_random_uuid(), 'company', 'Other', 'en', 'US')`,
  );
  const { rows } = await desk.pool.query<{ id: string }>("SELECT id FROM member WHERE name = 'Other'");
  admin = await desk.account('company-admin', { companyId: hanbit });
  supervisor = await desk.account('supervisor', { companyId: hanbit });
  stranger = await desk.account('company-admin', { companyId: rows[0]?.id ?? '' });
});
afterAll(() => desk.close());

const made = async (route: string, body: unknown, who: SignedIn = admin): Promise<string> => {
  const answer = await desk.ask(route, body, who);
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
};

describe('queues', () => {
  let id: string;
  beforeAll(async () => {
    id = await made('POST /v1/queues', queue);
  });

  test('given_a_company_makes_one_then_it_is_its_own_and_no_other_company_sees_it', async () => {
    expect(await desk.ask(`GET /v1/queues/${id}`, undefined, supervisor)).toMatchObject({
      status: 200,
      body: { companyId: hanbit, name: 'Seoul', answer: 'at-once', agents: [], numbers: [] },
    });
    for (const route of [`GET /v1/queues/${id}`, `GET /v1/queues/${id}/live`])
      expect(await desk.ask(route, undefined, stranger)).toMatchObject({
        status: 404,
        body: { code: 'queue.unknown' },
      });
    expect((await desk.ask(`PATCH /v1/queues/${id}`, { name: 'Mine' }, stranger)).status).toBe(404);
    expect((await desk.ask(`DELETE /v1/queues/${id}`, undefined, stranger)).status).toBe(404);
    const listed = await desk.ask('GET /v1/queues', undefined, stranger);
    expect(listed.body).toMatchObject({ items: [] });
    expect((await desk.ask('GET /v1/queues')).body).toMatchObject({ items: [{ id }] });
  });

  test('given_a_supervisor_then_he_sees_queues_and_changes_none', async () => {
    expect((await desk.ask(`PATCH /v1/queues/${id}`, { name: 'x' }, supervisor)).status).toBe(403);
  });

  test.each([
    [{ rules: ['wait > 60 and english >= 50'] }, 'where s or min after a time should be'],
    [{ languages: ['ko', 'ko'] }, 'must not name a language twice'],
    [{ extension: '1234567' }, 'must be 1 to 6 digits'],
    [{ skill: 'Sales!' }, 'must be a name in small letters'],
  ])('given_%j_then_it_is_refused_and_says_what_is_wrong', async (changes, why) => {
    const answer = await desk.ask(`PATCH /v1/queues/${id}`, changes, admin);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(why);
  });

  test('given_an_extension_that_another_has_then_it_is_taken', async () => {
    expect(await desk.ask('POST /v1/queues', { ...queue, name: 'Again' }, admin)).toMatchObject({
      status: 409,
      body: { code: 'queue-extension.taken' },
    });
  });

  test('given_it_overflows_into_another_companys_queue_then_it_is_refused', async () => {
    const foreign = await made('POST /v1/queues', queue, stranger);
    const overflow = [{ afterSeconds: 60, queueId: foreign }];
    expect(await desk.ask(`PATCH /v1/queues/${id}`, { overflow }, admin)).toMatchObject({
      body: { code: 'queue-overflow.invalid' },
    });
    const own = await made('POST /v1/queues', { ...queue, name: 'Tokyo', extension: '72' });
    expect(
      await desk.ask(`PATCH /v1/queues/${id}`, { overflow: [{ afterSeconds: 60, queueId: own }] }, admin),
    ).toMatchObject({ status: 200, body: { overflow: [{ afterSeconds: 60, queueId: own }] } });
  });

  test('given_its_number_points_there_then_explain_leads_a_call_to_the_queue', async () => {
    expect(
      (await desk.ask(`PUT /v1/queues/${id}/numbers/62006200%23?region=KR`, undefined, admin)).status,
    ).toBe(204);
    const explained = await desk.ask(
      `GET /v1/numbers/explain?dialled=${encodeURIComponent('62006200*082')}&from=KR`,
    );
    expect(explained.status).toBe(200);
    expect(explained.body).toMatchObject({
      account: { candidates: [{ kind: 'queue', target: id, verdict: 'attempt 1' }] },
    });
    expect(
      (await desk.ask(`DELETE /v1/queues/${id}/numbers/62006200%23?region=KR`, undefined, admin)).status,
    ).toBe(204);
  });

  test('given_a_number_of_somebody_else_then_it_cannot_be_pointed_there', async () => {
    const answer = await desk.ask(`PUT /v1/queues/${id}/numbers/2128675300001`, undefined, admin);
    expect(answer).toMatchObject({ status: 404, body: { code: 'number.unknown' } });
  });
});

describe('agents', () => {
  let id: string;
  beforeAll(async () => {
    id = await made('POST /v1/agents', { ...agent, pin: '4711' });
  });

  test('given_one_is_made_then_his_secret_number_is_never_shown', async () => {
    const shown = await desk.ask(`GET /v1/agents/${id}`, undefined, admin);
    expect(shown).toMatchObject({ status: 200, body: { state: 'offline', number: '201' } });
    expect(shown.text).not.toMatch(/pin|4711|argon/);
    expect((await desk.ask(`GET /v1/agents/${id}`, undefined, stranger)).status).toBe(404);
  });

  test('given_a_member_who_is_not_of_the_company_then_his_telephones_are_not_rung', async () => {
    expect(
      await desk.ask('POST /v1/agents', { ...agent, number: '202', memberId: grace }, admin),
    ).toMatchObject({
      body: { code: 'agent-member.invalid' },
    });
  });

  test('given_another_companys_queue_then_he_cannot_serve_it', async () => {
    const foreign = await made('POST /v1/queues', { ...queue, extension: '73' }, stranger);
    expect((await desk.ask(`PUT /v1/queues/${foreign}/members/${id}`, undefined, admin)).status).toBe(404);
    expect((await desk.ask(`PUT /v1/queues/${foreign}/members/${id}`, undefined, stranger)).status).toBe(404);
  });

  test('given_he_logs_in_at_the_web_then_the_exchange_is_told_with_his_first_telephone', async () => {
    const answer = await desk.ask(`POST /v1/agents/${id}/log-in`, {}, supervisor);
    expect(answer).toMatchObject({ status: 202, body: { device: 'lab-hanbit-kr' } });
    const { rows } = await desk.pool.query('DELETE FROM queue_wish RETURNING wish');
    expect(rows).toEqual([{ wish: { do: 'log-in', agentId: id, device: 'lab-hanbit-kr' } }]);
    expect(
      (await desk.ask(`POST /v1/agents/${id}/log-in`, { device: 'lab-us' }, supervisor)).body,
    ).toMatchObject({
      code: 'agent-device.invalid',
    });
  });

  test('given_he_is_an_agent_alone_then_he_acts_for_himself_and_for_nobody_else', async () => {
    const himself = await desk.account('agent', { companyId: hanbit });
    const { rows } = await desk.pool.query<{ id: string }>(
      "SELECT id FROM user_account WHERE roles = '{agent}' ORDER BY created_at DESC LIMIT 1",
    );
    expect((await desk.ask('GET /v1/agents/me', undefined, himself)).status).toBe(404);
    const accountId = rows[0]?.id;
    const own = await made('POST /v1/agents', { ...agent, number: '203', accountId });
    expect(await desk.ask('GET /v1/agents/me', undefined, himself)).toMatchObject({ body: { id: own } });
    expect((await desk.ask(`POST /v1/agents/${own}/pause`, { reason: 'lunch' }, himself)).status).toBe(202);
    expect((await desk.ask(`POST /v1/agents/${id}/pause`, { reason: 'lunch' }, himself)).status).toBe(404);
    expect((await desk.ask('GET /v1/queue-calls', undefined, himself)).body).toMatchObject({ items: [] });
  });
});

describe('a supervisor at the web', () => {
  test('given_he_wants_to_hear_an_agent_who_talks_then_his_own_telephone_is_ordered_rung_once_and_nobody_elses', async () => {
    const talking = await made('POST /v1/agents', { ...agent, number: '204' });
    const path = `POST /v1/agents/${talking}/supervisions`;
    const listen = { mode: 'listen' };
    expect(await desk.ask(path, listen, supervisor)).toMatchObject({
      status: 403,
      body: { code: 'agent-supervision.forbidden' },
    });
    const { rows: accounts } = await desk.pool.query<{ id: string }>(
      `SELECT id FROM user_account WHERE roles = '{supervisor}' AND company_id = $1`,
      [hanbit],
    );
    const himself = { ...agent, name: 'Bomin', number: '299', accountId: accounts[0]?.id, supervisor: true };
    await made('POST /v1/agents', himself);
    expect(await desk.ask(path, listen, supervisor)).toMatchObject({ body: { code: 'agent.not-talking' } });
    await desk.pool.query(`UPDATE queue_agent SET state = 'talking' WHERE id = $1`, [talking]);
    expect((await desk.ask(path, listen, stranger)).status).toBe(404);
    expect((await desk.ask(path, listen, admin)).status).toBe(403);
    expect((await desk.ask(path, { mode: 'shout' }, supervisor)).status).toBe(400);
    expect(await desk.ask(path, { ...listen, device: 'lab-us' }, supervisor)).toMatchObject({
      body: { code: 'agent-device.invalid' },
    });
    const answer = await desk.ask(path, listen, supervisor);
    expect(answer.status).toBe(201);
    const { rows } = await desk.pool.query(
      `SELECT o.id, o.state, o.member_id AS member, d.username, o.wish FROM call_order o JOIN device d ON d.id = o.ring_device_id
        WHERE o.purpose = 'supervise'`,
    );
    expect(rows).toEqual([
      {
        id: (answer.body as { orderId: string }).orderId,
        state: 'waiting',
        member: seoul,
        username: 'lab-hanbit-kr',
        wish: { do: 'service', service: 'supervise', mode: 'listen', agent: '204' },
      },
    ]);
  });
});

describe('visits and recordings', () => {
  let visit: string;
  let recording: string;
  beforeAll(async () => {
    const id = await made('POST /v1/queues', { ...queue, extension: '75' });
    const { rows } = await desk.pool.query<{ id: string }>(
      `INSERT INTO queue_call (id, call_id, node, queue_id, company_id, dialled, country, language, priority, entered_at)
       SELECT gen_random_uuid(), gen_random_uuid(), 'n', $1, $2, '1', 'KR', 'ko', 0, now() - n * interval '1 s'
         FROM generate_series(1, 3) AS n RETURNING id`,
      [id, hanbit],
    );
    visit = rows[0]?.id ?? '';
    const recorded = await desk.pool.query<{ id: string }>(
      `INSERT INTO call_recording (id, call_id, queue_call_id, company_id, country, started_at, delete_after)
       VALUES (gen_random_uuid(), gen_random_uuid(), $1, $2, 'KR', now(), now() + interval '1 day') RETURNING id`,
      [visit, hanbit],
    );
    recording = recorded.rows[0]?.id ?? '';
  });

  test('given_three_visits_then_they_are_listed_newest_first_page_by_page_to_their_company_alone', async () => {
    const first = await desk.ask('GET /v1/queue-calls?limit=2&state=waiting', undefined, supervisor);
    const { items, nextCursor } = first.body as { items: { id: string }[]; nextCursor: string };
    expect(items[0]?.id).toBe(visit);
    const second = await desk.ask(`GET /v1/queue-calls?limit=2&cursor=${nextCursor}`, undefined, supervisor);
    expect((second.body as { items: unknown[] }).items).toHaveLength(1);
    expect((await desk.ask('GET /v1/queue-calls', undefined, stranger)).body).toMatchObject({ items: [] });
    expect((await desk.ask(`GET /v1/queue-calls/${visit}`, undefined, stranger)).status).toBe(404);
  });

  test('given_a_caller_waits_then_the_live_view_says_where', async () => {
    const { queueId } = (await desk.ask(`GET /v1/queue-calls/${visit}`, undefined, admin)).body as {
      queueId: string;
    };
    const { waiting, expectedWaitSeconds } = (
      await desk.ask(`GET /v1/queues/${queueId}/live`, undefined, admin)
    ).body as { waiting: { queueCallId: string; position: number }[]; expectedWaitSeconds: number | null };
    expect(waiting.find(({ queueCallId }) => queueCallId === visit)?.position).toBe(3);
    expect(expectedWaitSeconds).toBeNull();
  });

  test('given_he_does_not_talk_yet_then_he_cannot_be_put_through', async () => {
    const { queueId } = (await desk.ask(`GET /v1/queue-calls/${visit}`, undefined, admin)).body as {
      queueId: string;
    };
    expect(await desk.ask(`POST /v1/queue-calls/${visit}/transfer`, { queueId }, supervisor)).toMatchObject({
      status: 409,
    });
  });

  test('given_a_recording_then_its_company_alone_finds_it_and_deletes_it_and_no_operator_hears_it', async () => {
    expect((await desk.ask('GET /v1/call-recordings', undefined, supervisor)).body).toMatchObject({
      items: [{ id: recording, deletedAt: null }],
    });
    expect((await desk.ask('GET /v1/call-recordings', undefined, stranger)).body).toMatchObject({
      items: [],
    });
    expect((await desk.ask(`GET /v1/call-recordings/${recording}/audio`)).status).toBe(403);
    expect((await desk.ask(`DELETE /v1/call-recordings/${recording}`, undefined, stranger)).status).toBe(404);
    expect((await desk.ask(`DELETE /v1/call-recordings/${recording}`, undefined, admin)).status).toBe(204);
    expect((await desk.ask(`GET /v1/call-recordings/${recording}/audio`, undefined, supervisor)).status).toBe(
      404,
    );
  });

  test('given_a_company_sets_a_rule_then_it_is_for_its_own_calls', async () => {
    const rule = { mode: 'announced', keepDays: 7 };
    expect((await desk.ask('PUT /v1/recording-rules/KR', rule, admin)).status).toBe(204);
    expect((await desk.ask('GET /v1/recording-rules', undefined, admin)).body).toEqual({
      items: [{ companyId: hanbit, country: 'KR', ...rule }],
    });
    expect((await desk.ask('GET /v1/recording-rules', undefined, stranger)).body).toEqual({ items: [] });
  });
});
