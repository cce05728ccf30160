import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Job, type JobType, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { CONFIG, type Config } from '../../config.js';
import { impatient } from '../../infra/queue/redis-options.js';
import { withDeadline } from '../../kernel/deadline.js';

export const jobStates = ['waiting', 'active', 'delayed', 'failed', 'completed'] as const;
export type JobState = (typeof jobStates)[number];

export interface QueueView {
  readonly name: string;
  readonly counts: Readonly<Record<JobState, number>>;
}

export interface JobView {
  readonly id: string;
  readonly name: string;
  /** What it says, as JSON, cut to what fits a page; payloads themselves are in PostgreSQL. */
  readonly data: string;
  readonly attempts: number;
  readonly failedBecause: string | null;
  readonly addedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const PREFIX = 'anydial';
const ANSWER_WITHIN_MS = 3_000;
const MOST_TEXT = 500;

/** The queues of BullMQ as people see them; asks Redis when somebody looks, and holds nothing before. */
@Injectable()
export class JobQueues implements OnApplicationShutdown {
  private readonly queues = new Map<string, Queue>();
  private redis: Redis | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async list(): Promise<readonly QueueView[]> {
    const names = await withDeadline(this.names(), ANSWER_WITHIN_MS);
    return Promise.all(names.map(async (name) => ({ name, counts: await this.countsOf(name) })));
  }

  /** Newest first. */
  async jobs(name: string, state: JobState, from: number, count: number): Promise<readonly JobView[]> {
    const found = await withDeadline(
      this.queue(name).getJobs([state satisfies JobType], from, from + count - 1),
      ANSWER_WITHIN_MS,
    );
    // One that is removed while it is listed is undefined.
    return (found as readonly (Job | undefined)[]).flatMap((job) => (job === undefined ? [] : [viewOf(job)]));
  }

  async has(name: string): Promise<boolean> {
    return (await withDeadline(this.names(), ANSWER_WITHIN_MS)).includes(name);
  }

  job(name: string, id: string): Promise<Job | undefined> {
    return withDeadline(this.queue(name).getJob(id), ANSWER_WITHIN_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    this.redis?.disconnect();
  }

  private async countsOf(name: string): Promise<QueueView['counts']> {
    const counts = await withDeadline(this.queue(name).getJobCounts(...jobStates), ANSWER_WITHIN_MS);
    return Object.fromEntries(jobStates.map((state) => [state, counts[state] ?? 0])) as QueueView['counts'];
  }

  private async names(): Promise<readonly string[]> {
    const { url, ...options } = impatient(this.config.redisUrl);
    if (this.redis === undefined) {
      this.redis = new Redis(url ?? '', { ...options, enableOfflineQueue: true });
      this.redis.on('error', () => undefined);
    }
    const names: string[] = [];
    let cursor = '0';
    do {
      const [next, keys] = await this.redis.scan(cursor, 'MATCH', `${PREFIX}:*:meta`, 'COUNT', 500);
      names.push(...keys.map((key) => key.slice(PREFIX.length + 1, -':meta'.length)));
      cursor = next;
    } while (cursor !== '0');
    return [...new Set(names)].filter((name) => !name.includes(':')).toSorted();
  }

  private queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const connection = { ...impatient(this.config.redisUrl), enableOfflineQueue: true };
    const queue = new Queue(name, { connection, prefix: PREFIX, skipMetasUpdate: true });
    queue.on('error', () => undefined);
    this.queues.set(name, queue);
    return queue;
  }
}

const viewOf = (job: Job): JobView => ({
  id: job.id ?? '',
  name: job.name,
  data: JSON.stringify(job.data ?? null).slice(0, MOST_TEXT),
  attempts: job.attemptsMade,
  failedBecause: job.failedReason?.slice(0, MOST_TEXT) ?? null,
  addedAt: new Date(job.timestamp),
  startedAt: job.processedOn === undefined ? null : new Date(job.processedOn),
  finishedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn),
});
