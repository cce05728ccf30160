import { describe, expect, test } from '@jest/globals';
import { preferredLanguage } from './preferred-language.js';

describe('preferred language', () => {
  const have = ['en', 'ja', 'ko'];
  test.each([
    [['ko-KR', 'en'], 'ko'],
    [['de-DE', 'ja'], 'ja'],
    [['', 'JA'], 'ja'],
    [['de'], 'en'],
    [[], 'en'],
  ])('%j is met by %s', (wishes, expected) => {
    expect(preferredLanguage(wishes, have)).toBe(expected);
  });
});
