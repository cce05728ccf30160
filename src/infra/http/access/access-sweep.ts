import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type CancelTimer, type Clock, systemClock } from '../../../kernel/clock.js';
import { Db } from '../../db/db.js';
import { LOG, type Log } from '../../log/log.js';

const SWEEP_EVERY_MS = 600_000;

const outdated = [
  'DELETE FROM user_session WHERE expires_at < now()',
  `DELETE FROM attempt WHERE at < now() - interval '1 day'`,
  `DELETE FROM bulk_import WHERE created_at < now() - interval '30 days'`,
  `DELETE FROM idempotency_key WHERE created_at < now() - interval '1 day'`,
] as const;

/** Forgets what no longer counts: ended sessions, old attempts, answers older than a day, imports after a month. */
@Injectable()
export class AccessSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private cancelTimer: CancelTimer = () => undefined;

  constructor(
    private readonly db: Db,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.cancelTimer = this.clock.after(SWEEP_EVERY_MS, () => {
      this.sweep().catch((error: unknown) => this.log.warn({ err: error }, 'sessions not swept'));
      this.onApplicationBootstrap();
    });
  }

  onApplicationShutdown(): void {
    this.cancelTimer();
  }

  async sweep(): Promise<void> {
    for (const statement of outdated) await this.db.rows(statement);
  }
}
