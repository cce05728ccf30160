import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { candidateAt, candidatesOf, fitsMask, masksOf, readPattern } from './vanity.js';

const walk = (masks: readonly string[]): readonly string[] =>
  Array.from({ length: candidatesOf(masks) }, (_, place) => candidateAt(masks, place)).filter(
    (one) => one !== undefined,
  );

describe('patterns', () => {
  it.each([
    ['62??62??', '62??62??', false],
    ['6200-6200', '62006200', false],
    ['call', '2255', true],
    ['CALL-ME', '225563', true],
    ['abcdefghijklmnop', '2223334445556667', true],
    ['QRSTUVWXYZ', '7777888999'.replace('7777888999', '7778889999'), true],
  ])('%s is read as %s', (text, digits, letters) => {
    expect(readPattern(text)).toEqual({ ok: true, value: { digits, letters } });
  });

  it.each(['', '62*', "'; drop", '1'.repeat(18), '전화', '%'])('%j is refused', (text) => {
    expect(readPattern(text)).toMatchObject({ ok: false, failure: { code: 'pattern.malformed' } });
  });

  it('are laid over a base: whole, at its beginning, at its end, anywhere, and never against what is fixed', () => {
    expect(masksOf('????', '62', 'exact')).toEqual([]);
    expect(masksOf('????', '62??', 'exact')).toEqual(['62??']);
    expect(masksOf('????', '62', 'starts')).toEqual(['62??']);
    expect(masksOf('????', '62', 'ends')).toEqual(['??62']);
    expect(masksOf('????', '62', 'contains')).toEqual(['62??', '?62?', '??62']);
    expect(masksOf('0591??', '62', 'contains')).toEqual(['059162']);
    expect(masksOf('0591??', '91', 'contains')).toEqual(['0591??', '059191']);
    expect(masksOf('12', '123', 'ends')).toEqual([]);
  });
});

describe('the walk through candidates', () => {
  it('meets every number that fits exactly once, those with one digit over and over first', () => {
    const found = walk(['62??62??']);
    expect(found.slice(0, 3)).toEqual(['62006200', '62116211', '62226222']);
    expect(found).toHaveLength(10_000);
    expect(new Set(found).size).toBe(10_000);
    expect(found.every((one) => fitsMask('62??62??', one))).toBe(true);
  });

  it('of overlapping masks meets each number once, whatever the masks', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9?]{1,3}$/),
        fc.constantFrom('contains' as const, 'ends' as const, 'starts' as const),
        (pattern, mode) => {
          const masks = masksOf('????', pattern, mode);
          const found = walk(masks);
          expect(new Set(found).size).toBe(found.length);
          const all = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'));
          expect(new Set(found)).toEqual(
            new Set(all.filter((one) => masks.some((mask) => fitsMask(mask, one)))),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('of a pattern without a free place is the number itself', () => {
    expect(walk(['62006200'])).toEqual(['62006200']);
  });
});
