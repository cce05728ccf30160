import type { Call } from './domain/call.js';
import type { Decision } from './domain/verdict.js';
import type { ExchangeWatch } from './exchange.watch.js';
import type { OpenUses } from './open-uses.js';

/** Lets the count of what calls use follow the calls; everything is told on. */
export class UsesWatch implements ExchangeWatch {
  constructor(
    private readonly uses: OpenUses,
    private readonly next: ExchangeWatch,
  ) {}

  arrived(call: Call): void {
    this.next.arrived(call);
  }

  adopted(call: Call): void {
    this.uses.moved(call);
    this.next.adopted(call);
  }

  moved(before: Call, after: Call): void {
    this.uses.moved(after);
    this.next.moved(before, after);
  }

  over(call: Call): void {
    this.uses.moved(call);
    this.next.over(call);
  }

  stranger(channel: string, reason: string): void {
    this.next.stranger(channel, reason);
  }

  disconnected(reason: string): void {
    this.next.disconnected(reason);
  }

  looked(outcome: 'done' | 'failed', calls: number, seconds: number): void {
    this.next.looked(outcome, calls, seconds);
  }

  failed(call: Call, error: unknown): void {
    this.next.failed(call, error);
  }
}

/** A decision that lets a call through takes at once what its first attempt needs, so the next one counts it. */
export function taking(
  uses: OpenUses,
  call: Call,
  decided: Decision | Promise<Decision>,
): Decision | Promise<Decision> {
  const take = (decision: Decision): Decision => {
    uses.begin(call, decision.verdict);
    return decision;
  };
  return decided instanceof Promise ? decided.then(take) : take(decided);
}
