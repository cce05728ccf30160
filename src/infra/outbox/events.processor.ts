import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Job } from 'bullmq';
import { Db } from '../db/db.js';
import { LOG, type Log } from '../log/log.js';
import { type Consumed, consume } from './consume.js';
import { EVENTS_QUEUE, type EventJob } from './event-jobs.js';
import { type FoundHandler, findHandlers, handlerFlaws } from './handles.js';
import { TOPICS, type Topics } from './topics.js';

/** Fewer than the ordinary pool's connections: REST and the relay get some too. */
const CONCURRENCY = 4;

@Injectable()
@Processor(EVENTS_QUEUE, { concurrency: CONCURRENCY })
export class EventsProcessor extends WorkerHost {
  private handlers: ReadonlyMap<string, FoundHandler> = new Map();

  constructor(
    private readonly db: Db,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    @Inject(TOPICS) private readonly topics: Topics,
    @Inject(LOG) private readonly log: Log,
  ) {
    super();
  }

  /** Finds the handlers; throws, so that the process doesn't start, when an event would not find exactly whom it must. */
  prepare(): void {
    const found = findHandlers(this.discovery, this.scanner);
    const flaws = handlerFlaws(this.topics, found);
    if (flaws.length > 0) throw new Error(`events are not wired: ${flaws.join('; ')}`);
    this.handlers = new Map(found.map((one) => [one.handler, one]));
  }

  override process(job: Job<EventJob, Consumed>): Promise<Consumed> {
    const handler = this.handlerNamed(job.name);
    return consume(this.db, this.topics, handler, job.data.messageId);
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job<EventJob> | undefined, error: Error): void {
    this.log.warn(
      { handler: job?.name, message: job?.data.messageId, attempt: job?.attemptsMade, err: error },
      'event not handled',
    );
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn({ reason: error.message }, 'events worker');
  }

  private handlerNamed(name: string): FoundHandler {
    const handler = this.handlers.get(name);
    if (handler === undefined) throw new Error(`no handler is called ${name}`);
    return handler;
  }
}
