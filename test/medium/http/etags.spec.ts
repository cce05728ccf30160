import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ask } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

describe('entity tags', () => {
  let desk: Desk;
  let path: string;
  beforeAll(async () => {
    desk = await openDesk();
    path = `/v1/members/${memberNamed('Hanbit')}/call-settings`;
  });
  afterAll(() => desk.close());

  const read = (more: Readonly<Record<string, string>> = {}) =>
    ask(desk.url, `GET ${path}`, { headers: { ...desk.operator.cookie, ...more } });
  const change = (ringSeconds: number, tag?: string) =>
    ask(desk.url, `PATCH ${path}`, {
      headers: { ...desk.operator.page, ...(tag === undefined ? {} : { 'if-match': tag }) },
      body: { ringSeconds },
    });
  const tagOf = async () => (await read()).headers.get('etag') ?? '';
  const seconds = async () => ((await read()).body as { ringSeconds: number }).ringSeconds;

  test('given_what_was_read_when_it_is_asked_for_again_then_304_until_it_changes', async () => {
    const tag = await tagOf();
    // Node's fetch asks for something fresh unless told otherwise.
    const known = { 'if-none-match': tag, 'cache-control': 'max-age=0' };
    expect(tag).toMatch(/^"/);
    expect(await read(known)).toMatchObject({ status: 304, text: '' });
    await change(21);
    expect((await read(known)).status).toBe(200);
  });

  test('given_two_people_who_read_the_same_when_both_change_it_then_the_second_hears_of_the_first', async () => {
    const tag = await tagOf();
    expect((await change(22, tag)).status).toBe(200);
    expect(await change(23, tag)).toMatchObject({
      status: 412,
      body: { code: 'precondition.failed', hint: expect.stringContaining('read it again') },
    });
    expect(await seconds()).toBe(22);
    expect((await change(23, await tagOf())).status).toBe(200);
    expect((await change(24)).status).toBe(200);
  });

  test('given_many_who_change_it_at_the_same_moment_with_the_tag_they_read_then_exactly_one_does', async () => {
    const tag = await tagOf();
    const statuses = (await Promise.all([31, 32, 33, 34].map((wanted) => change(wanted, tag)))).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted()).toEqual([200, 412, 412, 412]);
    expect(await seconds()).toBe([31, 32, 33, 34][statuses.indexOf(200)]);
  });

  test('given_a_change_in_a_transaction_when_its_tag_holds_then_it_is_done_and_the_answers_tag_is_the_next', async () => {
    const rules = await desk.ask('GET /v1/shop/rules');
    const put = (tag: string) =>
      ask(desk.url, 'PUT /v1/shop/rules', {
        headers: { ...desk.operator.page, 'if-match': tag },
        body: rules.body,
      });
    const done = await put(rules.headers.get('etag') ?? '');
    expect(done.status).toBe(200);
    expect(done.headers.get('etag')).toBe((await desk.ask('GET /v1/shop/rules')).headers.get('etag'));
    expect((await put(done.headers.get('etag') ?? '')).status).toBe(200);
    expect((await put('"another"')).status).toBe(412);
  });

  test('given_a_tag_of_nothing_when_something_is_changed_then_it_is_not_done', async () => {
    expect((await change(40, 'W/"weak"')).status).toBe(412);
    expect(
      (
        await ask(desk.url, 'DELETE /v1/trunks/nobody-here', {
          headers: { ...desk.operator.page, 'if-match': '"x"' },
        })
      ).status,
    ).toBe(412);
    expect(await seconds()).not.toBe(40);
  });
});
