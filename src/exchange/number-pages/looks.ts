import type { Clock } from '../../kernel/clock.js';

const A_MINUTE = 60;
const WINDOW_MS = 60_000;
const MOST_SOURCES = 50_000;

/**
 * How often one source may look numbers up: enough for people, a year for whoever wants to try a million. In memory, for each process: a look
 * changes nothing, so it is not written down.
 */
export class Looks {
  private counts = new Map<string, number>();
  private until = 0;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  admit(source: string): boolean {
    const now = this.clock.now().getTime();
    if (now >= this.until || this.counts.size >= MOST_SOURCES) {
      this.counts = new Map();
      this.until = now + WINDOW_MS;
    }
    const count = (this.counts.get(source) ?? 0) + 1;
    this.counts.set(source, count);
    return count <= A_MINUTE;
  }
}
