import { byRank, type Time, type WaitingCall } from './facts.js';

/** Callers of one queue, language and priority, the one who came first in front. */
export class WaitingLine {
  private readonly calls: WaitingCall[] = [];

  constructor(
    readonly queueId: string,
    readonly language: string,
    readonly onlyAgent: string | undefined,
  ) {}

  get size(): number {
    return this.calls.length;
  }

  add(call: WaitingCall): void {
    this.calls.splice(this.place(call), 0, call);
  }

  remove(call: WaitingCall): void {
    const at = this.place(call);
    if (this.calls[at]?.id === call.id) this.calls.splice(at, 1);
  }

  /** How many stand before this one. */
  place(call: WaitingCall): number {
    return this.search((one) => byRank(one, call) >= 0);
  }

  /** The first who came after that time. */
  firstAfter(time: Time): WaitingCall | undefined {
    return this.calls[this.search(({ enteredAt }) => enteredAt > time)];
  }

  all(): readonly WaitingCall[] {
    return this.calls;
  }

  /** The first place for which this is true; it must be false before and true from there on. */
  private search(isThere: (call: WaitingCall) => boolean): number {
    let low = 0;
    let high = this.calls.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isThere(this.calls[middle] as WaitingCall)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
