import { createHash } from 'node:crypto';
import type { BulkJobOptions } from 'bullmq';

export const EVENTS_QUEUE = 'events';

/** What a job says: which rows, for which handler. The payloads stay in PostgreSQL. */
export interface EventJob {
  readonly messageIds: readonly string[];
}

/** 12 attempts over about an hour; what still fails stays to be looked at, and stays unhandled in the outbox. */
const options: BulkJobOptions = {
  attempts: 12,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
  removeOnComplete: { age: 3_600, count: 1_000 },
  removeOnFail: { age: 14 * 86_400 },
};

/** The job of one row for one handler: its id makes adding it twice the same as adding it once. */
export const jobOf = (messageId: string, handler: string) => ({
  name: handler,
  data: { messageIds: [messageId] } satisfies EventJob,
  opts: { ...options, jobId: `${messageId}.${handler}` },
});

/**
 * The job of several rows for one handler that takes many. The same rows have the same job again; a row that comes again in
 * other company has its note in `processed_message`.
 */
export const batchJobOf = (messageIds: readonly string[], handler: string) => ({
  name: handler,
  data: { messageIds } satisfies EventJob,
  opts: {
    ...options,
    jobId: `${createHash('sha256').update(messageIds.join()).digest('base64url')}.${handler}`,
  },
});
