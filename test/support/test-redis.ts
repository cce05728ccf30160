import { Redis } from 'ioredis';
import { Secret } from '../../src/kernel/secret.js';
import { privateRedis } from './private-redis.js';

export interface TestRedis {
  readonly url: Secret;
  remove(): Promise<void>;
}

/**
 * A Redis database for one test file: the instance's (REDIS_URL, one numbered database per jest worker, never 0, emptied by whoever
 * uses it next) or a server of the test's own.
 */
export async function testRedis(): Promise<TestRedis> {
  const given = process.env['REDIS_URL'];
  if (given === undefined) return privateRedis();
  const url = new URL(given);
  url.pathname = `/${1 + (Number(process.env['JEST_WORKER_ID'] ?? '1') % 15)}`;
  const redis = new Redis(url.href);
  await redis.flushdb();
  redis.disconnect();
  return { url: new Secret(url.href), remove: async () => undefined };
}

/** For processes that need no Redis: nothing listens there, so a test notices one that does. */
export const nowhere = new Secret('redis://127.0.0.1:1/0');
