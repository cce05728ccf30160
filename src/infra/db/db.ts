import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { type Sql, sqlOn } from './sql.js';
import { type Isolation, inTx, type Tx } from './tx.js';

/** Nest injection token of the call path's own `pg.Pool`. */
export const HOT_POOL = Symbol('HOT_POOL');

/** The door to PostgreSQL. */
@Injectable()
export class Db {
  /** Single statements of the call path: own connections, not kept waiting by anything else. */
  readonly hot: Sql;

  constructor(
    readonly dataSource: DataSource,
    @Inject(HOT_POOL) hotPool: Pool,
  ) {
    this.hot = sqlOn(hotPool);
  }

  /** See `inTx` in tx.ts. */
  inTx<T>(work: (tx: Tx) => Promise<T>, isolation?: Isolation): Promise<T> {
    return inTx(this.dataSource, work, isolation);
  }

  /** A single statement on the ordinary pool. */
  async rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return (await runner.query(text, [...values], true)).records as Row[];
    } finally {
      await runner.release();
    }
  }
}
