import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Job, Queue } from 'bullmq';
import { Db } from '../db/db.js';
import { LOG, type Log } from '../log/log.js';
import type { Consumed } from './consume.js';
import { consumeAll } from './consume-all.js';
import { EVENTS_QUEUE, type EventJob, jobOf } from './event-jobs.js';
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
    @InjectQueue(EVENTS_QUEUE) private readonly queue: Queue,
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

  /** A message that fails alone fails its job; out of a batch it gets a job of its own, with attempts of its own. */
  override async process(job: Job<EventJob, Consumed>): Promise<Consumed> {
    const { messageIds } = job.data;
    const handler = this.handlerNamed(job.name);
    const { consumed, failed } = await consumeAll(this.db, this.topics, handler, messageIds);
    const [first] = failed;
    if (first === undefined) return consumed;
    if (messageIds.length === 1) throw first.error;
    for (const { messageId: message, error } of failed)
      this.log.warn({ handler: job.name, message, err: error }, 'event held up its batch: tried alone');
    await this.queue.addBulk(failed.map(({ messageId }) => jobOf(messageId, handler.handler)));
    return consumed;
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job<EventJob> | undefined, error: Error): void {
    this.log.warn(
      { handler: job?.name, messages: job?.data.messageIds, attempt: job?.attemptsMade, err: error },
      'events not handled',
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
