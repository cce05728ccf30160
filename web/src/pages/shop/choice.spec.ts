import { describe, expect, test } from '@jest/globals';
import { likelyCountry } from './choice.js';

describe('the country that is chosen at first', () => {
  const sold = ['JP', 'KR', 'US'];
  test.each([
    [['ko'], 'KR'],
    [['de-DE', 'en-US'], 'US'],
    [['fr'], 'JP'],
    [['en-GB'], 'US'],
    [['not a tag', 'ja-JP'], 'JP'],
  ])('%j is %s', (tags, expected) => {
    expect(likelyCountry(sold, tags)).toBe(expected);
  });
});
