import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Db } from '../../infra/db/db.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import { forgetDue } from './retention.service.js';

const SWEEP_MS = 3_600_000;

/** Forgets, every hour, what has been kept for as long as its country's rule says (docs/retention.md). */
@Injectable()
export class RetentionSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private cancelTimer: CancelTimer = () => undefined;
  private stopped = false;

  constructor(
    private readonly db: Db,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    void this.sweep();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  private async sweep(): Promise<void> {
    try {
      const { calls, messages } = await forgetDue(this.db, this.clock.now());
      if (calls + messages > 0) this.log.info({ calls, messages }, 'what was kept long enough is forgotten');
    } catch (error) {
      this.log.warn({ err: error }, 'what was kept long enough is forgotten later');
    }
    if (!this.stopped) this.cancelTimer = this.clock.after(SWEEP_MS, () => void this.sweep());
  }
}
