import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import { dataSourceOptions } from './data-source.js';
import { type Deadlines, deadlines } from './pool.js';
import { type Isolation, inTx, type Tx } from './tx.js';

/** A month's invoices or a night's checks may read for minutes; nobody waits for them on a telephone. */
const patience: Deadlines = {
  ...deadlines,
  statement_timeout: 15 * 60_000,
  query_timeout: 16 * 60_000,
  idle_in_transaction_session_timeout: 60_000,
};
const CONNECTIONS = 2;

/** Transactions of jobs that take their time, on two connections of their own that are opened when the first is needed. */
@Injectable()
export class SlowWork implements OnApplicationShutdown {
  private source: Promise<DataSource> | undefined;

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'databaseUrl'>) {}

  /** As `Db.inTx`, with more patience. */
  async inTx<T>(work: (tx: Tx) => Promise<T>, isolation?: Isolation): Promise<T> {
    return inTx(await this.connected(), work, isolation);
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.source?.catch(() => undefined))?.destroy();
  }

  private connected(): Promise<DataSource> {
    this.source ??= this.connect().catch((error: unknown) => {
      this.source = undefined;
      throw error;
    });
    return this.source;
  }

  private async connect(): Promise<DataSource> {
    const options = await dataSourceOptions(this.config.databaseUrl, patience);
    return new DataSource({
      ...options,
      poolSize: CONNECTIONS,
      applicationName: 'anydial-slow',
    } as typeof options).initialize();
  }
}
