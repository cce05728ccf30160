import type { BulkJobOptions } from 'bullmq';

export const EVENTS_QUEUE = 'events';

/** What a job says: which row, for which handler. The payload stays in PostgreSQL. */
export interface EventJob {
  readonly messageId: string;
}

/** 12 attempts over about an hour; what still fails stays to be looked at, and stays unhandled in the outbox. */
const options: BulkJobOptions = {
  attempts: 12,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
  removeOnComplete: { age: 3_600, count: 10_000 },
  removeOnFail: { age: 14 * 86_400 },
};

/** The job of one row for one handler: its id makes adding it twice the same as adding it once. */
export const jobOf = (messageId: string, handler: string) => ({
  name: handler,
  data: { messageId } satisfies EventJob,
  opts: { ...options, jobId: `${messageId}.${handler}` },
});
