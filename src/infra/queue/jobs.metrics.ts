import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Queue } from 'bullmq';
import { Registry } from 'prom-client';
import { withDeadline } from '../../kernel/deadline.js';
import { figures } from '../metrics/figures.js';

const STATES = ['wait', 'active', 'delayed', 'failed'] as const;
/** A scrape does not wait for a Redis that is away. */
const ANSWER_WITHIN_MS = 1_000;

/** How many jobs are where, asked from Redis when Prometheus asks; nothing while it doesn't answer. */
@Injectable()
export class JobsMetrics {
  constructor(
    private readonly discovery: DiscoveryService,
    registry: Registry,
  ) {
    figures(
      registry,
      {
        name: 'anydial_jobs',
        help: 'BullMQ jobs by queue and state: wait, active, delayed (tried again later), failed for good',
        labels: ['queue', 'state'],
      },
      async () => (await Promise.all(this.queues().map(countsOf))).flat(),
    );
  }

  private queues(): readonly Queue[] {
    return this.discovery
      .getProviders()
      .map((wrapper): unknown => wrapper.instance)
      .filter((instance) => instance instanceof Queue);
  }
}

async function countsOf(queue: Queue) {
  const counts = await withDeadline(queue.getJobCounts(...STATES), ANSWER_WITHIN_MS).catch(
    (): Record<string, number> => ({}),
  );
  return STATES.flatMap((state) => {
    const count = counts[state];
    return count === undefined ? [] : [[{ queue: queue.name, state }, count] as const];
  });
}
