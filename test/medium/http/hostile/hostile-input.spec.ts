import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DiscoveryService } from '@nestjs/core';
import pg from 'pg';
import { seedLab } from '../../../../src/cli/seed.js';
import { Db } from '../../../../src/infra/db/db.js';
import { userRoles } from '../../../../src/infra/http/policies.js';
import { listRoutes, type Route } from '../../../../src/infra/http/routes.js';
import { addAccount } from '../../../support/accounts.js';
import { ask, signIn } from '../../../support/http-client.js';
import { type TestApp, testApp } from '../../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../../support/test-database.js';
import { nowhere } from '../../../support/test-redis.js';
import { world } from '../../desk/desk.js';
import { type HostileRequest, hostileRequests } from './requests.js';

/** No payment provider is configured here: providers are told to come again. */
const away: ReadonlySet<string> = new Set([
  '503 POST /v1/payment-events/:port',
  // No Redis is there.
  '503 GET /v1/job-queues',
  '503 GET /v1/job-queues/:queue/jobs',
  '503 POST /v1/job-queues/:queue/jobs/:id/retry',
  '503 DELETE /v1/job-queues/:queue/jobs/:id',
]);
/** Where one of the values is what somebody with that role may say, and means that something goes. */
const meant: Readonly<Record<string, string>> = {
  approval_rule: 'PUT /v1/shop/rules with []: there are no rules',
  retention_rule: 'DELETE of the rule of a country that is the sample, KR',
};
/** At once; the database's pool is smaller. */
const PARALLEL = 12;

describe('every route, asked by somebody with every role', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let web: TestApp;
  let routes: readonly Route[];
  let authorization: string;
  beforeAll(async () => {
    database = await testDatabase();
    pool = new pg.Pool({ connectionString: database.url.reveal(), max: 2 });
    // A connection that is closing may still hear that the database is going away.
    pool.on('error', () => undefined);
    await seedLab(pool, world);
    web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
    routes = listRoutes(web.app.get(DiscoveryService, { strict: false }));
    await addAccount(web.app.get(Db), 'everything@example.com', 'correct horse battery', userRoles);
    const { page } = await signIn(web.url, 'everything@example.com', 'correct horse battery');
    const key = await ask(web.url, 'POST /v1/api-keys', {
      headers: page,
      body: { name: 'hostile', roles: userRoles },
    });
    authorization = `Bearer ${(key.body as { secret: string }).secret}`;
  });
  /** Of every table: whatever is sent, nothing that was there may be gone. */
  async function rowCounts(): Promise<ReadonlyMap<string, number>> {
    const { rows: tables } = await pool.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
    );
    const counts = await Promise.all(
      tables.map(async ({ name }) => {
        const { rows } = await pool.query<{ count: string }>(`SELECT count(*) FROM "${name}"`);
        return [name, Number(rows[0]?.count)] as const;
      }),
    );
    return new Map(counts);
  }
  afterAll(async () => {
    await pool.end();
    await web.close();
    await database.remove();
  });

  /** Only the status: a stream that goes on is left. */
  async function statusOf({
    method,
    path,
    body,
    contentType = 'application/json',
  }: HostileRequest): Promise<number> {
    const leave = new AbortController();
    const response = await fetch(`${web.url}${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': contentType }) },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: leave.signal,
    });
    leave.abort();
    return response.status;
  }

  test('answers hostile paths, queries and bodies with a clear no, never with a crash', async () => {
    const queue = routes.flatMap((route, turn) => hostileRequests(route, turn));
    expect(queue.length).toBeGreaterThan(2_000);
    const wrong: string[] = [];
    let next = 0;
    const work = async () => {
      for (let request = queue[next++]; request !== undefined; request = queue[next++]) {
        const status = await statusOf(request);
        // Refused before the body is looked at: not this credential, or nothing at that path.
        const unseen = status === 403 || status === 404;
        const right = unseen || (request.must?.includes(status) ?? status < 500);
        if (!right && !away.has(`${status} ${request.title.split(' with')[0]}`))
          wrong.push(`${status} ${request.title}`);
      }
    };
    const before = await rowCounts();
    expect([...before.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(300);
    await Promise.all(Array.from({ length: PARALLEL }, work));
    expect(wrong).toEqual([]);
    const after = await rowCounts();
    const lost = [...before].filter(([table, count]) => (after.get(table) ?? 0) < count && !(table in meant));
    expect(lost.map(([table, count]) => `${table}: ${count}, now ${after.get(table)}`)).toEqual([]);
  });
});
