import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { currentMark, mayChange } from './mark.js';
import { type Sql, sqlOn } from './sql.js';
import { alone, type Isolation, inTx, type Tx } from './tx.js';

/** Nest injection token of the call path's own `pg.Pool`. */
export const HOT_POOL = Symbol('HOT_POOL');

/** The door to PostgreSQL. Its own `rows` and `run` are single statements on the ordinary pool. */
@Injectable()
export class Db implements Sql {
  readonly rows: Sql['rows'];
  readonly run: Sql['run'];
  /** Single statements of the call path: own connections, not kept waiting by anything else. */
  readonly hot: Sql;

  constructor(
    readonly dataSource: DataSource,
    @Inject(HOT_POOL) hotPool: Pool,
  ) {
    // TypeORM's own pool: `pool.query` drops a connection that didn't answer, a released query runner would keep it.
    const { master }: PostgresDriver = dataSource.driver as PostgresDriver;
    const { rows, run } = sqlOn(master);
    const marked = (text: string) => currentMark() !== undefined && mayChange(text);
    this.rows = (text, values) =>
      marked(text) ? alone(dataSource, (tx) => tx.rows(text, values)) : rows(text, values);
    this.run = (text, values) =>
      marked(text) ? alone(dataSource, (tx) => tx.run(text, values)) : run(text, values);
    this.hot = sqlOn(hotPool);
  }

  /** See `inTx` in tx.ts. */
  inTx<T>(work: (tx: Tx) => Promise<T>, isolation?: Isolation): Promise<T> {
    return inTx(this.dataSource, work, isolation);
  }
}
