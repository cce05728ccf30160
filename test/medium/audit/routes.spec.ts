import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DiscoveryService } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { of } from 'rxjs';
import type { Config } from '../../../src/config.js';
import { Db } from '../../../src/infra/db/db.js';
import { notAudited } from '../../../src/infra/http/audit/audit-mark.js';
import { userRoles } from '../../../src/infra/http/policies.js';
import { listRoutes, type Route } from '../../../src/infra/http/routes.js';
import { createLog } from '../../../src/infra/log/log.js';
import { createApp } from '../../../src/start.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { testConfig } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const PASSWORD = 'correct horse battery';
let database: TestDatabase;
let app: NestExpressApplication;
let db: Db;
let url: string;
let changing: readonly Route[];
let everybody: SignedIn;
let answering = false;

/** The real process, of which every route succeeds once `answering` is set: its guards, its interceptors, and none of its work. */
beforeAll(async () => {
  database = await testDatabase();
  // Not `test`: there every answer must be what its route describes, and these are empty.
  const config: Config = {
    ...testConfig({ databaseUrl: database.url, redisUrl: nowhere }),
    environment: 'production',
  };
  app = await createApp(config, createLog(config));
  app.useGlobalInterceptors({ intercept: (_, next) => (answering ? of({}) : next.handle()) });
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  db = app.get(Db);
  changing = listRoutes(app.get(DiscoveryService, { strict: false })).filter(
    ({ method }) => method !== 'GET',
  );
  await addAccount(db, 'everybody@example.com', PASSWORD, userRoles);
  everybody = await signIn(url, 'everybody@example.com', PASSWORD);
  answering = true;
});
afterAll(async () => {
  await app.close();
  await database.remove();
});

const nameOf = ({ method, path }: Route) => `${method} ${path}`;

test('given_any_changing_route_when_it_succeeds_then_the_log_says_who_asked_for_what', async () => {
  expect(changing.length).toBeGreaterThan(200);
  const silent: string[] = [];
  for (const route of changing) {
    const path = route.path.replace(/:\w+/g, 'x');
    const { status, headers } = await ask(url, `${route.method} ${path}`, { headers: everybody.page });
    expect(`${nameOf(route)} ${status < 300}`).toBe(`${nameOf(route)} true`);
    const entries = await db.rows<{ action: string; policy: string }>(
      'SELECT action, policy FROM audit_entry WHERE request_id = $1',
      [headers.get('x-request-id')],
    );
    if (!entries.some(({ action, policy }) => action === nameOf(route) && policy === route.policy))
      silent.push(nameOf(route));
  }
  expect(silent).toEqual(Object.keys(notAudited));
});

test('each exception has a reason and a route', () => {
  const names = changing.map(nameOf);
  for (const [name, why] of Object.entries(notAudited)) {
    expect(names).toContain(name);
    expect(why.length).toBeGreaterThan(20);
  }
});
