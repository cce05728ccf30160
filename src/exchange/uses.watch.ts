import { longestPrefix } from '../kernel/prefix-table.js';
import type { Call } from './domain/call.js';
import type { Load } from './domain/load.js';
import type { Network } from './domain/network.js';
import type { Decision, LegPlan } from './domain/verdict.js';
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

/** Whether more calls use a leg's trunk or route than may; the leg's own call is counted already. */
export function isOver(network: Network, uses: Load, { kind, target, route, e164 }: LegPlan): boolean {
  if (kind !== 'trunk') return false;
  const over = (most: number | null | undefined, calls: number): boolean =>
    most !== null && most !== undefined && calls > most;
  if (over(network.trunks.get(target)?.maxCalls, uses.calls('trunk', target))) return true;
  if (route === undefined || e164 === undefined) return false;
  const chosen = longestPrefix(network.routes, e164.slice(1))?.find(({ id }) => id === route);
  return over(chosen?.maxCalls, uses.calls('route', route));
}
