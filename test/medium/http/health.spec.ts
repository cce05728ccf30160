import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '../../../src/infra/db/migrate.js';
import { type Answer, ask } from '../../support/http-client.js';
import { type PrivatePostgres, privatePostgres } from '../../support/private-postgres.js';
import { type PrivateRedis, privateRedis } from '../../support/private-redis.js';
import { type TestApp, testApp } from '../../support/test-app.js';

describe('health', () => {
  let postgres: PrivatePostgres;
  let redis: PrivateRedis;
  let all: TestApp;
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([privatePostgres(), privateRedis()]);
    await migrate(postgres.url);
    all = await testApp({ databaseUrl: postgres.url, redisUrl: redis.url, roles: ['web', 'worker'] });
  });
  afterAll(async () => {
    await all.close();
    await Promise.all([postgres.remove(), redis.remove()]);
  });
  const ready = (headers: Record<string, string> = {}) => ask(all.url, 'GET /health/ready', { headers });
  /** Asks until it says so (an answer is used again for a quarter of a second); jest's deadline ends what never comes. */
  const becomes = async (status: 200 | 503): Promise<Answer> => {
    for (;;) {
      const answer = await ready();
      expect((await ask(all.url, 'GET /health/live')).status).toBe(200);
      if (answer.status === status) return answer;
    }
  };

  test('with everything there it is ready, and says with what', async () => {
    const up = { status: 'up', version: expect.any(String) };
    expect(await ready()).toMatchObject({
      status: 200,
      body: { status: 'ok', parts: { database: up, redis: up } },
    });
  });

  test('given_redis_is_frozen_then_after_a_second_it_is_not_ready_but_alive_and_thawed_it_is_ready_again', async () => {
    redis.server.freeze();
    const answer = await becomes(503);
    redis.server.thaw();
    const redisDown = { status: 'down', message: 'timeout of 1000ms exceeded' };
    expect(answer.body).toMatchObject({
      status: 'error',
      parts: { redis: redisDown, database: { status: 'up' } },
    });
    await becomes(200);
  });

  test('given_postgres_is_killed_then_it_is_not_ready_but_alive_and_restarted_it_is_ready_again', async () => {
    await postgres.server.kill();
    expect((await becomes(503)).body).toMatchObject({
      status: 'error',
      parts: { database: { status: 'down' } },
    });
    await postgres.restart();
    await becomes(200);
  }, 20_000);

  test('given_redis_would_throw_jobs_away_then_it_is_not_ready', async () => {
    const careless = await privateRedis({ 'maxmemory-policy': 'allkeys-lru' });
    const worker = await testApp({ databaseUrl: postgres.url, redisUrl: careless.url, roles: ['worker'] });
    const answer = await ask(worker.url, 'GET /health/ready');
    await worker.close();
    await careless.remove();
    const parts = { redis: { message: expect.stringContaining('set it to noeviction') } };
    expect(answer).toMatchObject({ status: 503, body: { parts } });
  });

  test('a caller from elsewhere learns what is up or down, and nothing else', async () => {
    const answer = await ready({ 'x-forwarded-for': '192.0.2.1' });
    expect(answer.body).toEqual({
      status: 'ok',
      parts: { database: { status: 'up' }, redis: { status: 'up' } },
    });
  });

  test('metrics are for this host, and closed to callers from elsewhere', async () => {
    const answer = await ask(all.url, 'GET /metrics');
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/^anydial_outbox_events\{state="waiting",.*\} 0$/m);
    expect((await ask(all.url, 'GET /metrics', { headers: { 'x-forwarded-for': '192.0.2.1' } })).status).toBe(
      401,
    );
  });
});
