import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CampaignCalls } from '../../../src/crm/campaigns/campaign-calls.js';
import { type Caller, claimNext } from '../../../src/crm/campaigns/contacts.service.js';
import { newId } from '../../../src/kernel/ids.js';
import { EventPage } from '../../support/event-page.js';
import type { SignedIn } from '../../support/http-client.js';
import { memberNamed } from '../desk/desk.js';
import { type Centre, openCentre } from './centre.js';

type Contact = {
  id: string;
  number: string;
  state: string;
  attempts: number;
  customer: { name: string } | null;
  campaign: { script: string };
};
type Order = {
  orderId: string;
  account: object;
  ring: object;
  onAnswer: { dial: string };
  expiresAt: string;
};

/** Monday noon in Seoul and Tokyo, Sunday evening in America. */
const MONDAY_NOON_KR = new Date('2026-03-02T03:00:00Z');
const ALL_DAY = { fromTime: '00:00', toTime: '23:59', days: [1, 2, 3, 4, 5, 6, 7] };

describe('campaigns', () => {
  let centre: Centre;
  let agentAccount: string;
  beforeAll(async () => {
    centre = await openCentre();
    const [agent] = await centre.db.rows<{ id: string }>(
      `SELECT id FROM user_account WHERE company_id = $1 AND roles = '{agent}'`,
      [centre.hanbit],
    );
    agentAccount = agent?.id ?? '';
    await centre.db.run(
      `INSERT INTO queue_agent (id, company_id, account_id, member_id, number, name, country, languages, device)
       VALUES ($1, $2, $3, $4, '201', 'Mina', 'KR', '{"ko": 100, "ja": 60, "en": 0}', 'lab-hanbit-kr')`,
      [newId(), centre.hanbit, agentAccount, memberNamed('Hanbit Seoul')],
    );
  });
  beforeEach(() =>
    centre.pool.query('TRUNCATE campaign, customer, do_not_call, customer_segment, outbox CASCADE'),
  );
  afterAll(() => centre.close());

  const numbersOf = (...numbers: readonly [string, string][]) => ({
    numbers: numbers.map(([number, language]) => ({ number, language, name: `Name of ${number}` })),
  });
  async function campaign(
    contacts: object,
    more: object = {},
    who: SignedIn = centre.supervisor,
  ): Promise<string> {
    const made = await centre.ask(
      'POST /v1/campaigns',
      { name: 'Spring', script: 'Say hello', ...ALL_DAY, ...more },
      who,
    );
    const { id } = made.body as { id: string };
    const added = await centre.ask(`POST /v1/campaigns/${id}/contacts`, contacts, who);
    if (added.status !== 201) throw new Error(added.text);
    await centre.ask(`POST /v1/campaigns/${id}/moves`, { move: 'start' }, who);
    return id;
  }
  const next = async (who: SignedIn = centre.agent) =>
    (
      (await centre.ask('POST /v1/campaign-contacts/next', undefined, who)).body as {
        contact: Contact | null;
      }
    ).contact;
  const say = (id: string, outcome: string, at?: string) =>
    centre.ask(
      `POST /v1/campaign-contacts/${id}/outcomes`,
      { outcome, ...(at === undefined ? {} : { at }) },
      centre.agent,
    );
  const caller = (languages: string[], accountId = agentAccount): Caller => ({
    accountId,
    owner: centre.hanbit,
    languages,
  });
  const claim = (now: Date, languages = ['ko', 'ja', 'en'], accountId = newId()) =>
    centre.db.inTx((tx) => claimNext(tx, caller(languages, accountId), now));
  const orders = async () =>
    (
      await centre.db.rows<{ payload: Order }>(
        `SELECT payload FROM outbox WHERE topic = 'call-order.wanted' ORDER BY id`,
      )
    ).map(({ payload }) => payload);
  const told = (orderId: string, more: object) =>
    centre.db.inTx((tx) =>
      new CampaignCalls(centre.pageEvents).noteCall(
        {
          orderId,
          purpose: 'campaign',
          memberId: null,
          state: 'ended',
          cause: 'no-answer',
          answeredAt: 1,
          connectedAt: null,
          digits: '',
          callId: newId(),
          ...more,
        },
        tx,
      ),
    );

  test('given_a_campaign_when_an_agent_dials_then_his_phone_is_rung_first_then_the_customer_and_the_company_pays', async () => {
    await campaign(numbersOf(['+821012345671', 'ko']));
    const contact = await next();
    expect(contact).toMatchObject({
      number: '+821012345671',
      state: 'taken',
      campaign: { script: 'Say hello' },
      customer: { name: 'Name of +821012345671', country: 'KR', language: 'ko' },
    });
    expect((await next())?.id).toBe(contact?.id);
    const dialled = await centre.ask(
      `POST /v1/campaign-contacts/${contact?.id}/calls`,
      undefined,
      centre.agent,
    );
    const [device] = await centre.db.rows<{ id: string }>(
      `SELECT id FROM device WHERE username = 'lab-hanbit-kr'`,
    );
    expect(await orders()).toEqual([
      expect.objectContaining({
        orderId: (dialled.body as { orderId: string }).orderId,
        account: { kind: 'member', memberId: centre.hanbit },
        ring: { kind: 'device', deviceId: device?.id },
        onAnswer: { do: 'connect', dial: '+821012345671' },
      }),
    ]);
    expect((await say(contact?.id ?? '', 'reached')).body).toMatchObject({ state: 'done' });
    expect(await next()).toBeNull();
  });

  test('given_contacts_in_several_languages_then_an_agent_gets_those_that_he_speaks_and_nobody_gets_one_twice', async () => {
    await campaign(numbersOf(['+12125550101', 'en'], ['+819012345671', 'ja'], ['+821012345672', 'ko']));
    const taken = await Promise.all(Array.from({ length: 6 }, () => claim(new Date(), ['ko', 'ja'])));
    const numbers = taken.flatMap((one) => one?.number ?? []);
    expect(numbers.toSorted()).toEqual(['+819012345671', '+821012345672']);
  });

  test('given_the_hours_of_a_campaign_then_people_are_called_by_the_clock_where_they_are_and_never_where_it_may_be_night', async () => {
    const hours = { fromTime: '09:00', toTime: '18:00', days: [1, 2, 3, 4, 5] };
    await campaign(numbersOf(['+821012345673', 'ko'], ['+12125550102', 'en']), hours);
    await centre.db.run(`UPDATE campaign_contact SET next_at = '2026-01-01'`);
    expect((await claim(MONDAY_NOON_KR))?.number).toBe('+821012345673');
    expect(await claim(MONDAY_NOON_KR)).toBeUndefined();
    // 14:00 in New York: 9 in Honolulu, 8 in Adak, and nobody knows where in the country he is.
    expect(await claim(new Date('2026-03-02T18:30:00Z'))).toBeUndefined();
    expect((await claim(new Date('2026-03-02T20:30:00Z')))?.number).toBe('+12125550102');
    await centre.db.run(
      `UPDATE campaign_contact SET state = 'waiting', taken_by = NULL, taken_until = NULL, zones = '{America/New_York}'`,
    );
    expect(await claim(new Date('2026-03-02T15:00:00Z'))).toBeDefined();
    expect(await claim(new Date('2026-03-07T15:00:00Z'))).toBeUndefined();
  });

  test('given_do_not_call_lists_then_neither_the_companys_nor_the_houses_are_called_not_even_when_listed_meanwhile', async () => {
    const put = (number: string, who?: SignedIn) =>
      centre.ask(`PUT /v1/do-not-call/${encodeURIComponent(number)}`, { reason: 'asked' }, who);
    await put('+821000000001', centre.supervisor);
    await put('+821000000002', centre.operator);
    await put('+821000000003', centre.stranger);
    const id = (await centre.ask('POST /v1/campaigns', { name: 'x', ...ALL_DAY }, centre.supervisor))
      .body as { id: string };
    const numbers = numbersOf(
      ['+821000000001', 'ko'],
      ['+821000000002', 'ko'],
      ['+821000000003', 'ko'],
      ['+821000000004', 'ko'],
    );
    const added = await centre.ask(`POST /v1/campaigns/${id.id}/contacts`, numbers, centre.supervisor);
    expect(added.body).toEqual({ added: 2, already: 0, doNotCall: 2, withoutNumber: 0, withoutCountry: 0 });
    const again = await centre.ask(`POST /v1/campaigns/${id.id}/contacts`, numbers, centre.supervisor);
    expect(again.body).toMatchObject({ added: 0, already: 2 });
    await centre.ask(`POST /v1/campaigns/${id.id}/moves`, { move: 'start' }, centre.supervisor);
    const contact = await next();
    await put(contact?.number ?? '', centre.operator);
    expect(
      await centre.status(`POST /v1/campaign-contacts/${contact?.id}/calls`, undefined, centre.agent),
    ).toBe(409);
    expect((await say(contact?.id ?? '', 'do-not-call')).body).toMatchObject({ state: 'dropped' });
    const other = await next();
    expect(other?.number).not.toBe(contact?.number);
    expect(await orders()).toEqual([]);
  });

  test('given_nobody_answers_then_he_is_tried_again_later_until_it_was_often_enough_and_a_call_that_missed_the_agent_does_not_count', async () => {
    const id = await campaign(numbersOf(['+821012345674', 'ko']), { maxAttempts: 2, retryMinutes: 30 });
    const stateOf = async () =>
      (
        await centre.db.rows(
          'SELECT state, attempts, outcome, next_at > now() AS later FROM campaign_contact WHERE campaign_id = $1',
          [id],
        )
      )[0];
    const dial = async () => {
      const contact = await claim(new Date(Date.now() + 86_400_000), ['ko'], agentAccount);
      await centre.db.run(
        'UPDATE campaign_contact SET taken_until = now() + make_interval(hours => 1) WHERE id = $1',
        [contact?.id],
      );
      const { body } = await centre.ask(
        `POST /v1/campaign-contacts/${contact?.id}/calls`,
        undefined,
        centre.agent,
      );
      return (body as { orderId: string }).orderId;
    };
    const page = await EventPage.open(centre.url, 'campaign-desk', centre.agent.cookie);
    const missed = await dial();
    await told(missed, { answeredAt: null });
    expect(await stateOf()).toMatchObject({ state: 'taken', attempts: 0 });
    expect((await page.told('campaign-call.ended')).told?.data).toMatchObject({
      cause: 'no-answer',
      connected: false,
    });
    await page.leave();
    const first = await dial();
    await told(first, {});
    await told(first, {});
    expect(await stateOf()).toEqual({ state: 'waiting', attempts: 1, outcome: 'not-reached', later: true });
    expect(await next()).toBeNull();
    await told(await dial(), {});
    expect(await stateOf()).toMatchObject({ state: 'done', attempts: 2, outcome: 'not-reached' });
    const { body } = await centre.ask(`GET /v1/campaigns/${id}`, undefined, centre.supervisor);
    expect((body as { progress: object[] }).progress).toEqual([
      { state: 'done', outcome: 'not-reached', contacts: 1 },
    ]);
  });

  test('given_he_wants_to_be_called_back_then_at_that_time_and_not_before', async () => {
    await campaign(numbersOf(['+821012345675', 'ko']));
    const contact = await next();
    expect((await say(contact?.id ?? '', 'call-back')).status).toBe(409);
    const at = new Date(Date.now() + 3_600_000);
    expect((await say(contact?.id ?? '', 'call-back', at.toISOString())).body).toMatchObject({
      state: 'waiting',
    });
    expect(await claim(new Date(at.getTime() - 1))).toBeUndefined();
    expect((await claim(at))?.number).toBe('+821012345675');
    expect((await say(contact?.id ?? '', 'reached')).status).toBe(404);
  });

  test('given_an_agent_leaves_a_contact_alone_then_it_goes_to_another_and_is_not_his_any_more', async () => {
    await campaign(numbersOf(['+821012345676', 'ko']));
    const contact = await next();
    expect(await claim(new Date(Date.now() + 14 * 60_000))).toBeUndefined();
    expect((await claim(new Date(Date.now() + 16 * 60_000)))?.id).toBe(contact?.id);
    expect((await say(contact?.id ?? '', 'reached')).status).toBe(404);
  });

  test('given_a_segment_then_who_fits_now_is_counted_listed_and_added', async () => {
    const queue = await centre.queue(centre.hanbit);
    const card = async (
      number: string,
      country: string,
      language: string,
      calls: number,
      days: number,
      score: number,
    ) => {
      const { id } = (
        await centre.ask(`PUT /v1/customers/by-number/${encodeURIComponent(number)}`, undefined, centre.agent)
      ).body as { id: string };
      await centre.db.run(
        'UPDATE customer SET country = $2, language = $3, calls = $4, last_call_at = now() - make_interval(days => $5) WHERE id = $1',
        [id, country, language, calls, days],
      );
      await centre.ended(queue, { number, score });
    };
    await card('+821010000001', 'KR', 'ko', 5, 10, 2);
    await card('+821010000002', 'KR', 'ko-KR', 5, 100, 5);
    await card('+819010000003', 'JP', 'ja', 5, 10, 1);
    await card('+821010000004', 'KR', 'ko', 1, 10, 2);
    const found = async (name: string, filter: object) => {
      const made = await centre.ask('POST /v1/segments', { name, filter }, centre.supervisor);
      const { id } = made.body as { id: string };
      const { body } = await centre.ask(`GET /v1/segments/${id}/customers`, undefined, centre.supervisor);
      const count = await centre.ask(`GET /v1/segments/${id}/count`, undefined, centre.supervisor);
      const numbers = (body as { items: { number: string }[] }).items.map(({ number }) => number.slice(-1));
      expect(count.body).toEqual({ customers: numbers.length });
      return { id, found: numbers.toSorted().join('') };
    };
    expect((await found('a', { countries: ['KR'], languages: ['ko'], minCalls: 2 })).found).toBe('12');
    expect((await found('b', { calledWithinDays: 30 })).found).toBe('134');
    expect((await found('c', { quietForDays: 30 })).found).toBe('2');
    const unhappy = await found('d', { mostScore: 2, countries: ['KR'], minCalls: 2 });
    expect(unhappy.found).toBe('1');
    expect(await centre.status('POST /v1/segments', { name: 'a', filter: {} }, centre.supervisor)).toBe(409);
    const id = await campaign({ segmentId: unhappy.id });
    const { body } = await centre.ask(`GET /v1/campaigns/${id}/contacts`, undefined, centre.supervisor);
    expect((body as { items: { number: string }[] }).items).toMatchObject([
      { number: '+821010000001', language: 'ko' },
    ]);
  });

  test('given_another_company_when_it_asks_for_a_campaign_segment_or_contact_then_nothing_is_there', async () => {
    const id = await campaign(numbersOf(['+821012345677', 'ko']));
    const segment = (await centre.ask('POST /v1/segments', { name: 's', filter: {} }, centre.supervisor))
      .body as { id: string };
    const contact = await next();
    const routes: [string, unknown?][] = [
      [`GET /v1/campaigns/${id}`],
      [`GET /v1/campaigns/${id}/contacts`],
      [`POST /v1/campaigns/${id}/moves`, { move: 'end' }],
      [`POST /v1/campaigns/${id}/contacts`, { segmentId: segment.id }],
      [`GET /v1/segments/${segment.id}/customers`],
      [`GET /v1/segments/${segment.id}/count`],
      [`DELETE /v1/segments/${segment.id}`],
      [`POST /v1/campaign-contacts/${contact?.id}/calls`],
      [`POST /v1/campaign-contacts/${contact?.id}/outcomes`, { outcome: 'reached' }],
      [`DELETE /v1/campaign-contacts/${contact?.id}/claim`],
    ];
    for (const [route, body] of routes)
      expect([route, await centre.status(route, body, centre.stranger)]).toEqual([route, 404]);
    const own = await campaign({ numbers: [{ number: '+12125550103' }] }, {}, centre.stranger);
    expect(
      await centre.status(`POST /v1/campaigns/${own}/contacts`, { segmentId: segment.id }, centre.stranger),
    ).toBe(404);
    expect(await next(centre.houseAgent)).toBeUndefined();
    expect(await centre.status(`POST /v1/campaigns/${id}/moves`, { move: 'pause' }, centre.supervisor)).toBe(
      201,
    );
    expect(await centre.status(`POST /v1/campaigns/${id}/moves`, { move: 'pause' }, centre.supervisor)).toBe(
      409,
    );
    expect(
      await centre.status(`POST /v1/campaign-contacts/${contact?.id}/calls`, undefined, centre.agent),
    ).toBe(409);
  });
});
