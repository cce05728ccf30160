import type { Clock } from '../kernel/clock.js';

export interface AdmissionLimits {
  /** Calls at once: what the node's RTP ports carry. */
  readonly calls: number;
  /** New calls a second: below 60 % of what one node was measured to hold (220/s). */
  readonly perSecond: number;
}

/**
 * Whether one more call is let in. Counts what is there (the open calls, the arrivals of the last second) instead of
 * keeping counters, so nothing can drift after a crash.
 */
export class Admission {
  private arrivals: number[] = [];

  constructor(
    private readonly limits: AdmissionLimits,
    private readonly openCalls: () => number,
    private readonly clock: Clock,
  ) {}

  /** Counts the arrival when it says yes. The call that asks is among the open ones already. */
  admit(): boolean {
    const now = this.clock.elapsed();
    const aSecondAgo = this.arrivals.findIndex((at) => now - at < 1_000);
    this.arrivals = aSecondAgo < 0 ? [] : this.arrivals.slice(aSecondAgo);
    if (this.openCalls() > this.limits.calls || this.arrivals.length >= this.limits.perSecond) return false;
    this.arrivals.push(now);
    return true;
  }
}
