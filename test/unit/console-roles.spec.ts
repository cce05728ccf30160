import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type PolicyName, policies, type UserRole } from '../../src/infra/http/policies.js';

const house: readonly UserRole[] = ['operator', 'finance', 'approver', 'support'];
/** The route without which a page shows nothing. */
const shows: Readonly<Record<string, PolicyName>> = {
  '/console': 'console.read',
  '/console/calls': 'calls.live',
  '/console/calls/:callId': 'calls.trace',
  '/console/network': 'network.read',
  '/console/network/:trunkId': 'network.read',
  '/console/registrations': 'registrations.read',
  '/console/explain': 'network.read',
  '/console/rate-decks': 'rate-decks.read',
  '/console/rate-decks/:deckId': 'rate-decks.read',
  '/console/settlements': 'settlements.read',
  '/console/settlements/:settlementId': 'settlements.read',
  '/console/alerts': 'fraud-alerts.read',
  '/console/jobs': 'jobs.read',
  '/console/webhooks': 'webhooks.read',
  '/console/audit': 'audit.read',
  '/console/proposals': 'proposals.read',
};

/** Path and roles of each page, as the area's table has them. */
function pages(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync('web/src/pages/console/index.tsx', 'utf8');
  const words = (list: string) => [...list.matchAll(/'([a-z-]+)'/g)].map(([, word]) => word ?? '');
  const named = new Map(
    [...text.matchAll(/const (\w+) = (\[[^\]]+\]) as const/g)].map(([, name, list]) => [
      name,
      words(list ?? ''),
    ]),
  );
  return new Map(
    [...text.matchAll(/path: '([^']+)',[\s\S]*?roles: (\w+|\[[^\]]+\])/g)].map(([, path, roles]) => [
      path ?? '',
      named.get(roles) ?? words(roles ?? ''),
    ]),
  );
}

describe('who sees which page of the console', () => {
  test('given_the_table_of_pages_then_each_is_for_the_roles_of_the_house_that_may_ask_its_route_and_for_nobody_else', () => {
    const expected = Object.entries(shows).map(([path, policy]) => [
      path,
      house.filter((role) => (policies[policy].roles as readonly UserRole[]).includes(role)),
    ]);
    const found = [...pages()].map(([path, roles]) => [path, house.filter((role) => roles.includes(role))]);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });
});
