import { BullModule } from '@nestjs/bullmq';
import {
  type BeforeApplicationShutdown,
  Module,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { QueueModule } from '../queue/queue.module.js';
import { EVENTS_QUEUE } from './event-jobs.js';
import { EventsProcessor } from './events.processor.js';
import { OutboxMetrics } from './outbox.metrics.js';
import { Relay } from './relay.js';
import { OutboxSweep } from './sweep.js';

/** Delivering events: for processes of the worker role. */
@Module({
  imports: [DiscoveryModule, QueueModule, BullModule.registerQueue({ name: EVENTS_QUEUE })],
  providers: [EventsProcessor, Relay, OutboxSweep, OutboxMetrics],
  exports: [Relay, OutboxSweep],
})
export class OutboxWorkerModule implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly processor: EventsProcessor,
    private readonly relay: Relay,
    private readonly sweep: OutboxSweep,
  ) {}

  onModuleInit(): void {
    this.processor.prepare();
  }

  onApplicationBootstrap(): void {
    this.relay.start();
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.relay.stop(), this.sweep.stop()]);
  }
}
