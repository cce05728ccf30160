import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { figures } from '../metrics/figures.js';
import { HOT_POOL } from './db.js';

/** How the connections to PostgreSQL are used: the ordinary ones, and the call path's own. */
@Injectable()
export class PoolMetrics {
  constructor(dataSource: DataSource, @Inject(HOT_POOL) hot: Pool, registry: Registry) {
    const { master }: PostgresDriver = dataSource.driver as PostgresDriver;
    const pools: readonly (readonly [string, Pool])[] = [
      ['ordinary', master],
      ['hot', hot],
    ];
    figures(
      registry,
      {
        name: 'anydial_db_connections',
        help: 'Connections to PostgreSQL by pool and state; waiting: statements that have none yet',
        labels: ['pool', 'state'],
      },
      () =>
        pools.flatMap(([pool, { totalCount, idleCount, waitingCount }]) => [
          [{ pool, state: 'busy' }, totalCount - idleCount] as const,
          [{ pool, state: 'idle' }, idleCount] as const,
          [{ pool, state: 'waiting' }, waitingCount] as const,
        ]),
    );
    figures(
      registry,
      { name: 'anydial_db_connections_max', help: 'Most connections of a pool', labels: ['pool'] },
      () => pools.map(([pool, { options }]) => [{ pool }, options.max ?? Number.NaN] as const),
    );
  }
}
