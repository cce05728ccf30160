import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { api } from '../../src/api/api.js';
import { type Operation, openApiOf } from '../../src/infra/http/openapi/document.js';
import { querySchemaOf } from '../../src/infra/http/openapi/route-input.js';
import { type Route, routesOf } from '../../src/infra/http/routes.js';

const home = join(import.meta.dirname, '../../src');
const controllers = await Promise.all(
  globSync('**/*.controller.ts', { cwd: home }).map((file) => import(join(home, file))),
);
const routes: readonly Route[] = controllers
  .flatMap((file: object) => Object.values(file))
  .flatMap((one) => (typeof one === 'function' ? routesOf(one) : []));
const document = openApiOf(routes, api);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method,
    operation,
  })),
);
const doneOf = ({ responses }: Operation) =>
  Object.entries(responses).find(([status]) => status.startsWith('2'));
const takes = ({ parameters }: Operation, parameter: string) =>
  parameters.some(({ name }) => name === parameter);

/** Lists that are answered whole: each ends by what it is a list of. */
const whole: Readonly<Record<string, string>> = {
  'GET /v1/cards/{id}/keys': 'a card has at most five security keys',
  'GET /v1/desk/colleagues': 'the agents of a centre who are on duty, whom a menu shows at once',
  'GET /v1/dispositions': "a centre's words for how calls end: a menu",
  'GET /v1/guarded-ranges':
    'the ranges of telephone numbers with a rule of their own: written by us, some dozens',
  'GET /v1/job-queues': 'one for each kind of job in the code',
  'GET /v1/mail-templates': "a centre's texts, one for each of its languages and occasions: a menu",
  'GET /v1/mailboxes/{memberId}/messages': 'a mailbox is full at a hundred messages',
  'GET /v1/numbers/{key}/branches': 'at most one branch for each country',
  'GET /v1/orders/{id}/history': 'an order moves through its states, each at most a few times',
  'GET /v1/pause-reasons': "a centre's words for pauses: a menu",
  'GET /v1/payer-defaults': 'one for each currency',
  'GET /v1/provisioning/vendors': 'the vendors that the code knows',
  'GET /v1/recording-rules': 'one for each country',
  'GET /v1/retention-rules': 'one for each kind and country',
  'GET /v1/sellers': 'our own companies',
  'GET /v1/tax-rates': 'one for each country and year',
  'GET /v1/tax-rules': 'one for each country',
  'GET /v1/trunk-health': 'the trunks as they are now, which a map shows at once',
};

/** POSTs without a key: who asks has not signed in, so that no account could own the key, or nothing is made that a repetition doubles. */
const withoutKey: Readonly<Record<string, string>> = {
  'POST /v1/invitations/acceptance': 'open; its code is good once',
  'POST /v1/invitations/preview': 'makes nothing',
  'POST /v1/me/erasure': 'the account is gone after the first',
  'POST /v1/me/exports': 'makes nothing: answers what is kept',
  'POST /v1/password-resets': 'open; a second mail within a minute is refused',
  'POST /v1/password-resets/{id}/confirmation': 'open; its code is good once',
  'POST /v1/payment-events/{port}': "open; the provider's event has an id of its own, kept once",
  'POST /v1/resolve/{number}/calls': 'open; the work that was done for it is good once',
  'POST /v1/resolve/{number}/mails': 'open; the work that was done for it is good once',
  'POST /v1/sessions': 'open; a session more is harmless',
  'POST /v1/sign-ups': 'open; one waits for each address',
  'POST /v1/sign-ups/{id}/code': 'open; a second mail within a minute is refused',
  'POST /v1/sign-ups/{id}/confirmation': 'open; its code is good once',
  'POST /v1/terminal/sessions': 'open; a session more is harmless',
};

