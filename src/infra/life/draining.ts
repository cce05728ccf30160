import { Injectable } from '@nestjs/common';
import { type Clock, systemClock } from '../../kernel/clock.js';

/** What a part does when the process is about to end: takes nothing new, and resolves when what it has in hand is done. */
export type Drain = () => Promise<unknown>;

/**
 * The time between the order to end and the end: the process says that it is not ready, takes nothing new, and finishes what nobody
 * else could. A call that talks is not waited for: it goes on in Asterisk, and the next process takes it up.
 */
@Injectable()
export class Draining {
  private readonly clock: Clock = systemClock;
  private readonly parts: Drain[] = [];
  private hasBegun = false;

  get begun(): boolean {
    return this.hasBegun;
  }

  onDrain(part: Drain): void {
    this.parts.push(part);
  }

  /** Resolves with whether all parts were done in time. Never rejects: what fails is not waited for. */
  async drain(withinMs: number): Promise<boolean> {
    this.hasBegun = true;
    const late = Promise.withResolvers<boolean>();
    const cancel = this.clock.after(withinMs, () => late.resolve(false));
    const done = Promise.allSettled(this.parts.map((part) => part())).then(() => true);
    const inTime = await Promise.race([done, late.promise]);
    cancel();
    return inTime;
  }
}
