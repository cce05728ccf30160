import type { Call } from './domain/call.js';
import type { Decision } from './domain/verdict.js';
import type { ExchangeWatch } from './exchange.watch.js';
import type { OpenUses } from './open-uses.js';

/** Lets the count of what calls use follow the calls. */
export const usesWatch = (uses: OpenUses): Partial<ExchangeWatch> => ({
  adopted: (call) => uses.moved(call),
  moved: (_, after) => uses.moved(after),
  over: (call) => uses.moved(call),
});

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
