import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

Object.defineProperty(globalThis, 'location', { value: new URL('https://anydial.example/') });
const { ask, askWithText, rememberCsrfToken, tagOf, whenCodeNeeded, whenSignedOut } = await import(
  './http.js'
);

describe('the generated client, as the pages use it', () => {
  const realFetch = globalThis.fetch;
  let asked: Request[] = [];
  let answer: () => Response = () => Response.json({ items: [], nextCursor: null });
  beforeEach(() => {
    asked = [];
    globalThis.fetch = async (input) => {
      asked.push(input as Request);
      return answer();
    };
  });
  afterEach(() => {
    globalThis.fetch = realFetch;
    rememberCsrfToken(null);
  });

  test('given_a_route_a_body_a_query_or_an_answer_that_the_api_has_not_when_compiled_then_tsc_complains', () => {
    // A `@ts-expect-error` with nothing wrong below it is itself an error: `npm run typecheck` runs this test.
    const untyped = (id: string, path: string) => [
      // @ts-expect-error no such route
      ask('GET /v1/nothing'),
      // @ts-expect-error no such route, put together
      ask(`GET /v1/members/${id}/nothing`),
      // @ts-expect-error a path of which nothing is known
      ask(`GET /${path}`),
      // @ts-expect-error the type is the API's, not the caller's claim
      ask<{ readonly invented: string }>(`GET /v1/members/${id}`),
      // @ts-expect-error no such field in the body
      ask(`PATCH /v1/trunks/${id}`, { body: { invented: true } }),
      // @ts-expect-error no such query
      ask('GET /v1/members', { query: { invented: true } }),
      // @ts-expect-error an answer has the fields that are described
      ask(`GET /v1/members/${id}`).then(({ invented }) => invented),
      // @ts-expect-error no such file
      askWithText(`POST /v1/members/${id}`, { text: '', type: 'text/csv' }),
    ];
    expect(untyped).toHaveLength(2);
  });

  test('given_a_path_and_a_query_when_asked_then_both_are_encoded_and_what_is_undefined_is_left_out', async () => {
    await ask('GET /v1/members/{memberId}/devices', {
      path: { memberId: 'a/b' },
      query: { limit: 5, cursor: undefined },
    });
    expect(asked[0]?.url).toBe('https://anydial.example/v1/members/a%2Fb/devices?limit=5');
  });

  test('given_a_change_when_asked_then_the_token_the_key_and_the_body_go_along', async () => {
    rememberCsrfToken('csrf');
    await ask('POST /v1/orders/{id}/cancellation', {
      path: { id: '7' },
      key: 'once-0001',
      body: { reason: 'late' },
    });
    const [request] = asked;
    expect(request?.headers.get('x-csrf-token')).toBe('csrf');
    expect(request?.headers.get('idempotency-key')).toBe('once-0001');
    expect(await request?.json()).toEqual({ reason: 'late' });
  });

  test('given_a_file_when_it_is_sent_then_it_goes_as_it_is', async () => {
    await askWithText('POST /v1/routes/import', { text: 'prefix,trunk\n', type: 'text/csv' });
    expect(asked[0]?.headers.get('content-type')).toBe('text/csv');
    expect(await asked[0]?.text()).toBe('prefix,trunk\n');
  });

  test('given_something_that_was_read_when_it_is_changed_then_its_tag_goes_along_and_that_of_the_answer_is_known', async () => {
    answer = () => Response.json({ steps: [] }, { headers: { etag: '"one"' } });
    const read = await ask('GET /v1/members/{memberId}/find-me', { path: { memberId: '7' } });
    answer = () => Response.json({ steps: [] }, { headers: { etag: '"two"' } });
    const path = '/v1/members/7/find-me' as `/v1/members/${string}/find-me`;
    const after = await ask(`PUT ${path}`, { body: { steps: [] }, ifMatch: tagOf(read) });
    expect([asked[1]?.headers.get('if-match'), tagOf(after)]).toEqual(['"one"', '"two"']);
  });

  test('given_a_no_when_asked_then_the_problem_is_thrown_and_an_ended_session_is_told', async () => {
    let told = 0;
    whenSignedOut(() => told++);
    answer = () =>
      Response.json(
        { code: 'request.unauthenticated', detail: 'Sign in first.', status: 401 },
        { status: 401 },
      );
    await expect(ask('GET /v1/me')).rejects.toMatchObject({ code: 'request.unauthenticated', status: 401 });
    expect(told).toBe(1);
    whenSignedOut(() => undefined);
  });

  test('given_a_fresh_code_is_needed_before_anybody_asks_for_one_when_it_is_shown_then_the_wish_is_done', async () => {
    const no = { code: 'step-up.forbidden', detail: 'This needs a fresh code.', status: 403 };
    answer = () => Response.json(no, { status: 403 });
    const wish = ask('GET /v1/me');
    // The answer is read, and the wish waits.
    while (asked[0] === undefined) await new Promise((turned) => setImmediate(turned));
    answer = () => Response.json({ email: 'a@example.com' });
    whenCodeNeeded((settle) => settle(true));
    await expect(wish).resolves.toMatchObject({ email: 'a@example.com' });
    answer = () => Response.json(no, { status: 403 });
    whenCodeNeeded((settle) => settle(false));
    await expect(ask('GET /v1/me')).rejects.toMatchObject({ code: 'step-up.forbidden' });
  });

  test('given_no_network_when_asked_then_that_is_a_problem_too', async () => {
    answer = () => {
      throw new TypeError('fetch failed');
    };
    await expect(ask('GET /v1/me')).rejects.toMatchObject({ code: 'network.unavailable' });
  });
});
