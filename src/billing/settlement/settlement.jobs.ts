import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { type EventOf, Handles } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { ChangeNews } from '../../infra/http/events/change-news.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import { matchSettlement } from './matching.service.js';
import { advancePayment } from './paying.service.js';
import { PAYMENT_PORT, type PaymentPort } from './payment-port.js';

export const PAYMENTS_QUEUE = 'payments';
const FEED_EVERY_MS = 60_000;

/** Matches what was imported. A statement that was withdrawn meanwhile has nothing to match. */
@Injectable()
export class MatchingJobs {
  constructor(private readonly news: ChangeNews) {}

  @Handles('billing.match-statement', 'statement.imported')
  async matchStatement({ settlementId }: EventOf<'statement.imported'>, tx: Tx): Promise<void> {
    await matchSettlement(tx, settlementId);
    tx.afterCommit(() => this.news.tell('settlements'));
  }
}

interface PaymentJob {
  readonly settlementId: string;
}

/**
 * Brings open payment orders to the queue: at once when a settlement is approved, and by looking every minute. One job per
 * order, by its id; what is in PostgreSQL counts, so a lost or doubled job pays nothing less or twice.
 */
@Injectable()
export class PaymentFeeder implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private cancelTimer: CancelTimer = () => undefined;
  private stopped = false;

  constructor(
    private readonly db: Db,
    @InjectQueue(PAYMENTS_QUEUE) private readonly queue: Queue<PaymentJob>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @Handles('billing.pay-carrier', 'settlement.approved')
  async payCarrier(_: EventOf<'settlement.approved'>, tx: Tx): Promise<void> {
    tx.afterCommit(() => void this.feed());
  }

  onApplicationBootstrap(): void {
    void this.feedAgain();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  private async feedAgain(): Promise<void> {
    await this.feed();
    if (!this.stopped) this.cancelTimer = this.clock.after(FEED_EVERY_MS, () => void this.feedAgain());
  }

  private async feed(): Promise<void> {
    try {
      const open = await this.db.rows<{ id: string }>(
        `SELECT settlement_id AS id FROM payment_order WHERE state IN ('waiting', 'sending')`,
      );
      await this.queue.addBulk(open.map(({ id }) => jobOf(id)));
    } catch (error) {
      this.log.warn({ err: error }, 'payments wait');
    }
  }
}

/** Removed when done or given up: while the order is open, the next feeding adds it again. */
const jobOf = (settlementId: string) => ({
  name: 'pay',
  data: { settlementId },
  opts: { jobId: `settlement.${settlementId}`, removeOnComplete: true, removeOnFail: true },
});

@Injectable()
@Processor(PAYMENTS_QUEUE, { concurrency: 1 })
export class PaymentsProcessor extends WorkerHost {
  constructor(
    private readonly db: Db,
    @Inject(PAYMENT_PORT) private readonly port: PaymentPort,
    private readonly news: ChangeNews,
    @Inject(LOG) private readonly log: Log,
  ) {
    super();
  }

  /** An unknown outcome ends the job all the same: the next feeding asks again. */
  override async process({ data: { settlementId } }: Job<PaymentJob>): Promise<void> {
    const inTx = this.db.inTx.bind(this.db);
    const known = await advancePayment(inTx, this.port, settlementId);
    this.news.tell('settlements');
    if (!known) this.log.warn({ settlement: settlementId, port: this.port.name }, 'payment: outcome unknown');
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job<PaymentJob> | undefined, error: Error): void {
    this.log.warn({ settlement: job?.data.settlementId, err: error }, 'payment not brought on');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn({ reason: error.message }, 'payments worker');
  }
}
