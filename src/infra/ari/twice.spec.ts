import { expect, test } from '@jest/globals';
import { Twice } from './twice.js';

test('given_the_same_text_again_then_it_is_a_double_also_with_others_between', () => {
  const twice = new Twice();
  expect(['a', 'b', 'a', 'c', 'b', 'd'].map((text) => twice.saw(text))).toEqual([
    false,
    false,
    true,
    false,
    true,
    false,
  ]);
});

test('given_many_others_between_then_it_is_forgotten_and_costs_no_memory', () => {
  const twice = new Twice();
  twice.saw('first');
  for (let at = 0; at < 256; at++) twice.saw(`${at}`);
  expect(twice.saw('first')).toBe(false);
});
