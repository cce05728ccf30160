import { expect, test } from '@jest/globals';
import { currency, money } from '../../kernel/money.js';
import { takesTwo } from './one-person-limits.js';

test.each([
  ['USD', 100_000_000n, false],
  ['USD', 100_000_001n, true],
  ['CHF', 1n, true],
])('%s %d micros takes two persons: %s', (code, micros, two) => {
  const limits = new Map([['USD', 100_000_000n]]);
  expect(takesTwo(limits, money(micros, currency(code)))).toBe(two);
});
