import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { memberNamed } from '../desk/desk.js';
import { type Centre, openCentre } from './centre.js';

describe('mails to customers', () => {
  let centre: Centre;
  beforeAll(async () => {
    centre = await openCentre();
  });
  afterAll(() => centre.close());

  async function customer(number: string, facts: object): Promise<string> {
    const { body } = await centre.ask(
      `PUT /v1/customers/by-number/${encodeURIComponent(number)}`,
      undefined,
      centre.agent,
    );
    const { id } = body as { id: string };
    await centre.ask(`PATCH /v1/customers/${id}`, facts, centre.agent);
    return id;
  }
  const write = (id: string, wish: object, kind = 'mails') =>
    centre.ask(`POST /v1/customers/${id}/${kind}`, wish, centre.agent);

  test('given_a_customer_speaks_korean_when_an_agent_writes_then_one_korean_mail_leaves_with_his_name', async () => {
    const id = await customer('+821099998888', {
      name: '김하나',
      language: 'ko-KR',
      email: 'hana@example.com',
    });
    const wish = { template: 'follow-up', text: 'Bitte {{name}}' };
    expect((await write(id, wish, 'mail-previews')).body).toMatchObject({ language: 'ko' });
    const sent = await write(id, wish);
    expect(sent).toMatchObject({ status: 201, body: { address: 'hana@example.com', language: 'ko' } });
    const mail = await centre.outgoing.take();
    expect(mail).toMatchObject({ to: 'hana@example.com', subject: 'Hanbit 상담 안내' });
    expect(mail?.text).toContain('김하나 님');
    expect(mail?.text).toContain('Bitte {{name}}');
    expect(await centre.outgoing.take()).toBeUndefined();
    const kept = await centre.ask(`GET /v1/customers/${id}/mails`, undefined, centre.agent);
    expect((kept.body as { items: unknown[] }).items).toMatchObject([
      { template: 'follow-up', subject: 'Hanbit 상담 안내' },
    ]);
  });

  test('given_no_address_or_no_name_or_no_template_then_nothing_leaves_and_it_says_what_is_missing', async () => {
    const nameless = await customer('+821099997777', { email: 'x@example.com' });
    const unreachable = await customer('+821099996666', { name: 'X' });
    const answers = [
      await write(nameless, { template: 'follow-up', text: 'x' }),
      await write(unreachable, { template: 'follow-up', text: 'x' }),
      await write(nameless, { template: 'nothing' }),
    ];
    expect(answers.map(({ status, body }) => [status, (body as { detail: string }).detail])).toEqual([
      [422, 'Nothing is known for {{name}}.'],
      [422, 'No e-mail address of this customer is known.'],
      [404, 'There is no template nothing.'],
    ]);
    expect(await centre.outgoing.take()).toBeUndefined();
  });

  test('given_a_company_has_its_own_text_then_it_is_used_by_that_company_alone', async () => {
    const own = { subject: 'Hanbit says: {{case}}', body: '{{name}}, {{due}}' };
    expect(await centre.status('PUT /v1/mail-templates/case-opened/en', own, centre.agent)).toBe(403);
    expect(await centre.status('PUT /v1/mail-templates/case-opened/en', own, centre.supervisor)).toBe(200);
    const wrong = await centre.ask(
      'PUT /v1/mail-templates/x/en',
      { subject: '{{password}}', body: 'x' },
      centre.supervisor,
    );
    expect(wrong).toMatchObject({
      status: 400,
      body: {
        errors: [{ pointer: '/subject', detail: expect.stringContaining('{{password}} is no variable') }],
      },
    });
    const textsOf = async (who = centre.supervisor) =>
      (
        (await centre.ask('GET /v1/mail-templates', undefined, who)).body as {
          items: { code: string; subject: string; language: string }[];
        }
      ).items
        .filter(({ code }) => code === 'case-opened')
        .map(({ language }) => language);
    expect([await textsOf(), await textsOf(centre.stranger)]).toEqual([['en'], ['en', 'ja', 'ko']]);
    const id = await customer('+821099995555', { name: 'Ann', language: 'ko', email: 'ann@example.com' });
    const opened = await centre.ask(
      'POST /v1/cases',
      { customerId: id, subject: 'Line is dead', dueOn: '2026-12-24' },
      centre.agent,
    );
    const { id: caseId } = opened.body as { id: string };
    expect(await write(id, { template: 'case-opened', caseId })).toMatchObject({
      status: 201,
      body: { subject: 'Hanbit says: Line is dead', body: 'Ann, 2026-12-24', language: 'en' },
    });
    const { body } = await centre.ask(`GET /v1/cases/${caseId}`, undefined, centre.agent);
    expect((body as { history: { what: string }[] }).history.map(({ what }) => what)).toEqual([
      'opened',
      'mailed',
    ]);
    const foreign = await customer('+821099994444', { name: 'Bo', email: 'bo@example.com' });
    expect((await write(foreign, { template: 'case-opened', caseId })).status).toBe(422);
  });

  test('given_a_member_has_proved_an_address_then_the_house_writes_to_it_and_a_company_does_not', async () => {
    const call = { number: '+12128675300', memberId: memberNamed('Grace Hall') };
    const pop = async (queueId: string, who = centre.agent) => {
      const { id } = await centre.ended(queueId, call);
      const { body } = await centre.ask(`PUT /v1/queue-calls/${id}/customer`, undefined, who);
      return (body as { customer: { id: string } }).customer.id;
    };
    const house = await pop(await centre.queue(null), centre.houseAgent);
    const preview = (id: string, who = centre.agent) =>
      centre.ask(`POST /v1/customers/${id}/mail-previews`, { template: 'follow-up', text: 'x' }, who);
    expect(await preview(house, centre.houseAgent)).toMatchObject({
      status: 201,
      body: { address: 'grace@hall.example' },
    });
    expect((await preview(await pop(await centre.queue(centre.hanbit)))).status).toBe(422);
  });
});
