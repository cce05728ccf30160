import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { limitsOf, limitsText } from '../../src/infra/http/access/limits.text.js';
import type { PolicyName } from '../../src/infra/http/policies.js';
import { ruleOf } from '../../src/infra/http/policy.js';
import { type Route, routesOf } from '../../src/infra/http/routes.js';

const PAGE = 'docs/limits.md';
const home = join(import.meta.dirname, '../../src');
const controllers = await Promise.all(
  globSync('**/*.controller.ts', { cwd: home }).map((file) => import(join(home, file))),
);
const routes: readonly Route[] = controllers
  .flatMap((file: object) => Object.values(file))
  .flatMap((one) => (typeof one === 'function' ? routesOf(one) : []));
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const isLimited = (route: Route) => limitsOf(route).length > 0;

/** Open routes at which there is nothing to guess, and which cost no more than a page. */
const harmless: Readonly<Record<string, string>> = {
  'GET /health/live': 'says that it lives',
  'GET /health/ready': 'says whether it is ready; its checks are shared by all who ask',
  'GET /v1/openapi.json': 'the same text for everybody',
  'GET /v1/resolve/:number/qr.svg': 'a picture of the address that was asked for: nothing is looked up',
  'GET /v1/shop/catalogue': 'the same for everybody',
  'GET /v1/shop/goods': 'the same for everybody',
  'GET /v1/shop/tariff': 'a page of prices, by an index',
  'POST /v1/payment-events/:port':
    'a forged event is refused by its signature before anything is read or written',
};

/** What costs money, a call, a mail or a stranger's patience each time. */
const costs: readonly PolicyName[] = ['calls.make', 'trunks.test', 'proofs.make', 'imports.make'];
const costly: readonly string[] = [
  'POST /v1/accounts/:id/top-ups',
  'POST /v1/accounts/:id/vouchers',
  'POST /v1/companies/:companyId/invitations',
  'POST /v1/customers/:id/mails',
  'POST /v1/orders',
  'POST /v1/orders/:id/payments',
  'POST /v1/me/email-changes',
  'POST /v1/webhooks/:id/deliveries/:deliveryId/attempts',
];

describe('rate limits', () => {
  test('given_a_route_that_is_open_to_anyone_then_it_is_limited_or_says_why_it_need_not_be', () => {
    const open = routes.filter(({ policy }) => ruleOf(policy)?.open === 'anyone');
    expect(open.length).toBeGreaterThan(20);
    expect(
      open
        .filter((route) => !isLimited(route))
        .map(nameOf)
        .toSorted(),
    ).toEqual(Object.keys(harmless).toSorted());
  });

  test('given_a_route_that_costs_something_each_time_then_it_is_limited', () => {
    const making = routes.filter(
      ({ method, policy, path }) =>
        method === 'POST' &&
        policy !== undefined &&
        costs.includes(policy) &&
        !path.endsWith('/cancellation'),
    );
    const named = costly.map((name) => routes.find((route) => nameOf(route) === name) ?? name);
    expect(named.filter((one) => typeof one === 'string')).toEqual([]);
    const all = [...making, ...(named as readonly Route[])];
    expect(all.filter((route) => !isLimited(route)).map(nameOf)).toEqual([]);
  });

  test(`given_the_table_then_it_stands_in_${PAGE} (UPDATE_DOCS=1 writes it)`, () => {
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(PAGE, limitsText(routes));
    expect(readFileSync(PAGE, 'utf8')).toBe(limitsText(routes));
  });
});
