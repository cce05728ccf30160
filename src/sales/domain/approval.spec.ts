import { describe, expect, it } from '@jest/globals';
import { type ApprovalFacts, type ApprovalRule, decideApproval } from './approval.js';

const any = {
  kind: null,
  form: null,
  tier: null,
  proved: null,
  knownHolder: null,
  mostNumbers: null,
  leastDigits: null,
} as const;
const rule = (
  position: number,
  decision: ApprovalRule['decision'],
  more: Partial<ApprovalRule>,
): ApprovalRule => ({
  ...any,
  position,
  decision,
  reason: `rule ${position}`,
  ...more,
});
const person: ApprovalFacts = {
  kind: 'person',
  form: 'own-telephone',
  tier: 'plain',
  digits: 10,
  proved: true,
  numbersHeld: 0,
};
const rules = [
  rule(30, 'approve', { kind: 'company', knownHolder: true, mostNumbers: 20 }),
  rule(10, 'operator', { tier: 'premium' }),
  rule(20, 'approve', { kind: 'person', proved: true, mostNumbers: 2 }),
  rule(40, 'reject', { leastDigits: 17 }),
];
const decided = (facts: Partial<ApprovalFacts>) => decideApproval({ ...person, ...facts }, rules);

describe('approval by rules', () => {
  it.each([
    ['a person with a proved telephone', {}, 'approve', 'rule 20'],
    ['his third number', { numbersHeld: 2 }, 'approve', 'rule 20'],
    ['his fourth number', { numbersHeld: 3 }, 'operator', 'no rule decides on this'],
    ['an unproved person', { proved: false }, 'operator', 'no rule decides on this'],
    ['a premium number, whoever asks', { tier: 'premium' }, 'operator', 'rule 10'],
    ['a new company', { kind: 'company', form: 'company' }, 'operator', 'no rule decides on this'],
    ['a company that is known', { kind: 'company', form: 'company', numbersHeld: 1 }, 'approve', 'rule 30'],
    ['what a rule rejects', { proved: false, digits: 17 }, 'reject', 'rule 40'],
  ] as const)('%s', (_, facts, decision, reason) => {
    expect(decided(facts)).toEqual({ decision, reason });
  });

  it('without any rule is a person’s', () => {
    expect(decideApproval(person, []).decision).toBe('operator');
  });
});
