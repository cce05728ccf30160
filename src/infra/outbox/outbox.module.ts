import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Outbox } from './outbox.js';
import { TOPICS, type Topics } from './topics.js';

@Global()
@Module({ providers: [Outbox], exports: [Outbox] })
export class OutboxModule {}

/** Writing events: for every process. */
export const outboxModule = (topics: Topics): DynamicModule => ({
  module: OutboxModule,
  providers: [{ provide: TOPICS, useValue: topics }],
  exports: [TOPICS],
});
