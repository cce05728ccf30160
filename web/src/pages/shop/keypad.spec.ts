import { describe, expect, test } from '@jest/globals';
import { hasLetters, KEYPAD, pressedFor } from './keypad.js';

describe('letters by the keypad', () => {
  test.each([
    ['CALL', '2255'],
    ['call-me 24', '22556324'],
    ['62??62??', '62??62??'],
    ['QZ', '79'],
    ['번호', ''],
  ])('%s is pressed as %s', (text, digits) => expect(pressedFor(text)).toBe(digits));

  test('each letter is on one key', () => {
    const letters = KEYPAD.map(([, of]) => of).join('');
    expect([...letters].sort().join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  });

  test('digits alone are no word', () => {
    expect([hasLetters('62006200'), hasLetters('6200CALL')]).toEqual([false, true]);
  });
});
