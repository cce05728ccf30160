import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { event } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import { SlowWork } from '../../infra/db/slow-work.js';
import { ChangeNews } from '../../infra/http/events/change-news.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { purgeClosedHolds } from '../holds.service.js';
import { dueRuns, planRun } from '../invoices/invoice-runs.service.js';
import { sweepAttempts } from '../top-ups/voucher-attempts.js';
import { runChecks } from './checks.service.js';

export const NIGHTLY_QUEUE = 'billing-nightly';
/** 03:30 UTC: the day's statements are in, Seoul works and can look at what was found. */
const EVERY_NIGHT = '0 30 3 * * *';
/** A set-up may be replayed from a node's journal for two days. */
const HOLDS_KEPT_MS = 2 * 86_400_000;
const SHOWN = 5;

/** What billing does every night: invoices of the month that ended, closed holds forgotten, the books checked. */
@Injectable()
@Processor(NIGHTLY_QUEUE, { concurrency: 1 })
export class NightlyProcessor extends WorkerHost implements OnApplicationBootstrap {
  constructor(
    private readonly db: Db,
    private readonly slow: SlowWork,
    private readonly outbox: Outbox,
    @InjectQueue(NIGHTLY_QUEUE) private readonly queue: Queue,
    private readonly news: ChangeNews,
    @Inject(LOG) private readonly log: Log,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    const opts = {
      attempts: 5,
      backoff: { type: 'exponential', delay: 60_000 },
      removeOnComplete: 30,
      removeOnFail: 30,
    };
    this.queue
      .upsertJobScheduler('nightly', { pattern: EVERY_NIGHT, tz: 'UTC' }, { name: 'nightly', opts })
      .catch((error: unknown) => this.log.warn({ err: error }, 'nightly: not scheduled'));
  }

  /** Each part may run again: what is done already is left alone. */
  override async process(): Promise<void> {
    await this.planInvoices();
    const before = new Date(Date.now() - HOLDS_KEPT_MS);
    await this.slow.inTx((tx) => purgeClosedHolds(tx, before));
    await sweepAttempts(this.db);
    await this.check();
  }

  private async planInvoices(): Promise<void> {
    for (const due of await dueRuns(this.db)) {
      await this.slow.inTx(async (tx) => {
        const planned = await planRun(tx, { ...due, askedBy: 'nightly' });
        if (planned.ok) await this.outbox.add(tx, event('invoice-run.planned', { runId: planned.value }));
        return planned;
      });
    }
  }

  /** One line of the log for each invariant that does not hold: what alerts are made of. */
  private async check(): Promise<void> {
    const { runId, results } = await runChecks(this.slow.inTx.bind(this.slow), { askedBy: 'nightly' });
    this.news.tell('billing-checks');
    for (const { name, holds, findings } of results) {
      if (findings.length === 0) continue;
      const rows = findings.slice(0, SHOWN);
      this.log.error(
        { run: runId, check: name, findings: findings.length, rows },
        `night check: not so: ${holds}`,
      );
    }
  }

  @OnWorkerEvent('failed')
  onFailed(_: unknown, error: Error): void {
    this.log.error({ err: error }, 'night work of billing failed');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn({ reason: error.message }, 'nightly worker');
  }
}