describe('every operation of the API', () => {
  test('given_a_list_then_it_is_paged_by_a_cursor_or_says_why_it_ends', () => {
    const lists = operations.filter(({ method, operation }) => {
      const schema = doneOf(operation)?.[1].content?.['application/json']?.schema;
      return method === 'get' && (schema?.type === 'array' || schema?.properties?.['items'] !== undefined);
    });
    const paged = lists.filter(
      ({ operation }) =>
        takes(operation, 'cursor') &&
        takes(operation, 'limit') &&
        doneOf(operation)?.[1].content?.['application/json']?.schema.properties?.['nextCursor'] !== undefined,
    );
    expect(paged.length).toBeGreaterThan(75);
    expect(
      lists
        .filter((one) => !paged.includes(one))
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(Object.keys(whole));
  });

  test('given_a_paged_list_then_it_comes_as_csv_and_json_lines_too', () => {
    // Conflicts of the plan are told as texts beside their sum: no table.
    const lists = operations.filter(
      ({ name, operation }) => takes(operation, 'cursor') && name !== 'GET /v1/plan/conflicts',
    );
    expect(lists.length).toBeGreaterThan(75);
    const files = lists.filter(({ operation }) => {
      const content = doneOf(operation)?.[1].content ?? {};
      return 'text/csv' in content && 'application/x-ndjson' in content;
    });
    expect(files.map(({ name }) => name)).toEqual(lists.map(({ name }) => name));
  });

  test('given_a_post_then_it_takes_an_idempotency_key_or_says_why_not', () => {
    const posts = operations.filter(({ method }) => method === 'post');
    expect(posts.length).toBeGreaterThan(100);
    const without = posts.filter(({ operation }) => !takes(operation, 'Idempotency-Key'));
    expect(without.map(({ name }) => name).toSorted()).toEqual(Object.keys(withoutKey));
  });

  test('given_what_it_takes_and_answers_then_each_form_has_an_example', () => {
    const without = operations.flatMap(({ name, operation }) => [
      ...Object.entries(operation.requestBody?.content ?? {}).flatMap(([type, { example }]) =>
        example === undefined ? [`${name} takes ${type}`] : [],
      ),
      ...Object.entries(doneOf(operation)?.[1].content ?? {}).flatMap(([type, { example }]) =>
        example === undefined ? [`${name} answers ${type}`] : [],
      ),
      ...operation.parameters.flatMap((one) =>
        one.in !== 'header' && one.example === undefined ? [`${name} ${one.in} ${one.name}`] : [],
      ),
      ...(doneOf(operation) === undefined ? [`${name} answers nothing`] : []),
    ]);
    expect(without).toEqual([]);
  });

  test('given_a_query_then_each_parameter_shows_what_the_route_takes', () => {
    const refused = routes.flatMap((route) => {
      const schema = querySchemaOf(route);
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      const shown =
        document.paths[path]?.[route.method.toLowerCase()]?.parameters.filter((one) => one.in === 'query') ??
        [];
      const needed = shown.filter(({ required }) => required);
      const cases = [needed, ...shown.map((one) => [...needed, one])];
      return cases.flatMap((parameters) => {
        const query = Object.fromEntries(parameters.map(({ name, example }) => [name, String(example)]));
        const parsed = schema?.safeParse(query);
        // A cursor is opaque: nobody makes one up. A filter may need another one beside it.
        return parsed === undefined || parsed.success || parameters.at(-1)?.name === 'cursor'
          ? []
          : [`${route.method} ${path}?${new URLSearchParams(query)}: ${parsed.error.issues[0]?.message}`];
      });
    });
    expect(refused).toEqual([]);
  });

  test('given_a_no_then_it_is_a_problem_whose_code_has_a_hint', () => {
    const problem = { $ref: '#/components/responses/Problem' };
    const others = operations.filter(({ operation }) =>
      Object.entries(operation.responses).some(
        ([status, response]) =>
          !status.startsWith('2') && JSON.stringify(response) !== JSON.stringify(problem),
      ),
    );
    expect(others.map(({ name }) => name)).toEqual([]);
    expect(operations.filter(({ operation }) => operation.responses['default'] === undefined)).toEqual([]);
    const failures = globSync('**/*.ts', { cwd: home })
      .filter((file) => !file.endsWith('.spec.ts'))
      .flatMap(failuresIn);
    expect(failures.length).toBeGreaterThan(330);
    expect(failures.filter(({ hint }) => !hint).map(({ place }) => place)).toEqual([]);
  });
});

/** Every `failure(code, message, { hint })` of a file. */
function failuresIn(file: string): readonly { readonly place: string; readonly hint: boolean }[] {
  const text = readFileSync(join(home, file), 'utf8');
  if (!text.includes('failure(')) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: { place: string; hint: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'failure') {
      const [code, , more] = node.arguments;
      found.push({
        place: `${file} ${code?.getText(source)}`,
        hint: /\bhint\b/.test(more?.getText(source) ?? ''),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
