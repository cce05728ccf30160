import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { UserRole } from '../../../../src/infra/http/policies.js';
import type { Route } from '../../../../src/infra/http/routes.js';
import { type Desk, memberNamed, openDesk } from '../../desk/desk.js';
import { idsSeenBy, makeWhatCanBeMade, type Tenant, tryWith } from './crawl.js';
import { rowsThatMention } from './rows.js';
import { furnish, secondCompany } from './world.js';

/** What notes who asked what, whoever he is. */
const NOTES: ReadonlySet<string> = new Set(['idempotency_key', 'audit_entry', 'user_session']);

describe.each<{ role: UserRole; whose: 'memberId' | 'companyId' }>([
  { role: 'member', whose: 'memberId' },
  { role: 'company-admin', whose: 'companyId' },
  { role: 'supervisor', whose: 'companyId' },
  { role: 'agent', whose: 'companyId' },
])('two tenants with the role $role', ({ role, whose }) => {
  let desk: Desk;
  let routes: readonly Route[];
  let victim: Tenant;
  let attacker: Tenant;
  beforeAll(async () => {
    desk = await openDesk();
    ({ routes } = desk);
    const owners =
      whose === 'memberId'
        ? [memberNamed('Grace Hall'), memberNamed('Sato Jun')]
        : [memberNamed('Hanbit'), await secondCompany(desk)];
    const tenants: Tenant[] = [];
    for (const id of owners) {
      await furnish(desk, id);
      const tenant: Tenant = { role, ids: [id], session: await desk.account(role, { [whose]: id }) };
      await makeWhatCanBeMade(desk.url, tenant, routes);
      tenants.push(tenant);
    }
    [victim, attacker] = tenants as [Tenant, Tenant];
  });
  afterAll(() => desk.close());

  test('see nothing of each other and change nothing, on any route, with any id', async () => {
    const theirs = await idsSeenBy(desk.url, victim, routes);
    const mine = await idsSeenBy(desk.url, attacker, routes);
    const secret = [...theirs].filter((id) => !mine.has(id));
    expect(secret).toEqual(expect.arrayContaining([...victim.ids]));

    const before = await rowsThatMention(desk.pool, secret, NOTES);
    const attempts = await tryWith(desk.url, attacker, secret, routes);
    expect(attempts.length).toBeGreaterThan(5);
    expect(attempts.filter(({ answer }) => answer.status < 300).map(({ route }) => route)).toEqual([]);
    const told = attempts.filter(({ route, answer }) =>
      secret.some((id) => answer.text.includes(id) && !route.includes(id)),
    );
    expect(told.map(({ route, answer }) => `${route} → ${answer.text}`)).toEqual([]);
    expect(await rowsThatMention(desk.pool, secret, NOTES)).toEqual(before);
    // Some thousand requests.
  }, 180_000);
});
