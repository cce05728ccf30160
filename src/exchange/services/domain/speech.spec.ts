import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spokenLanguageOf, spokenLanguages } from '../../domain/language.js';
import { localTime, zoneOf } from './local-time.js';
import { partsOf, speechIn } from './speech.js';

const words = (media: readonly string[]) => media.map((uri) => uri.replace('sound:anydial/', '')).join(' ');
const at = (text: string, zone: string) => localTime(Date.parse(text), zone);

describe('what is said in English', () => {
  const speech = speechIn('en');
  it.each([
    [1, 0, 'you-have n-1 new-message'],
    [2, 1, 'you-have n-2 new-messages and n-1 saved-message'],
    [0, 21, 'you-have n-20 n-1 saved-messages'],
    [500, 0, 'you-have n-90 n-9 new-messages'],
  ])('%d new and %d saved messages', (fresh, saved, said) => {
    expect(words(speech.messages(fresh, saved))).toBe(said);
  });

  it.each([
    ['2026-11-23T20:05:00Z', 'received month-11 n-20 n-3 at n-3 oh n-5 pm'],
    ['2026-11-24T05:00:00Z', 'received month-11 n-20 n-4 at n-12 o-clock am'],
    ['2026-07-01T16:45:00Z', 'received month-7 n-1 at n-12 n-40 n-5 pm'],
  ])('%s', (time, said) => {
    expect(words(speech.received(at(time, 'America/New_York')))).toBe(said);
  });
});

describe('what is said in Korean', () => {
  const speech = speechIn('ko');
  it('counts with native numbers', () => {
    expect(words(speech.messages(2, 11))).toBe(
      'new-messages count-2 pieces saved-messages n-10 n-1 pieces there-are',
    );
  });
  it('tells hours by native and minutes by Sino-Korean numbers', () => {
    expect(words(speech.received(at('2026-06-19T15:35:00Z', 'Asia/Seoul')))).toBe(
      'month-6 n-2 n-10 day am hour-12 n-3 n-10 n-5 minute received',
    );
  });
});

describe('what is said in Japanese', () => {
  const speech = speechIn('ja');
  it.each([
    ['2026-04-20T03:10:00Z', 'month-4 day-20 pm hour-0 minute-10 received'],
    ['2026-01-11T00:23:00Z', 'month-1 n-10 n-1 day am hour-9 n-2 n-10 minute-3 received'],
    ['2026-01-01T00:20:00Z', 'month-1 day-1 am hour-9 n-2 minute-10 received'],
  ])('%s', (time, said) => {
    expect(words(speech.received(at(time, 'Asia/Tokyo')))).toBe(said);
  });
  it('counts with the sound change of the last digit', () => {
    expect(words(speech.messages(13, 0))).toBe('new-messages n-10 items-3 there-are');
  });
});

describe('a number that somebody else chose', () => {
  const speech = speechIn('en');
  it('is read digit by digit, without what has no sound', () => {
    expect(words(speech.from('+82 2-6200*#'))).toBe(
      'from digit-8 digit-2 digit-2 digit-6 digit-2 digit-0 digit-0 star pound',
    );
  });
  it.each([undefined, '', 'anonymous', '../../etc'])('%s is nobody', (number) => {
    expect(words(speech.from(number))).toBe('from-unknown');
  });
  it('is read to a bounded length', () => {
    expect(speech.from('1'.repeat(10_000))).toHaveLength(33);
  });
});

describe('every sound that may be named', () => {
  it.each(spokenLanguages)('is a part that has a text, in %s', (language) => {
    const parts = new Set(partsOf(language));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 4_102_444_800_000 }),
        fc.string(),
        (fresh, saved, time, number) => {
          const speech = speechIn(language);
          const said = [
            ...speech.messages(fresh, saved),
            ...speech.heading(saved),
            ...speech.received(localTime(time, 'Asia/Seoul')),
            ...speech.from(number),
            ...speech.digits(number),
          ];
          expect(said.filter((uri) => !parts.has(uri.replace('sound:anydial/', '')))).toEqual([]);
        },
      ),
    );
  });
});

describe('where a listener is', () => {
  it.each([
    ['KR', 'Asia/Seoul'],
    ['JP', 'Asia/Tokyo'],
    ['US', 'America/New_York'],
    ['DE', 'Europe/Berlin'],
    ['??', 'UTC'],
  ])('%s: %s', (country, zone) => expect(zoneOf(country)).toBe(zone));

  it('counts as UTC when the zone is none', () => {
    expect(localTime(0, 'No/Where')).toEqual({ month: 1, day: 1, hour: 0, minute: 0 });
  });

  it.each([
    ['ko', 'ko'],
    ['ko-KR', 'ko'],
    ['JA', 'ja'],
    ['fr', 'en'],
    ['', 'en'],
  ])('language %s is spoken as %s', (tag, spoken) => expect(spokenLanguageOf(tag)).toBe(spoken));
});
