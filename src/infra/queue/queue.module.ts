import { BullModule } from '@nestjs/bullmq';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Redis } from 'ioredis';
import { CONFIG, type Config } from '../../config.js';
import { LOG, type Log } from '../log/log.js';
import { JobsMetrics } from './jobs.metrics.js';
import { PatientWorker } from './patient-worker.js';
import { QueueStart } from './queue-start.js';
import { RedisHealth } from './redis.health.js';
import { createRedis, REDIS } from './redis.js';
import { impatient } from './redis-options.js';

BullModule.workerClass = PatientWorker;

/**
 * BullMQ for processes of the worker role. A module adds `BullModule.registerQueue({ name })` and one `@Processor(name)`;
 * everybody else reaches a worker by an event in the outbox, never by Redis.
 */
@Module({
  imports: [
    DiscoveryModule,
    BullModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({ connection: impatient(config.redisUrl), prefix: 'anydial' }),
      extraOptions: { manualRegistration: true },
    }),
  ],
  providers: [
    QueueStart,
    JobsMetrics,
    RedisHealth,
    {
      provide: REDIS,
      inject: [CONFIG, LOG],
      useFactory: (config: Config, log: Log) => createRedis(config.redisUrl, log),
    },
  ],
  exports: [REDIS],
})
export class QueueModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
