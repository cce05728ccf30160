import { expect, test } from '@jest/globals';
import { matches } from './etag.js';

test.each([
  ['"a"', '"a"', true],
  ['"b", "a"', '"a"', true],
  ['*', '"a"', true],
  ['"b"', '"a"', false],
  ['W/"a"', '"a"', false],
  ['W/"a"', 'W/"a"', false],
  ['', '"a"', false],
])('If-Match: %s against %s is %s', (wanted, current, held) => {
  expect(matches(wanted, current)).toBe(held);
});
