import { Redis } from 'ioredis';
import type { Secret } from '../../kernel/secret.js';
import type { Log } from '../log/log.js';
import { impatient } from './redis-options.js';

/** Nest injection token of a plain ioredis client: fails fast, for small questions. Jobs go through BullMQ's own connections. */
export const REDIS = Symbol('REDIS');

export function createRedis(secret: Secret, log: Log): Redis {
  const { url, ...options } = impatient(secret);
  const redis = new Redis(url ?? '', options);
  redis.on('error', (error: Error) => log.debug({ reason: error.message }, 'redis'));
  return redis;
}
