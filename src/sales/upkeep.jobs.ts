import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { Db } from '../infra/db/db.js';
import { LOG, type Log } from '../infra/log/log.js';
import { keepContracts, reviveContracts } from './contracts/renewal.service.js';
import { sweepClaims } from './numbers/claims.service.js';
import { expireOrders } from './orders/expiry.service.js';

export const SALES_UPKEEP_QUEUE = 'sales-upkeep';
const EXPIRE_EVERY_MS = 10_000;
const CONTRACTS_EVERY_MS = 3_600_000;

/** What time does in the shop: orders that expire, and numbers whose fee has come, every ten seconds; contracts that are due every hour. */
@Injectable()
@Processor(SALES_UPKEEP_QUEUE, { concurrency: 1 })
export class SalesUpkeep extends WorkerHost implements OnApplicationBootstrap {
  constructor(
    private readonly db: Db,
    @InjectQueue(SALES_UPKEEP_QUEUE) private readonly queue: Queue,
    @Inject(LOG) private readonly log: Log,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    const opts = { removeOnComplete: true, removeOnFail: 100 };
    Promise.all([
      this.queue.upsertJobScheduler('expire', { every: EXPIRE_EVERY_MS }, { name: 'expire', opts }),
      this.queue.upsertJobScheduler('contracts', { every: CONTRACTS_EVERY_MS }, { name: 'contracts', opts }),
    ]).catch((error: unknown) => this.log.warn({ err: error }, 'shop upkeep: not scheduled'));
  }

  override async process(job: Job): Promise<void> {
    if (job.name === 'contracts') {
      await keepContracts(this.db);
      await sweepClaims(this.db);
    } else {
      await expireOrders(this.db);
      await reviveContracts(this.db);
    }
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.log.error({ err: error, job: job?.name }, 'shop upkeep failed');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn({ reason: error.message }, 'shop upkeep worker');
  }
}
