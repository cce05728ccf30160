import { describe, expect, test } from '@jest/globals';
import { basketOf, textOf } from './basket-text.js';

describe('a basket in an address', () => {
  test('comes back as it was, without what is not wanted any more', () => {
    expect(basketOf(textOf({ 'desk-phone-t31': 2, card: 0, ata: 1 }))).toEqual({
      'desk-phone-t31': 2,
      ata: 1,
    });
  });
  test('what is no basket is an empty one', () => {
    expect(basketOf('<script>:1,a:-1,b:1e9,:3,c:0')).toEqual({});
  });
});
