import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CCCS } from '../telephone/country-codes.js';
import { assignmentKey, bareDigits, canonicalKey } from './keys.js';
import { formatVns, parseVns } from './vns.js';

describe('company numbers', () => {
  it('are the same after format and parse, whatever the number and country', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{3,12}$/), fc.constantFrom(...CCCS), (number, ccc) => {
        const vns = { kind: 'vns', number, ccc } as const;
        expect(parseVns(formatVns(vns))).toEqual({ ok: true, value: vns });
        expect(parseVns(canonicalKey(vns))).toEqual({ ok: true, value: vns });
        expect(parseVns(`${number}*${Number(ccc)}`)).toEqual({ ok: true, value: vns });
      }),
    );
  });

  it('have one key for the world, a canonical key for each country, and digits for keypads without #', () => {
    const vns = { kind: 'vns', number: '62006200', ccc: '082' } as const;
    expect([assignmentKey(vns), canonicalKey(vns), bareDigits(vns)]).toEqual([
      '62006200#',
      '62006200#082',
      '62006200082',
    ]);
  });

  it.each([
    ['62006200', '6200-6200#082'],
    ['123', '123#082'],
    ['123456', '12-3456#082'],
    ['1234567', '123-4567#082'],
    ['123456789012', '1234-5678-9012#082'],
  ])('%s is written %s', (number, written) => {
    expect(formatVns({ kind: 'vns', number, ccc: '082' })).toBe(written);
  });

  it.each([
    ['', 'number.malformed'],
    ['62006200', 'number.malformed'],
    ['62006200082', 'number.malformed'],
    ['12#082', 'number.malformed'],
    ['1234567890123#082', 'number.malformed'],
    ['62006200#', 'number.malformed'],
    ['+6200#082', 'number.malformed'],
    ['62006200#999', 'number.unknown_ccc'],
    ['62006200#0', 'number.unknown_ccc'],
  ])('%j is refused: %s', (text, code) => {
    expect(parseVns(text)).toMatchObject({ ok: false, failure: { code } });
  });
});
