import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Db } from '../../infra/db/db.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { TOP_UP_PORT, type TopUpPort } from './top-up-port.js';
import { sweepTopUps } from './top-up-sweep.service.js';

export const TOP_UPS_QUEUE = 'top-ups';
const EVERY_MS = 60_000;

/** Every minute: asks what became of payments whose event never came, and tells of refunds that wait. */
@Injectable()
@Processor(TOP_UPS_QUEUE, { concurrency: 1 })
export class TopUpsProcessor extends WorkerHost implements OnApplicationBootstrap {
  constructor(
    private readonly db: Db,
    @InjectQueue(TOP_UPS_QUEUE) private readonly queue: Queue,
    @Inject(TOP_UP_PORT) private readonly port: TopUpPort | undefined,
    @Inject(LOG) private readonly log: Log,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    const kept = { removeOnComplete: true, removeOnFail: 100 };
    this.queue
      .upsertJobScheduler('sweep', { every: EVERY_MS }, { name: 'sweep', opts: kept })
      .catch((error: unknown) => this.log.warn({ err: error }, 'top-ups: not scheduled'));
  }

  override async process(): Promise<void> {
    if (this.port !== undefined) await sweepTopUps(this.db.inTx.bind(this.db), this.db, this.port);
  }

  @OnWorkerEvent('failed')
  onFailed(_: unknown, error: Error): void {
    this.log.warn({ err: error }, 'top-ups not looked after');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn({ reason: error.message }, 'top-ups worker');
  }
}
