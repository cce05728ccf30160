import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { type EventOf, Handles } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import { SlowWork } from '../../infra/db/slow-work.js';
import type { Tx } from '../../infra/db/tx.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import { type Billed, billAccount } from './invoicing.service.js';

export const INVOICES_QUEUE = 'invoices';
const FEED_EVERY_MS = 60_000;
const MOST_AT_ONCE = 1_000;

interface InvoiceJob {
  readonly runId: string;
  readonly account: string;
}

/**
 * Brings the accounts that wait for their invoice to the queue: at once when a run is planned, and by looking every minute.
 * What is in PostgreSQL counts, so a lost or doubled job makes no invoice less or twice.
 */
@Injectable()
export class InvoiceFeeder implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private cancelTimer: CancelTimer = () => undefined;
  private stopped = false;

  constructor(
    private readonly db: Db,
    @InjectQueue(INVOICES_QUEUE) private readonly queue: Queue<InvoiceJob>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @Handles('billing.make-invoices', 'invoice-run.planned')
  async makeInvoices(_: EventOf<'invoice-run.planned'>, tx: Tx): Promise<void> {
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

  /** A thousand at a time, until all that wait have been told of. */
  private async feed(): Promise<void> {
    try {
      let after: InvoiceJob = { runId: '00000000-0000-0000-0000-000000000000', account: '0' };
      for (;;) {
        const waiting = await this.db.rows<InvoiceJob>(
          `SELECT run_id AS "runId", account_id AS account FROM invoice_job
            WHERE state = 'waiting' AND (run_id, account_id) > ($1, $2) ORDER BY run_id, account_id LIMIT ${MOST_AT_ONCE}`,
          [after.runId, after.account],
        );
        await this.queue.addBulk(waiting.map(jobOf));
        const last = waiting.at(-1);
        if (last === undefined || waiting.length < MOST_AT_ONCE) return;
        after = last;
      }
    } catch (error) {
      this.log.warn({ err: error }, 'invoices wait');
    }
  }
}

const jobOf = ({ runId, account }: InvoiceJob) => ({
  name: 'invoice',
  data: { runId, account },
  opts: { jobId: `invoice.${runId}.${account}`, removeOnComplete: true, removeOnFail: true },
});

@Injectable()
@Processor(INVOICES_QUEUE, { concurrency: 2 })
export class InvoicesProcessor extends WorkerHost {
  constructor(
    private readonly slow: SlowWork,
    @Inject(LOG) private readonly log: Log,
  ) {
    super();
  }

  override process({ data: { runId, account } }: Job<InvoiceJob>): Promise<Billed> {
    return this.slow.inTx((tx) => billAccount(tx, runId, BigInt(account)));
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job<InvoiceJob> | undefined, error: Error): void {
    this.log.warn({ run: job?.data.runId, account: job?.data.account, err: error }, 'invoice not made');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn({ reason: error.message }, 'invoices worker');
  }
}
