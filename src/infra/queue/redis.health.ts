import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { type HealthCheck, ReportsHealth } from '../health/reports-health.js';
import { REDIS } from './redis.js';

/** Redis answers, and would rather refuse a job than throw one away (BullMQ needs `maxmemory-policy noeviction`). */
@Injectable()
@ReportsHealth('redis')
export class RedisHealth implements HealthCheck {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  async check(): Promise<{ version: string }> {
    const info = `${await this.redis.info('server')}\n${await this.redis.info('memory')}`;
    const policy = fieldOf(info, 'maxmemory_policy');
    if (policy !== 'noeviction') throw new Error(`maxmemory-policy is ${policy}: set it to noeviction`);
    return { version: fieldOf(info, 'redis_version') };
  }
}

const fieldOf = (info: string, name: string): string =>
  new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
