import type { RedisOptions } from 'bullmq';
import type { Secret } from '../../kernel/secret.js';

const reconnectAfter = (attempt: number): number => Math.min(50 * 2 ** attempt, 2_000);

/** For whoever adds jobs: an answer or an error within seconds, nothing kept in memory for later (the outbox keeps it). */
export const impatient = (url: Secret): RedisOptions => ({
  url: url.reveal(),
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  connectTimeout: 2_000,
  commandTimeout: 3_000,
  keepAlive: 10_000,
  retryStrategy: reconnectAfter,
});

/** For whoever waits for jobs: never gives up. BullMQ demands that no blocking command is retried or timed. */
export const patient = ({
  enableOfflineQueue: _,
  commandTimeout: __,
  ...rest
}: RedisOptions): RedisOptions => ({
  ...rest,
  maxRetriesPerRequest: null,
});
