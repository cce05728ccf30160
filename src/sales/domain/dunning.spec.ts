import { describe, expect, it } from '@jest/globals';
import { type Dunning, decideDunning } from './dunning.js';

const due = (more: Partial<Dunning>): Dunning => ({
  state: 'overdue',
  interval: 'month',
  covered: false,
  overdueFor: 0,
  reminded: false,
  graceDays: 14,
  overdueDays: 30,
  ...more,
});

describe('what is done about a fee that is due', () => {
  it.each<[string, Partial<Dunning>, string | undefined]>([
    ['a yearly fee that the wallet has', { state: 'active', interval: 'year', covered: true }, 'renew'],
    ['a wallet that owes nothing', { state: 'active', covered: true }, undefined],
    ['a fee that the wallet has not', { state: 'active' }, 'miss'],
    ['the days after that', { overdueFor: 10 }, undefined],
    ['three days before the number is out of service', { overdueFor: 11 }, 'remind'],
    ['the same day, reminded', { overdueFor: 11, reminded: true }, undefined],
    ['the end of the grace', { overdueFor: 14, reminded: true }, 'suspend'],
    ['money on the last day of the grace', { overdueFor: 14, covered: true }, 'renew'],
    ['a number out of service', { state: 'suspended', overdueFor: 29 }, undefined],
    ['money while it is out of service', { state: 'suspended', overdueFor: 29, covered: true }, 'renew'],
    ['no money for 30 days', { state: 'suspended', overdueFor: 30 }, 'lapse'],
    ['money on the very last day', { state: 'suspended', overdueFor: 30, covered: true }, 'renew'],
    ['an upkeep that did not run for months', { overdueFor: 90 }, 'suspend'],
    ['a contract that ends anyway', { state: 'ending' }, undefined],
  ])('given %s', (_, given, expected) => {
    expect(decideDunning(due(given))).toBe(expected);
  });
});
