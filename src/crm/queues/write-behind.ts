import { sqlStateOf } from '../../infra/db/sql-state.js';
import type { Log } from '../../infra/log/log.js';
import type { Clock } from '../../kernel/clock.js';

const AGAIN_MS = 500;
/** SQLSTATE classes that say no for good: data, constraint, statement. */
const REFUSED = /^(22|23|42)/;

/**
 * Writes one after the other, in the order in which they were decided: the decision is in memory and does not wait. While PostgreSQL is away they wait
 * and are tried again; what it refuses for good is logged and left out, or everything behind it would wait for ever.
 */
export class WriteBehind {
  private waiting: (() => Promise<unknown>)[] = [];
  private writing = false;
  private quiet: (() => void)[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly log: Pick<Log, 'warn' | 'error'>,
  ) {}

  push(write: () => Promise<unknown>): void {
    this.waiting.push(write);
    if (!this.writing) void this.run();
  }

  /** Resolves when all is written. */
  flushed(): Promise<void> {
    if (!this.writing) return Promise.resolve();
    return new Promise((resolve) => this.quiet.push(resolve));
  }

  private async run(): Promise<void> {
    this.writing = true;
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      if (await this.written(next)) this.waiting.shift();
      else await new Promise<void>((resolve) => this.clock.after(AGAIN_MS, resolve));
    }
    this.writing = false;
    for (const resolve of this.quiet.splice(0)) resolve();
  }

  private async written(write: () => Promise<unknown>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      const refused = REFUSED.test(sqlStateOf(error) ?? '');
      if (refused) this.log.error({ err: error }, 'what happened in a queue cannot be saved');
      else this.log.warn({ err: error }, 'what happened in a queue is saved later');
      return refused;
    }
  }
}
