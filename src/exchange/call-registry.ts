import type { Clock } from '../kernel/clock.js';
import type { CallRunner } from './call-runner.js';
import { legNameOf } from './domain/ids.js';
import type { Known } from './domain/reconcile.js';

/** Late events and a look that was under way may speak of a call this long after its end. */
const REMEMBER_MS = 120_000;

/** The open calls of this process, by id and by their caller's channel, and for a while those that ended. */
export class CallRegistry implements Known {
  private readonly open = new Map<string, CallRunner>();
  /** Of each caller's channel the calls that have it, the latest last: a transfer lends a party to another call. */
  private readonly callers = new Map<string, readonly string[]>();
  /** Ended calls' ids and caller channels, oldest first. */
  private readonly past = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  get size(): number {
    return this.open.size;
  }

  add(runner: CallRunner): void {
    const { id, caller } = runner.call;
    this.open.set(id, runner);
    this.callers.set(caller.channel, [...(this.callers.get(caller.channel) ?? []), id]);
  }

  get(callId: string): CallRunner | undefined {
    return this.open.get(callId);
  }

  /** The calls whose caller has this channel. */
  ofCaller(channel: string): readonly CallRunner[] {
    return (this.callers.get(channel) ?? []).flatMap((id) => this.open.get(id) ?? []);
  }

  /** The calls that have this channel as a caller's or a leg's, the latest last. */
  having(channel: string): readonly CallRunner[] {
    const native = this.open.get(legNameOf(channel)?.callId ?? '');
    return native === undefined ? this.ofCaller(channel) : [native, ...this.ofCaller(channel)];
  }

  all(): readonly CallRunner[] {
    return [...this.open.values()];
  }

  /** The call ended and is recorded. */
  forget(runner: CallRunner): void {
    const { id, caller } = runner.call;
    this.open.delete(id);
    const others = (this.callers.get(caller.channel) ?? []).filter((other) => other !== id);
    if (others.length > 0) this.callers.set(caller.channel, others);
    else this.callers.delete(caller.channel);
    const now = this.clock.elapsed();
    this.past.set(id, now);
    this.past.set(caller.channel, now);
    for (const [key, since] of this.past) {
      if (now - since < REMEMBER_MS) break;
      this.past.delete(key);
    }
  }

  call(callId: string): boolean {
    return this.open.has(callId) || this.remembers(callId);
  }

  caller(channel: string): boolean {
    return this.callers.has(channel) || this.remembers(channel);
  }

  private remembers(key: string): boolean {
    const since = this.past.get(key);
    return since !== undefined && this.clock.elapsed() - since < REMEMBER_MS;
  }
}
