import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import type { Listener } from './listen.js';

export interface WaitingWorkParts {
  readonly listener: Pick<Listener, 'on' | 'onResync'>;
  /** PostgreSQL channel on which whoever leaves work rings. */
  readonly channel: string;
  /** Looked for this often without a ring: a claim may have ended, another process may have died. */
  readonly everyMs: number;
  /** Does some of what waits; whether more may wait. */
  readonly some: () => Promise<boolean>;
  /** After each look that went well. */
  readonly afterwards?: () => Promise<void>;
  readonly failed: (error: unknown) => void;
  readonly clock?: Clock;
}

/** Work that waits in a table: done until nothing waits, at a ring, after each new connection, and by looking. One at a time; never rejects. */
export class WaitingWork {
  private readonly clock: Clock;
  private running: Promise<void> | undefined;
  private rungAgain = false;
  private stopped = false;
  private cancelTimer: CancelTimer = () => undefined;

  constructor(private readonly parts: WaitingWorkParts) {
    this.clock = parts.clock ?? systemClock;
  }

  start(): void {
    const { listener, channel } = this.parts;
    listener.on(channel, () => this.ring());
    listener.onResync(() => this.ring());
    this.ring();
  }

  /** Resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelTimer();
    await this.running;
  }

  /** A ring while it works makes it look once more. */
  ring(): void {
    if (this.stopped) return;
    this.rungAgain = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  private async run(): Promise<void> {
    const { some, afterwards, failed, everyMs } = this.parts;
    this.cancelTimer();
    try {
      while (this.rungAgain && !this.stopped) {
        this.rungAgain = false;
        while (!this.stopped && (await some())) {}
      }
      await afterwards?.();
    } catch (error) {
      failed(error);
    }
    if (!this.stopped) this.cancelTimer = this.clock.after(everyMs, () => this.ring());
  }
}
