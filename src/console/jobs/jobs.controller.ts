import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Job } from 'bullmq';
import { z } from 'zod';
import { houseOnly } from '../../exchange/index.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure, ok } from '../../kernel/result.js';
import { JobQueues, type JobView, jobStates, type QueueView } from './job-queues.js';

const queueName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const jobId = z.string().regex(/^[\w.:-]{1,200}$/);
const listQuery = pageQuery(z.tuple([z.number().int().min(0).max(1_000_000)])).extend({
  state: z.enum(jobStates).default('failed'),
});

/** Background jobs: what waits, runs and failed; trying again and giving up. Pages hear of changes by the topic `jobs`. */
@Controller('v1/job-queues')
export class JobsController {
  constructor(private readonly queues: JobQueues) {}

  /** All queues, with how many jobs are in which state. */
  @Get()
  @Policy('jobs.read')
  async list(@CurrentPrincipal() principal: Principal): Promise<{ readonly items: readonly QueueView[] }> {
    houseOnly(principal);
    return { items: await answered(this.queues.list()) };
  }

  /** Newest first. */
  @Get(':queue/jobs')
  @Policy('jobs.read')
  async jobs(
    @CurrentPrincipal() principal: Principal,
    @Param('queue', { schema: queueName }) queue: string,
    @Query({ schema: listQuery }) { limit, cursor, state }: z.output<typeof listQuery>,
  ): Promise<Page<JobView>> {
    houseOnly(principal);
    await this.known(queue);
    const from = cursor?.[0] ?? 0;
    const found = await answered(this.queues.jobs(queue, state, from, limit + 1));
    return pageOf(found, limit, () => [from + limit] as const);
  }

  /** A failed job is tried again, with all its attempts. */
  @Post(':queue/jobs/:id/retry')
  @HttpCode(204)
  @Policy('jobs.manage')
  @Idempotent()
  async retry(
    @CurrentPrincipal() principal: Principal,
    @Param('queue', { schema: queueName }) queue: string,
    @Param('id', { schema: jobId }) id: string,
  ): Promise<void> {
    houseOnly(principal);
    const job = await this.failed(queue, id);
    await job.retry('failed');
  }

  /** A failed job is given up: what it was to do is not done by it any more. */
  @Delete(':queue/jobs/:id')
  @HttpCode(204)
  @Policy('jobs.manage')
  async discard(
    @CurrentPrincipal() principal: Principal,
    @Param('queue', { schema: queueName }) queue: string,
    @Param('id', { schema: jobId }) id: string,
  ): Promise<void> {
    houseOnly(principal);
    const job = await this.failed(queue, id);
    await job.remove();
  }

  private async known(queue: string): Promise<void> {
    orProblem((await answered(this.queues.has(queue))) ? ok(undefined) : err(noQueue(queue)));
  }

  private async failed(queue: string, id: string): Promise<Job> {
    await this.known(queue);
    const job = await answered(this.queues.job(queue, id));
    const there = orProblem(job === undefined ? err(noJob(id)) : ok(job));
    orProblem((await there.isFailed()) ? ok(undefined) : err(notFailed(id)));
    return there;
  }
}

/** Redis away is a state of the house, not a mistake of whoever asks. */
const answered = async <T>(asked: Promise<T>): Promise<T> => {
  const answer = await asked.then(
    (value) => ok(value),
    () => err(away),
  );
  return orProblem(answer);
};

const away = failure('jobs.unavailable', 'Redis does not answer.', {
  hint: 'the jobs themselves are safe in the outbox; ./anydial doctor says what is wrong',
  retry: 'safe',
});
const noQueue = (name: string) =>
  failure('job-queue.not-found', `There is no queue ${name}.`, { hint: 'GET /v1/job-queues lists them' });
const noJob = (id: string) =>
  failure('job.not-found', `There is no job ${id}.`, {
    hint: 'it may be done and forgotten: list them again',
  });
const notFailed = (id: string) =>
  failure('job.conflict', `The job ${id} has not failed.`, {
    hint: 'only failed jobs are tried again or given up',
  });
