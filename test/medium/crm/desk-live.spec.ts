import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { EventPage } from '../../support/event-page.js';
import type { SignedIn } from '../../support/http-client.js';
import { memberNamed } from '../desk/desk.js';
import { type Centre, openCentre } from './centre.js';

interface Pop {
  readonly customer: {
    readonly name: string | null;
    readonly member: object | null;
    readonly numbers: readonly { readonly shown: string }[];
    readonly calls: readonly { readonly outcome: string }[];
    readonly notes: readonly { readonly text: string }[];
    readonly cases: readonly { readonly subject: string }[];
    readonly money: { readonly credit: string; readonly currency: string } | null;
    readonly orders: readonly object[] | null;
  } | null;
  readonly reading: string | null;
  readonly called: string | null;
}

describe('what pages of a centre hear and see at this moment', () => {
  let centre: Centre;
  let admin: SignedIn;
  let queueId: string;
  let open: EventPage[] = [];
  let agents = 0;
  beforeAll(async () => {
    centre = await openCentre();
    admin = await centre.account('company-admin', { companyId: centre.hanbit });
    queueId = await centre.queue(centre.hanbit);
  });
  afterEach(async () => {
    await Promise.all(open.map((page) => page.leave()));
    open = [];
  });
  afterAll(() => centre.close());

  /** An agent of that company at his page, as that account; his id, and what his page hears. */
  async function atWork(who: SignedIn, companyId: string | null) {
    const me = (await centre.ask('GET /v1/me', undefined, who)).body as { account: { id: string } };
    const id = newId();
    await centre.db.run(
      `INSERT INTO queue_agent (id, company_id, member_id, account_id, number, name, country)
       VALUES ($1, $2, $3, $4, $5, 'Minjun', 'KR')`,
      [id, companyId, memberNamed('Hanbit Seoul'), me.account.id, String(1_000 + ++agents)],
    );
    const page = await EventPage.open(centre.url, 'desk', who.cookie);
    open.push(page);
    return { id, page };
  }
  const ara = { callerNumber: '0262006100082', callerMemberId: memberNamed('Kim Ara') };
  async function ring(agentId: string, companyId: string | null, type: string, more: object = {}) {
    const data = { callId: newId(), companyId, ...ara, country: 'KR', language: 'ko', ...more };
    centre.pageEvents.tell({ at: [{ topic: 'desk', key: agentId }], type, data });
    return data.callId;
  }
  const heard = async (page: EventPage, type: string) =>
    (await page.told(type)).told as unknown as { along?: Pop };

  test('given_a_phone_rings_then_the_whole_customer_is_in_the_same_message_and_the_next_comes_after_it', async () => {
    const { id, page } = await atWork(centre.agent, centre.hanbit);
    const before = await centre.ended(queueId, { number: ara.callerNumber, memberId: ara.callerMemberId });
    const card = (await centre.ask(`PUT /v1/queue-calls/${before.id}/customer`, undefined, centre.agent))
      .body as {
      customer: { id: string };
    };
    const customerId = card.customer.id;
    await centre.ask(`POST /v1/customers/${customerId}/notes`, { text: 'Likes tea' }, centre.agent);
    await centre.ask('POST /v1/cases', { customerId, subject: 'No dial tone' }, centre.agent);
    await ring(id, centre.hanbit, 'queue-call.ringing');
    centre.pageEvents.tell({ at: [{ topic: 'desk', key: id }], type: 'queue-call.talking', data: {} });
    await page.told('queue-call.talking');
    expect(page.types).toEqual(['queue-call.ringing', 'queue-call.talking']);
    expect((await heard(page, 'queue-call.ringing')).along).toMatchObject({
      customer: {
        name: 'Kim Ara',
        country: 'KR',
        language: 'ko',
        numbers: [{ shown: '02-6200-6100-082' }],
        calls: [{ outcome: 'answered' }],
        notes: [{ text: 'Likes tea' }],
        cases: [{ subject: 'No dial tone' }],
        // A company never sees what is between its customer and the house.
        money: null,
        orders: null,
      },
      called: null,
    });
    expect((await heard(page, 'queue-call.talking')).along).toBeUndefined();
  });

  test('given_the_houses_own_agent_then_balance_and_orders_come_along_too', async () => {
    const { id, page } = await atWork(centre.houseAgent, null);
    await ring(id, null, 'queue-call.ringing');
    const { along } = await heard(page, 'queue-call.ringing');
    expect(along?.customer).toMatchObject({ name: 'Kim Ara', money: { currency: 'USD' }, orders: [] });
  });

  test('given_a_call_straight_to_his_telephone_then_the_member_who_calls_is_known_and_who_hides_is_nobody', async () => {
    const { id, page } = await atWork(
      await centre.account('agent', { companyId: centre.hanbit }),
      centre.hanbit,
    );
    await ring(id, centre.hanbit, 'call.ringing', { callerNumber: '+81312345678' });
    expect((await heard(page, 'call.ringing')).along?.customer?.name).toBe('Kim Ara');
    const hidden = await atWork(await centre.account('agent', { companyId: centre.hanbit }), centre.hanbit);
    await ring(hidden.id, centre.hanbit, 'call.ringing', { callerNumber: null, callerMemberId: null });
    expect((await heard(hidden.page, 'call.ringing')).along).toMatchObject({ customer: null });
  });

  test('given_all_queues_at_once_then_each_sees_its_own_and_how_many_were_served_in_time', async () => {
    const id = await centre.queue(centre.hanbit, 'Busy');
    const at = new Date().toISOString();
    await centre.ended(id, { at, waitedMs: 20_000 });
    await centre.ended(id, { at, waitedMs: 20_001 });
    await centre.ended(id, { at, waitedMs: 5_000, outcome: 'abandoned' });
    const seen = async (who: SignedIn) =>
      (await centre.ask('GET /v1/queues/live', undefined, who)).body as {
        queues: { queueId: string; name: string }[];
        agents: { name: string }[];
      };
    expect((await seen(centre.supervisor)).queues.find(({ queueId: one }) => one === id)).toMatchObject({
      offered: 3,
      answered: 2,
      serviceLevel: 1 / 3,
    });
    expect((await seen(centre.supervisor)).agents.map(({ name }) => name)).toContain('Minjun');
    expect(await seen(centre.stranger)).toMatchObject({ queues: [], agents: [] });
    expect((await seen(centre.operator)).queues.map(({ name }) => name)).toContain('Busy');
  });

  test('given_hours_then_they_are_kept_and_what_is_none_is_refused', async () => {
    const hours = [{ days: [1, 2], from: '09:00', to: '18:00', timeZone: 'Asia/Seoul' }];
    const route = `PATCH /v1/queues/${queueId}`;
    expect(await centre.ask(route, { hours }, admin)).toMatchObject({ status: 200, body: { hours } });
    for (const wrong of [{ timeZone: 'Mars/Olympus' }, { from: '9' }, { days: [] }, { to: '00:00' }])
      expect([wrong, await centre.status(route, { hours: [{ ...hours[0], ...wrong }] }, admin)]).toEqual([
        wrong,
        400,
      ]);
  });

  test('given_a_companys_own_pause_reasons_then_they_stand_instead_of_the_houses_and_no_other_has_them', async () => {
    const codes = async (who: SignedIn) =>
      (
        (await centre.ask('GET /v1/pause-reasons', undefined, who)).body as { items: { code: string }[] }
      ).items.map(({ code }) => code);
    const house = ['break', 'lunch', 'meeting', 'training'];
    expect(await codes(centre.agent)).toEqual(house);
    const put = (who: SignedIn, label: object) => centre.status('PUT /v1/pause-reasons/tea', { label }, who);
    expect(await put(admin, { ko: '차' })).toBe(400);
    expect(await put(centre.agent, { en: 'Tea' })).toBe(403);
    expect(await put(centre.supervisor, { en: 'Tea' })).toBe(200);
    expect(await codes(centre.agent)).toEqual(['tea']);
    expect(await codes(centre.stranger)).toEqual(house);
  });

  test('given_an_administrator_then_he_chooses_agents_among_his_companys_telephones_and_people', async () => {
    const seats = async (who: SignedIn) =>
      (await centre.ask('GET /v1/agent-seats', undefined, who)).body as {
        members: { name: string }[];
        accounts: object[];
      };
    const names = (await seats(admin)).members.map(({ name }) => name);
    expect(names).toContain('Hanbit Seoul');
    expect(names).not.toContain('Grace Hall');
    expect((await seats(centre.stranger)).members.map(({ name }) => name)).toEqual(['Other']);
    expect((await seats(centre.stranger)).accounts).toHaveLength(1);
    expect(await centre.status('GET /v1/agent-seats', undefined, centre.supervisor)).toBe(403);
  });
});
