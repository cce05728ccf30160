import {
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { CONFIG, type Config } from '../../config.js';
import { LOG, type Log } from '../log/log.js';
import { dataSourceOptions } from './data-source.js';
import { DatabaseHealth } from './database.health.js';
import { Db, HOT_POOL } from './db.js';
import { Listener } from './listen.js';
import { createHotPool } from './pool.js';
import { PoolMetrics } from './pool.metrics.js';

/** PostgreSQL for everybody: `Db` (transactions, SQL, the hot pool) and `Listener` (NOTIFY). */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: async (config: Config) => ({
        ...(await dataSourceOptions(config.databaseUrl)),
        retryAttempts: 5,
        retryDelay: 1_000,
      }),
    }),
  ],
  providers: [
    Db,
    DatabaseHealth,
    PoolMetrics,
    {
      provide: HOT_POOL,
      inject: [CONFIG, LOG],
      useFactory: (config: Config, log: Log): Pool =>
        createHotPool(config.databaseUrl, (error) =>
          log.warn({ reason: error.message }, 'idle connection lost'),
        ),
    },
    {
      provide: Listener,
      inject: [CONFIG, LOG],
      useFactory: (config: Config, log: Log) =>
        new Listener(config.databaseUrl, {
          lost: (reason) => log.warn({ reason }, 'LISTEN connection lost'),
          restored: () => log.info('LISTEN connection up'),
        }),
    },
  ],
  exports: [Db, HOT_POOL, Listener],
})
export class DbModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(HOT_POOL) private readonly hotPool: Pool,
    private readonly listener: Listener,
  ) {}

  onApplicationBootstrap(): void {
    this.listener.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.listener.close(), this.hotPool.end()]);
  }
}
