import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { EventPage } from '../../support/event-page.js';
import { type Centre, openCentre } from './centre.js';

interface Case {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly dueOn: string | null;
  readonly history: readonly { what: string; comment: string | null; changes: object }[];
}

describe('cases of customers', () => {
  let centre: Centre;
  let customerId: string;
  beforeAll(async () => {
    centre = await openCentre();
    const { body } = await centre.ask('PUT /v1/customers/by-number/%2B82212345678', undefined, centre.agent);
    customerId = (body as { id: string }).id;
  });
  afterAll(() => centre.close());
  const open = async (more: object = {}) =>
    (await centre.ask('POST /v1/cases', { customerId, subject: 'No ringing', ...more }, centre.agent))
      .body as Case;
  const move = (id: string, wanted: string, comment?: string) =>
    centre.ask(`POST /v1/cases/${id}/moves`, { move: wanted, ...(comment ? { comment } : {}) }, centre.agent);
  const one = async (id: string) =>
    (await centre.ask(`GET /v1/cases/${id}`, undefined, centre.agent)).body as Case;

  test('given_a_case_goes_its_way_then_each_step_is_in_its_history_and_a_step_that_is_not_in_the_table_is_refused', async () => {
    const { id } = await open({ dueOn: '2026-12-24' });
    expect((await move(id, 'reopen')).status).toBe(409);
    for (const step of ['begin', 'wait', 'solve', 'reopen', 'solve', 'close'])
      expect((await move(id, step, step)).status).toBe(201);
    expect((await move(id, 'begin')).status).toBe(409);
    const found = await one(id);
    expect(found).toMatchObject({ status: 'closed', dueOn: '2026-12-24', closedAt: expect.any(String) });
    expect(found.history.map(({ what }) => what)).toEqual([
      'opened',
      'begin',
      'wait',
      'solve',
      'reopen',
      'solve',
      'close',
    ]);
    const edit = await centre.ask(
      `PATCH /v1/cases/${id}`,
      { version: found.version, subject: 'x' },
      centre.agent,
    );
    expect(edit.status).toBe(409);
  });

  test('given_two_people_change_it_at_once_then_the_second_hears_of_the_first', async () => {
    const { id, version } = await open();
    const changes = ['a', 'b'].map((subject) =>
      centre.status(`PATCH /v1/cases/${id}`, { version, subject }, centre.agent),
    );
    expect((await Promise.all(changes)).toSorted()).toEqual([200, 409]);
  });

  test('given_somebody_of_another_company_when_a_case_is_given_to_him_then_it_is_refused', async () => {
    const { body } = await centre.ask('GET /v1/desk/colleagues', undefined, centre.agent);
    const colleagues = (body as { items: { accountId: string; email: string }[] }).items;
    expect(colleagues).toHaveLength(2);
    const [stranger] = await centre.db.rows<{ id: string }>(
      'SELECT id FROM user_account WHERE company_id = $1',
      [centre.other],
    );
    const { id, version } = await open();
    const give = (assigneeId: string | undefined) =>
      centre.status(`PATCH /v1/cases/${id}`, { version, assigneeId }, centre.agent);
    expect([await give(stranger?.id), await give(newId()), await give(colleagues[0]?.accountId)]).toEqual([
      422, 422, 200,
    ]);
    const mine = await centre.ask('GET /v1/cases?assignee=me&open=true', undefined, centre.supervisor);
    const agents = await centre.ask('GET /v1/cases?assignee=me&open=true', undefined, centre.agent);
    expect(
      [mine, agents].map(({ body: page }) => (page as { items: unknown[] }).items.length).toSorted(),
    ).toEqual([0, 1]);
  });

  test('given_a_case_is_opened_then_the_companys_pages_hear_of_it_and_anothers_do_not', async () => {
    const [own, foreign] = await Promise.all(
      [centre.supervisor, centre.stranger].map((who) => EventPage.open(centre.url, 'cases', who.cookie)),
    );
    const { id } = await open();
    expect((await own?.told('case.changed'))?.told).toMatchObject({
      key: centre.hanbit,
      data: { caseId: id, status: 'open' },
    });
    await centre.ask('PUT /v1/customers/by-number/%2B12125550123', undefined, centre.stranger);
    expect(foreign?.types).toEqual([]);
    await Promise.all([own?.leave(), foreign?.leave()]);
  });
});
