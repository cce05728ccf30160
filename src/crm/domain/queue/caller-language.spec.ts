import { describe, expect, it } from '@jest/globals';
import { languageAt } from './caller-language.js';

const spoken = ['ko', 'en', 'ja'];

describe("a caller's language at a queue", () => {
  it.each([
    ['his membership says', { own: 'ja-JP', remembered: 'en', country: 'KR' }, { language: 'ja' }],
    ['he chose it before', { remembered: 'en', country: 'KR' }, { language: 'en' }],
    ['his country has one', { country: 'JP' }, { language: 'ja' }],
    ['his own is not spoken there, his country’s is', { own: 'fr', country: 'US' }, { language: 'en' }],
    ['nobody can say: he is asked', { country: 'CH' }, { ask: spoken }],
    ['nothing known of him is spoken there: he is asked', { own: 'fr', country: 'FR' }, { ask: spoken }],
  ])('%s', (_, caller, expected) => expect(languageAt(caller, spoken)).toEqual(expected));

  it('given_the_queue_speaks_one_language_only_then_nobody_is_asked', () => {
    expect(languageAt({ own: 'fr', country: 'CH' }, ['ko'])).toEqual({ language: 'ko' });
  });
});
