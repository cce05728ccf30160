import { Inject, Injectable } from '@nestjs/common';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import { Db } from '../db/db.js';
import { LOG, type Log } from '../log/log.js';
import { TOPICS, type Topics } from './topics.js';

const SWEEP_EVERY_MS = 60_000;

/**
 * Keeps the outbox honest: notes which events every handler has done, hands out again what was relayed and never
 * handled (Redis lost it; where it didn't, the job's id makes that harmless), and forgets what has long been done.
 */
@Injectable()
export class OutboxSweep {
  private readonly clock: Clock = systemClock;
  private running: Promise<void> | undefined;
  private stopped = false;
  private cancelTimer: CancelTimer = () => undefined;

  constructor(
    private readonly db: Db,
    @Inject(TOPICS) private readonly topics: Topics,
    @Inject(LOG) private readonly log: Log,
  ) {}

  start(): void {
    this.running = this.sweep()
      .catch((error: unknown) => this.log.warn({ err: error }, 'outbox not swept'))
      .finally(() => {
        if (!this.stopped) this.cancelTimer = this.clock.after(SWEEP_EVERY_MS, () => this.start());
      });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelTimer();
    await this.running;
  }

  async sweep(): Promise<void> {
    const handlerCounts = Object.fromEntries(
      Object.entries(this.topics).map(([topic, { handlers }]) => [topic, handlers.length]),
    );
    await this.db.rows(
      `UPDATE outbox SET handled_at = now()
       WHERE handled_at IS NULL AND relayed_at IS NOT NULL
         AND (SELECT count(*) FROM processed_message WHERE message_id = outbox.id) >= ($1::jsonb ->> topic)::int`,
      [JSON.stringify(handlerCounts)],
    );
    await this.db.rows(
      `UPDATE outbox SET relayed_at = NULL, claimed_until = NULL
       WHERE handled_at IS NULL AND relayed_at < now() - interval '5 minutes'`,
    );
    await this.db.rows(
      `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE handled_at < now() - interval '7 days' LIMIT 5000)`,
    );
  }
}
