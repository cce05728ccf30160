import type { ApprovalRule } from './catalogue-contract.js';

export const NEW_RULE: ApprovalRule = {
  position: 1,
  decision: 'operator',
  kind: null,
  form: null,
  tier: null,
  proved: null,
  knownHolder: null,
  mostNumbers: null,
  leastDigits: null,
  reason: '',
};

const STEP = 10;

/** Positions by the place, with room between them; the reason without its edges. */
export const numbered = (rules: readonly ApprovalRule[]): readonly ApprovalRule[] =>
  rules.map((rule, at) => ({ ...rule, position: (at + 1) * STEP, reason: rule.reason.trim() }));

export const swapped = <T>(list: readonly T[], from: number, to: number): readonly T[] =>
  list.map((one, at) => (at === from ? (list[to] ?? one) : at === to ? (list[from] ?? one) : one));
