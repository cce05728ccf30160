/** Where time comes from. Domain code takes a `Clock` so that tests decide what time it is and when timers fire. */
export interface Clock {
  /** Wall clock: may jump (NTP, operators). For stamps, never for measuring. */
  now(): Date;
  /** Milliseconds since an arbitrary start; never goes back. For measuring. */
  elapsed(): number;
  /** Calls `run` once after `ms`; returns how to take it back. The timer doesn't keep a process alive. */
  after(ms: number, run: () => void): CancelTimer;
}
export type CancelTimer = () => void;

export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

interface ManualTimer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until told: `advance` fires due timers in the order of their time, then of their setting. */
export class ManualClock implements Clock {
  private elapsedMs = 0;
  private order = 0;
  private timers: ManualTimer[] = [];

  constructor(private readonly startedAt: Date = new Date('2026-01-01T00:00:00Z')) {}

  now(): Date {
    return new Date(this.startedAt.getTime() + this.elapsedMs);
  }

  elapsed(): number {
    return this.elapsedMs;
  }

  after(ms: number, run: () => void): CancelTimer {
    const timer = { at: this.elapsedMs + ms, order: this.order++, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** How many timers are still set: a machine at rest leaves none. */
  get pending(): number {
    return this.timers.length;
  }

  advance(ms: number): void {
    const until = this.elapsedMs + ms;
    for (let due = this.nextDue(until); due !== undefined; due = this.nextDue(until)) {
      const timer = due;
      this.timers = this.timers.filter((other) => other !== timer);
      this.elapsedMs = Math.max(this.elapsedMs, timer.at);
      timer.run();
    }
    this.elapsedMs = until;
  }

  private nextDue(until: number): ManualTimer | undefined {
    return this.timers
      .filter((timer) => timer.at <= until)
      .sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}
