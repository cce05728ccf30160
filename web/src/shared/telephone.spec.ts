import { describe, expect, test } from '@jest/globals';
import { e164Of, isE164 } from './telephone.js';

describe('a telephone as people write it', () => {
  test.each([
    ['+82 2-6200-6200', '+82262006200', true],
    ['0044 (20) 7946.0000', '+442079460000', true],
    ['02-6200-6200', '0262006200', false],
    ['', '', false],
  ])('%s is %s', (text, e164, usable) => {
    expect([e164Of(text), isE164(text)]).toEqual([e164, usable]);
  });
});
