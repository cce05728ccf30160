import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

const here = import.meta.dirname;
const languages = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const areasOf = (language: string) => globSync('*.json', { cwd: `${here}/${language}` }).sort();
const textsOf = (language: string, area: string): Record<string, unknown> =>
  JSON.parse(readFileSync(`${here}/${language}/${area}`, 'utf8'));
/** English has two plural forms, Korean and Japanese one: the same text. */
const keysOf = (texts: Record<string, unknown>) =>
  [...new Set(Object.keys(texts).map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '_…')))].sort();
const gapsOf = (text: unknown) => [...new Set(String(text).match(/{{[^}]+}}|<\/?\d+>/g) ?? [])].sort();

describe('texts', () => {
  test('there are at least English, Korean and Japanese', () => {
    expect(languages).toEqual(expect.arrayContaining(['en', 'ko', 'ja']));
  });

  test.each(languages)('%s has the same areas as English', (language) => {
    expect(areasOf(language)).toEqual(areasOf('en'));
  });

  const pairs = languages.flatMap((language) => areasOf('en').map((area) => [language, area] as const));
  test.each(pairs)('%s/%s has the same keys as English, all filled, with the same gaps', (language, area) => {
    const [english, texts] = [textsOf('en', area), textsOf(language, area)];
    expect(keysOf(texts)).toEqual(keysOf(english));
    expect(
      Object.entries(texts).filter(([, text]) => typeof text !== 'string' || text.trim() === ''),
    ).toEqual([]);
    for (const key of Object.keys(texts).filter((one) => one in english)) {
      expect([key, gapsOf(texts[key])]).toEqual([key, gapsOf(english[key])]);
    }
  });
});
