import { describe, expect, it } from '@jest/globals';
import { lasting } from './clock.js';

describe('how long something lasts', () => {
  it.each([
    [0, '0:00'],
    [62_900, '1:02'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('given_%d_ms_then_%s', (ms, text) => {
    expect(lasting(ms)).toBe(text);
  });
});
