import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { announcements } from '../../domain/announcement.js';
import { spokenLanguages } from '../../domain/language.js';
import { prompts } from './prompts.js';
import { partsOf } from './speech.js';

const textsOf = (language: string) =>
  new Map(
    readFileSync(`asterisk/sounds/prompts/${language}.txt`, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.split(': ', 1)[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
  );

/** Names that belong to one language's numbers and times. */
const allParts = new Set(spokenLanguages.flatMap((language) => partsOf(language)));

describe.each(spokenLanguages)('the prompts in %s', (language) => {
  const texts = textsOf(language);

  it('have a text for all that a service says', () => {
    expect(prompts.filter((name) => !texts.get(name))).toEqual([]);
  });

  it('have a text for all that a caller is told before his call is refused or cut', () => {
    expect([...announcements, 'one-minute-left'].filter((name) => !texts.get(name))).toEqual([]);
  });

  it('have a text for every part of numbers, times and counts', () => {
    expect(partsOf(language).filter((name) => !texts.get(name))).toEqual([]);
  });

  it('are the same as in every other language', () => {
    const common = (one: string) => [...textsOf(one).keys()].filter((name) => !allParts.has(name)).sort();
    expect(common(language)).toEqual(common('en'));
  });
});
