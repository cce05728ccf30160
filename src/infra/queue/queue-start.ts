import { BullRegistrar, WorkerHost } from '@nestjs/bullmq';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleInit,
  Optional,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Queue, type Worker } from 'bullmq';
import { systemClock } from '../../kernel/clock.js';
import { PageEvents } from '../http/events/page-events.js';
import { LOG, type Log } from '../log/log.js';
import { jobNews } from './job-news.js';

/** Starts the workers after everybody is initialised, refuses a queue that nobody works on, and ends them before the database goes. */
@Injectable()
export class QueueStart implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private workers: readonly Worker[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly registrar: BullRegistrar,
    @Inject(LOG) private readonly log: Log,
    /** Absent where a test puts only a part of the product together. */
    @Optional() private readonly pages?: PageEvents,
  ) {}

  onModuleInit(): void {
    for (const queue of this.queues()) {
      queue.on('error', (error) => this.log.debug({ queue: queue.name, reason: error.message }, 'queue'));
    }
  }

  onApplicationBootstrap(): void {
    this.registrar.register();
    this.workers = this.instances().flatMap((one) => (one instanceof WorkerHost ? [one.worker] : []));
    const changed = jobNews((event) => this.pages?.tell(event), systemClock);
    for (const worker of this.workers) {
      worker.on('completed', () => changed(worker.name));
      worker.on('failed', () => changed(worker.name));
    }
    const served = this.workers.map((worker) => worker.name);
    const names = this.queues().map((queue) => queue.name);
    const flaws = [
      ...names.filter((name) => !served.includes(name)).map((name) => `queue ${name} has no processor`),
      ...served.filter((name) => !names.includes(name)).map((name) => `processor of ${name} has no queue`),
      ...served
        .filter((name, index) => served.indexOf(name) !== index)
        .map((name) => `queue ${name} has two processors`),
    ];
    if (flaws.length > 0) throw new Error(`jobs are not wired: ${flaws.join('; ')}`);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  private queues(): readonly Queue[] {
    return this.instances().filter((instance) => instance instanceof Queue);
  }

  private instances(): readonly unknown[] {
    return this.discovery.getProviders().map((wrapper): unknown => wrapper.instance);
  }
}
