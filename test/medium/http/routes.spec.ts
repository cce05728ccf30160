import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Db } from '../../../src/infra/db/db.js';
import { HttpModule } from '../../../src/infra/http/http.module.js';
import { policies, userRoles } from '../../../src/infra/http/policies.js';
import { decideAccess, ruleOf } from '../../../src/infra/http/policy.js';
import { listRoutes, type Route } from '../../../src/infra/http/routes.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { testConfig } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { testModule } from '../../support/test-module.js';
import { nowhere } from '../../support/test-redis.js';

const password = 'correct horse battery';
/** After these the session is gone. */
const signsOut = ['DELETE /v1/me/sessions', 'DELETE /v1/sessions/current'];

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}
/** Where Nest mounts middleware. */
const MIDDLEWARE = '{/*splat}';

describe('routes', () => {
  let database: TestDatabase;
  let web: TestApp;
  let routes: readonly Route[];
  beforeAll(async () => {
    database = await testDatabase();
    web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
    routes = listRoutes(web.app.get(DiscoveryService, { strict: false }));
  });
  afterAll(async () => {
    await web.close();
    await database.remove();
  });
  const nameOf = (route: Route) => `${route.method} ${route.path}`;

  test('are listed completely: exactly those that Express serves', () => {
    const stack = web.app.getHttpAdapter().getInstance().router.stack as unknown as readonly Layer[];
    const served = stack.flatMap(({ route }) =>
      route === undefined || route.path === MIDDLEWARE
        ? []
        : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
    );
    expect(routes.map(nameOf).toSorted()).toEqual(served.toSorted());
    expect(served).toContain('DELETE /v1/api-keys/:id');
  });

  test('each names a policy of the table, and each policy has a route', () => {
    expect(routes.filter((route) => ruleOf(route.policy) === undefined).map(nameOf)).toEqual([]);
    const used = new Set(routes.map((route) => route.policy));
    expect(Object.keys(policies).filter((name) => !used.has(name as keyof typeof policies))).toEqual([]);
  });

  test('without signing in, only what is open to anyone is answered', async () => {
    for (const route of routes) {
      const headers = { 'x-forwarded-for': '192.0.2.1' };
      const { status } = await ask(web.url, nameOf(route), { headers });
      const open = decideAccess(ruleOf(route.policy), { fromThisHost: false }) === 'allowed';
      expect(`${nameOf(route)} ${status === 401 ? 'closed' : 'open'}`).toBe(
        `${nameOf(route)} ${open ? 'open' : 'closed'}`,
      );
    }
  });

  test('each role gets exactly what the table says, on every route', async () => {
    const db = web.app.get(Db);
    for (const role of userRoles) {
      await addAccount(db, `${role}@example.com`, password, [role]);
      const account: SignedIn = await signIn(web.url, `${role}@example.com`, password);
      // Last of all, in the order of that list: whom the first is refused is still signed in for the second.
      const ending = (route: Route) => signsOut.indexOf(nameOf(route));
      for (const route of [...routes].sort((a, b) => ending(a) - ending(b))) {
        const headers = { ...account.page, 'x-forwarded-for': '192.0.2.1' };
        const { status } = await ask(web.url, nameOf(route), { headers });
        const allowed = decideAccess(ruleOf(route.policy), {
          fromThisHost: false,
          signedIn: { roles: [role], by: 'session' },
        });
        expect(`${role} ${nameOf(route)} ${status === 403 ? 'forbidden' : 'allowed'}`).toBe(
          `${role} ${nameOf(route)} ${allowed}`,
        );
      }
    }
  });

  test('a process with a route that names no policy does not boot', async () => {
    @Controller('v1/forgotten')
    class Forgotten {
      @Get()
      read() {
        return 'secret';
      }
    }
    @Module({ controllers: [Forgotten] })
    class ForgottenModule {}
    const config = testConfig({ databaseUrl: database.url, redisUrl: nowhere });
    const module = await testModule(config, {}, { imports: [HttpModule, ForgottenModule] });
    await expect(module.init()).rejects.toThrow('GET /v1/forgotten');
    await module.close();
  });
});
