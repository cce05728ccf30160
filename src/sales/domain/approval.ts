import type { ProductForm, ProductKind } from './product.js';
import type { Tier } from './tier.js';

/** A rule as the operator wrote it; null fits anything. */
export interface ApprovalRule {
  readonly position: number;
  readonly decision: 'approve' | 'operator' | 'reject';
  readonly kind: ProductKind | null;
  readonly form: ProductForm | null;
  readonly tier: Tier | null;
  readonly proved: boolean | null;
  /** Whoever it becomes has a number of ours already. */
  readonly knownHolder: boolean | null;
  /** At most so many numbers before this one. */
  readonly mostNumbers: number | null;
  /** Of NUMBER or AREA-NUMBER. */
  readonly leastDigits: number | null;
  readonly reason: string;
}

/** What is known when an order is decided on. */
export interface ApprovalFacts {
  readonly kind: ProductKind;
  readonly form: ProductForm;
  readonly tier: Tier;
  readonly digits: number;
  readonly proved: boolean;
  readonly numbersHeld: number;
}

export interface Decision {
  readonly decision: ApprovalRule['decision'];
  readonly reason: string;
}

/** The first rule that fits, in the order of their positions; where none does, a person looks at it. */
export function decideApproval(facts: ApprovalFacts, rules: readonly ApprovalRule[]): Decision {
  const rule = rules.toSorted((a, b) => a.position - b.position).find((one) => fits(one, facts));
  if (rule === undefined) return { decision: 'operator', reason: 'no rule decides on this' };
  const { decision, reason } = rule;
  return { decision, reason };
}

const fits = (rule: ApprovalRule, facts: ApprovalFacts): boolean =>
  is(rule.kind, facts.kind) &&
  is(rule.form, facts.form) &&
  is(rule.tier, facts.tier) &&
  is(rule.proved, facts.proved) &&
  is(rule.knownHolder, facts.numbersHeld > 0) &&
  (rule.mostNumbers === null || facts.numbersHeld <= rule.mostNumbers) &&
  (rule.leastDigits === null || facts.digits >= rule.leastDigits);

const is = <T>(wanted: T | null, found: T): boolean => wanted === null || wanted === found;
