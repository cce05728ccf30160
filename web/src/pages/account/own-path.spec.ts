import { describe, expect, test } from '@jest/globals';
import { ownPath } from './own-path.js';

describe('where somebody goes after signing in', () => {
  test.each([
    ['/shop/orders/1?a=b', '/shop/orders/1?a=b'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    [null, '/'],
  ])('%s leads to %s', (next, expected) => {
    expect(ownPath(next)).toBe(expected);
  });
});
