import { describe, expect, test } from '@jest/globals';
import { NEW_RULE, numbered, swapped } from './rule-order.js';

describe('the order of rules', () => {
  test('positions follow the places', () => {
    const rules = [
      { ...NEW_RULE, position: 900, reason: ' a ' },
      { ...NEW_RULE, position: 3, reason: 'b' },
    ];
    expect(numbered(rules).map(({ position, reason }) => [position, reason])).toEqual([
      [10, 'a'],
      [20, 'b'],
    ]);
  });

  test('two change places; beyond the ends nothing is lost', () => {
    expect(swapped(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
    expect(swapped(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  });
});
