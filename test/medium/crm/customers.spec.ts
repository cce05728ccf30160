import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { memberNamed } from '../desk/desk.js';
import { type Centre, openCentre } from './centre.js';

interface View {
  readonly id: string;
  readonly name: string | null;
  readonly language: string | null;
  readonly country: string | null;
  readonly member: { readonly name: string } | null;
  readonly numbers: readonly { number: string; shown: string }[];
  readonly calls: readonly {
    id: string;
    outcome: string;
    score: number | null;
    disposition: string | null;
  }[];
  readonly notes: readonly { text: string }[];
  readonly cases: readonly { id: string; subject: string; status: string }[];
  readonly satisfaction: { count: number; average: number | null };
  readonly money: { credit: string; currency: string } | null;
}

describe('customers of a centre', () => {
  let centre: Centre;
  let queueId: string;
  beforeAll(async () => {
    centre = await openCentre();
    queueId = await centre.queue(centre.hanbit);
  });
  afterAll(() => centre.close());

  const popped = async (id: string, who = centre.agent) =>
    (
      (await centre.ask(`PUT /v1/queue-calls/${id}/customer`, undefined, who)).body as {
        customer: View | null;
      }
    ).customer;
  const viewOf = async (id: string, who = centre.agent) =>
    (await centre.ask(`GET /v1/customers/${id}`, undefined, who)).body as View;
  const newCustomer = async (number: string, who = centre.agent) =>
    (await centre.ask(`PUT /v1/customers/by-number/${encodeURIComponent(number)}`, undefined, who))
      .body as View;

  test('given_a_stranger_calls_twice_and_scores_when_he_calls_again_then_the_agent_sees_who_he_is_and_what_was', async () => {
    const number = '+819012345678';
    await centre.ended(queueId, { number, country: 'JP', language: 'ja', score: 3 });
    await centre.ended(queueId, { number, country: 'JP', language: 'ja', score: 5 });
    const { id } = await centre.ended(queueId, {
      number,
      country: 'JP',
      language: 'ja',
      outcome: 'abandoned',
    });
    const view = await popped(id);
    expect(view).toMatchObject({
      name: null,
      language: 'ja',
      country: 'JP',
      member: null,
      numbers: [{ number, shown: '+81 90 1234 5678' }],
      satisfaction: { count: 2, average: 4 },
      money: null,
    });
    expect(view?.calls.map(({ outcome, score }) => [outcome, score])).toEqual([
      ['abandoned', null],
      ['answered', 5],
      ['answered', 3],
    ]);
    expect((await popped(id))?.id).toBe(view?.id);
  });

  test('given_a_member_calls_a_company_then_his_name_is_seen_and_his_money_is_not_and_the_house_sees_both', async () => {
    const memberId = memberNamed('Kim Ara');
    const call = { number: '0262006100082', memberId };
    const company = await popped((await centre.ended(queueId, call)).id);
    expect(company).toMatchObject({ name: 'Kim Ara', member: { name: 'Kim Ara' }, money: null });
    expect(company?.numbers.map(({ shown }) => shown)).toEqual(['02-6200-6100-082']);
    const houseQueue = await centre.queue(null, 'House');
    const house = await popped((await centre.ended(houseQueue, call)).id, centre.houseAgent);
    expect(house).toMatchObject({
      name: 'Kim Ara',
      money: { currency: expect.any(String), credit: expect.any(String) },
    });
    expect(house?.id).not.toBe(company?.id);
  });

  test('given_a_caller_hides_his_number_or_sends_nonsense_then_there_is_no_card', async () => {
    expect(await popped((await centre.ended(queueId, { number: null })).id)).toBeNull();
    expect(await popped((await centre.ended(queueId, { number: "=cmd|' /C calc'!A0" })).id)).toBeNull();
  });

  test('given_a_telephone_of_a_member_is_used_by_another_member_then_each_has_his_own_card', async () => {
    const number = '+82262009999';
    const first = await popped(
      (await centre.ended(queueId, { number, memberId: memberNamed('Lee Bomin') })).id,
    );
    const second = await popped(
      (await centre.ended(queueId, { number, memberId: memberNamed('Grace Hall') })).id,
    );
    expect(first?.name).toBe('Lee Bomin');
    expect(second?.name).toBe('Grace Hall');
  });

  test('given_ten_agents_ask_at_once_then_one_card_is_made', async () => {
    const views = await Promise.all(Array.from({ length: 10 }, () => newCustomer('+12125550199')));
    expect(new Set(views.map(({ id }) => id)).size).toBe(1);
  });

  test('given_another_companys_person_when_he_asks_for_anything_of_it_then_nothing_is_there', async () => {
    const { id: visit, callId } = await centre.ended(queueId);
    const { id } = (await popped(visit)) as View;
    const opened = await centre.ask('POST /v1/cases', { customerId: id, subject: 'Mine' }, centre.agent);
    const { id: caseId } = opened.body as { id: string };
    const routes: [string, unknown?][] = [
      [`PUT /v1/queue-calls/${visit}/customer`],
      [`GET /v1/customers/${id}`],
      [`PATCH /v1/customers/${id}`, { name: 'x' }],
      [`GET /v1/customers/${id}/calls`],
      [`GET /v1/customers/${id}/notes`],
      [`POST /v1/customers/${id}/notes`, { text: 'x' }],
      [`GET /v1/customers/${id}/mails`],
      [`POST /v1/customers/${id}/mails`, { template: 'follow-up', text: 'x' }],
      [`POST /v1/customers/${id}/mail-previews`, { template: 'follow-up', text: 'x' }],
      [`PUT /v1/call-dispositions/${callId}`, { code: 'solved' }],
      ['POST /v1/cases', { customerId: id, subject: 'x' }],
      [`GET /v1/cases/${caseId}`],
      [`PATCH /v1/cases/${caseId}`, { version: 1, subject: 'x' }],
      [`POST /v1/cases/${caseId}/moves`, { move: 'close' }],
      [`POST /v1/cases/${caseId}/comments`, { comment: 'x' }],
    ];
    for (const who of [centre.stranger, centre.houseAgent])
      for (const [route, body] of routes)
        expect([route, await centre.status(route, body, who)]).toEqual([route, 404]);
    const lists = ['GET /v1/customers', 'GET /v1/cases', 'GET /v1/dispositions'];
    for (const route of lists)
      expect([route, JSON.stringify((await centre.ask(route, undefined, centre.stranger)).body)]).toEqual([
        route,
        expect.not.stringContaining(id),
      ]);
    const lost = await centre.account('company-admin');
    expect(await centre.status('GET /v1/customers', undefined, lost)).toBe(404);
    expect((await viewOf(id)).cases).toMatchObject([{ subject: 'Mine', status: 'open' }]);
  });

  test('given_notes_and_a_disposition_then_they_are_with_the_customer_and_the_last_word_counts', async () => {
    const { id: visit, callId } = await centre.ended(queueId, { number: '+82212345670' });
    const { id } = (await popped(visit)) as View;
    const label = { en: 'Solved', ko: '해결' };
    for (const code of ['solved', 'call-back'])
      expect(await centre.status(`PUT /v1/dispositions/${code}`, { label }, centre.supervisor)).toBe(200);
    expect(
      await centre.status('PUT /v1/dispositions/solved', { label: { ko: '해결' } }, centre.supervisor),
    ).toBe(400);
    expect(await centre.status('PUT /v1/dispositions/solved', { label }, centre.agent)).toBe(403);
    for (const code of ['solved', 'call-back'])
      expect(await centre.status(`PUT /v1/call-dispositions/${callId}`, { code }, centre.agent)).toBe(200);
    expect(
      await centre.status(`PUT /v1/call-dispositions/${callId}`, { code: 'nothing' }, centre.agent),
    ).toBe(422);
    const headers = { ...centre.agent.page, 'idempotency-key': newId() };
    for (let again = 0; again < 2; again++)
      await fetch(`${centre.url}/v1/customers/${id}/notes`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ text: '두 번째 전화\n다시 걸기로 함', callId }),
      });
    expect(await centre.status(`POST /v1/customers/${id}/notes`, { text: 'a\u0007b' }, centre.agent)).toBe(
      400,
    );
    const view = await viewOf(id);
    expect(view.notes.map(({ text }) => text)).toEqual(['두 번째 전화\n다시 걸기로 함']);
    expect(view.calls[0]).toMatchObject({ disposition: 'call-back' });
  });

  test('given_customers_when_searched_by_name_number_or_country_then_pages_hold_each_once', async () => {
    for (let n = 0; n < 5; n++) {
      const { id } = await newCustomer(`+4930123450${n}`);
      await centre.ask(
        `PATCH /v1/customers/${id}`,
        { name: `Müller_${n}`, country: 'DE', language: 'de' },
        centre.agent,
      );
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await centre.ask(
        `GET /v1/customers?country=DE&limit=2${cursor}`,
        undefined,
        centre.agent,
      );
      const page = body as { items: { name: string }[]; nextCursor: string | null };
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(seen.toSorted()).toEqual(['Müller_0', 'Müller_1', 'Müller_2', 'Müller_3', 'Müller_4']);
    const found = async (q: string) =>
      (
        (await centre.ask(`GET /v1/customers?q=${encodeURIComponent(q)}`, undefined, centre.agent)).body as {
          items: [];
        }
      ).items.length;
    expect([
      await found('müller'),
      await found('Müller_3'),
      await found('+49 30 1234503'),
      await found('%'),
    ]).toEqual([5, 1, 1, 0]);
  });
});
