import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { longestPrefix, prefixTable } from './prefix-table.js';

describe('prefix table', () => {
  it('gives the longest prefix, not the first or the last one added', () => {
    const table = prefixTable([
      ['82', 'korea'],
      ['8210', 'korean mobiles'],
      ['', 'anywhere'],
      ['1', 'nanp'],
    ]);
    expect(longestPrefix(table, '821012345678')).toBe('korean mobiles');
    expect(longestPrefix(table, '8221234567')).toBe('korea');
    expect(longestPrefix(table, '44')).toBe('anywhere');
    expect(longestPrefix(table, '')).toBe('anywhere');
    expect(table.size).toBe(4);
  });

  it('falls back to a shorter prefix when the longer is not accepted', () => {
    const table = prefixTable([
      ['82', 1],
      ['8210', 2],
    ]);
    expect(longestPrefix(table, '8210', (value) => value < 2)).toBe(1);
    expect(longestPrefix(table, '8210', () => false)).toBeUndefined();
  });

  it('stops reading at what is no digit', () => {
    const table = prefixTable([['82', 'korea']]);
    expect(longestPrefix(table, '82#1')).toBe('korea');
    expect(longestPrefix(table, '+82')).toBeUndefined();
  });

  it('refuses to be built from a prefix given twice or not of digits', () => {
    expect(() =>
      prefixTable([
        ['1', 'a'],
        ['1', 'b'],
      ]),
    ).toThrow('given twice');
    expect(() => prefixTable([['+1', 'a']])).toThrow('not a prefix');
    expect(() => prefixTable([['１', 'a']])).toThrow('not a prefix');
  });

  it('agrees with trying every prefix from long to short, for any table and number', () => {
    const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-3]{0,${max}}$`));
    fc.assert(
      fc.property(fc.uniqueArray(digits(6), { maxLength: 200 }), digits(10), (prefixes, number) => {
        const table = prefixTable(prefixes.map((prefix) => [prefix, prefix] as const));
        const expected = prefixes
          .filter((prefix) => number.startsWith(prefix))
          .sort((a, b) => b.length - a.length)[0];
        expect(longestPrefix(table, number)).toBe(expected);
      }),
    );
  });
});
