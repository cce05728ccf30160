import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '../../../src/infra/db/migrate.js';
import { ask } from '../../support/http-client.js';
import { buildProduct, startProduct } from '../../support/product-process.js';
import { freePort } from '../../support/server-process.js';
import { testEnvironment } from '../../support/test-config.js';
import { emptyDatabase, type TestDatabase } from '../../support/test-database.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';

describe('the process', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let build: { readonly path: string; remove(): void };
  let environment: Record<string, string>;
  beforeAll(async () => {
    build = buildProduct();
    [database, redis] = await Promise.all([emptyDatabase(), testRedis()]);
    environment = {
      ...testEnvironment({ databaseUrl: database.url, redisUrl: redis.url, roles: ['web', 'worker'] }),
      LOG_LEVEL: 'info',
      HTTP_PORT: String(await freePort()),
    };
  });
  afterAll(async () => {
    build.remove();
    await Promise.all([database.remove(), redis.remove()]);
  });
  const url = () => `http://127.0.0.1:${environment['HTTP_PORT']}`;

  test('without a usable configuration it says what is missing and ends with 78, so that nobody restarts it in vain', async () => {
    const { ARI_PASSWORD: _, ...incomplete } = environment;
    const ending = await startProduct(build.path, { ...incomplete, RTP_PORT_MIN: 'many' }).ended;
    expect(ending.code).toBe(78);
    expect(ending.stderr).toMatch(/ARI_PASSWORD is missing.*RTP_PORT_MIN is wrong.*Hint:/s);
  });

  test('before the database is migrated it does not start, and says so', async () => {
    const ending = await startProduct(build.path, environment).ended;
    expect(ending.code).toBe(78);
    expect(ending.stderr).toMatch(/lacks \d+ migrations \(.*Outbox1764000000100.*\): run migrate first/);
  });

  test('on SIGTERM it ends by itself with 0, its connections closed', async () => {
    await migrate(database.url);
    const product = startProduct(build.path, environment);
    await product.logged('ready');
    expect((await ask(url(), 'GET /health/ready')).status).toBe(200);
    product.child.kill('SIGTERM');
    const ending = await product.ended;
    expect(ending.code).toBe(0);
    expect(ending.stderr).toBe('');
  });

  test('when its port is taken it ends with 1 and says why', async () => {
    const first = startProduct(build.path, environment);
    await first.logged('ready');
    const second = startProduct(build.path, environment);
    expect(await second.logged('start-up failed')).toMatchObject({ err: { code: 'EADDRINUSE' } });
    expect((await second.ended).code).toBe(1);
    first.child.kill('SIGTERM');
    await first.ended;
  });
});
