import { remembering } from '../../kernel/remembering.js';
import { type NumberForSale, type Plan, type SaleVerdict, sellable } from '../../numbering/index.js';

const NONE: ReadonlySet<string> = new Set();
const LATELY = 2_000;
const known = new WeakMap<Plan, (number: string) => SaleVerdict>();

/**
 * Whether a number may be sold at all under this plan, whoever has it: every country's numbering plan is asked, which costs
 * some 10 ms, so what was asked about lately is remembered for as long as the plan lives.
 */
export function verdictOf(number: NumberForSale, plan: Plan): SaleVerdict {
  const ask =
    known.get(plan) ?? remembering(LATELY, (text) => sellable(JSON.parse(text) as NumberForSale, plan, NONE));
  known.set(plan, ask);
  return ask(JSON.stringify(number));
}
