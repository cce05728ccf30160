import { expect, it } from '@jest/globals';
import { keyOf } from './number-key.js';

it.each([
  ['02-6200-6200-082', '0262006200082'],
  ['6200-6200#082', '62006200#'],
  ['6200-6200#', '62006200#'],
])('given_%s_as_it_is_written_then_its_key_is_%s', (shown, key) => {
  expect(keyOf(shown)).toBe(key);
});
