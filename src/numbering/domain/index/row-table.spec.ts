import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packDigits, unpackDigits } from './packed-digits.js';
import { packUuid, unpackUuid } from './packed-uuid.js';
import { RowTable } from './row-table.js';

describe('a table of rows', () => {
  it('keeps what a map would, through any insertions and removals, colliding or not', () => {
    const change = fc.record({ insert: fc.boolean(), key: fc.nat(40), value: fc.nat(1_000) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        const table = new RowTable(1, 2);
        const model = new Map<number, number>();
        for (const { insert, key, value } of changes) {
          const words = Uint32Array.of(key);
          if (insert) {
            table.setWord(table.insert(words), 1, value);
            model.set(key, value);
          } else {
            table.remove(words);
            model.delete(key);
          }
          expect(table.size).toBe(model.size);
        }
        for (let key = 0; key <= 40; key++) {
          const row = table.find(Uint32Array.of(key));
          expect(row < 0 ? undefined : table.word(row, 1)).toBe(model.get(key));
        }
      }),
    );
  });

  it('grows, and finds everything again; removed places are used again', () => {
    const table = new RowTable(2, 3);
    const key = (i: number) => Uint32Array.of(i, i ^ 0xffff);
    for (let i = 0; i < 50_000; i++) table.setWord(table.insert(key(i)), 2, i);
    for (let i = 0; i < 50_000; i += 2) table.remove(key(i));
    const before = table.bytes;
    for (let i = 50_000; i < 75_000; i++) table.insert(key(i));
    expect(table.bytes).toBe(before);
    expect(table.size).toBe(50_000);
    for (let i = 1; i < 50_000; i += 2) expect(table.word(table.find(key(i)), 2)).toBe(i);
    expect(table.find(key(2))).toBe(-1);
  });

  it('gives a new row with nothing of the removed one in it', () => {
    const table = new RowTable(1, 2);
    table.setWord(table.insert(Uint32Array.of(1)), 1, 7);
    table.remove(Uint32Array.of(1));
    expect(table.word(table.insert(Uint32Array.of(2)), 1)).toBe(0);
  });
});

describe('packed keys', () => {
  it('are the same after packing and unpacking, and different keys stay different', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{0,23}#?$/), fc.stringMatching(/^[0-9]{0,23}#?$/), (a, b) => {
        expect(unpackDigits(packDigits(a, 3), 0, 3)).toBe(a);
        if (a !== b) expect(packDigits(a, 3)).not.toEqual(packDigits(b, 3));
      }),
    );
  });

  it('are refused when too long or not of digits', () => {
    expect(() => packDigits('1'.repeat(25), 3)).toThrow('too long');
    expect(() => packDigits('+82', 3)).toThrow('not a key');
  });

  it('of UUIDs are the same after packing and unpacking; other ids are refused', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const words = new Uint32Array(6);
        packUuid(uuid, words, 1);
        expect(unpackUuid(words, 1)).toBe(uuid);
      }),
    );
    expect(() => packUuid('1', new Uint32Array(4), 0)).toThrow('not a UUID');
  });
});
