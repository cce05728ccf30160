import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PrefixTable } from './prefix-table.js';

const digits = fc.stringMatching(/^[0-9]{0,6}$/);

describe('a prefix table', () => {
  it('finds the longest prefix, exactly one, and all of them, whatever was set and deleted before', () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), prefix: digits, value: fc.nat(99) }),
      fc.record({ kind: fc.constant('delete' as const), prefix: digits, value: fc.constant(0) }),
    );
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 60 }),
        fc.array(fc.stringMatching(/^[0-9]{0,8}$/)),
        (changes, queries) => {
          const table = new PrefixTable<number>();
          const model = new Map<string, number>();
          for (const { kind, prefix, value } of changes) {
            if (kind === 'set') {
              table.set(prefix, value);
              model.set(prefix, value);
            } else {
              expect(table.delete(prefix)).toBe(model.delete(prefix));
            }
          }
          expect(table.size).toBe(model.size);
          for (const query of [...queries, ...model.keys()]) {
            const matching = [...model]
              .filter(([p]) => query.startsWith(p))
              .sort(([a], [b]) => b.length - a.length);
            expect(table.all(query)).toEqual(matching.map(([, value]) => value));
            expect(table.longest(query)).toBe(matching[0]?.[1]);
            expect(table.get(query)).toBe(model.get(query));
          }
        },
      ),
    );
  });

  it('has the empty prefix for a default, and stops reading at what is no digit', () => {
    const table = PrefixTable.from([
      ['', 'world'],
      ['82', 'korea'],
    ]);
    expect([table.longest('1'), table.longest('82#1'), table.longest('8'), table.longest('')]).toEqual([
      'world',
      'korea',
      'world',
      'world',
    ]);
  });

  it('refuses a prefix that is none', () => {
    for (const prefix of ['+82', '8a', ' 8', '８'])
      expect(() => new PrefixTable<string>().set(prefix, 'x')).toThrow('not a digit prefix');
  });

  it('grows with what is put in, a hundred thousand prefixes within 30 MB', () => {
    const table = PrefixTable.from(Array.from({ length: 100_000 }, (_, i) => [String(i * 7919), i] as const));
    expect(table.size).toBe(100_000);
    expect(table.bytes).toBeLessThan(30_000_000);
    expect(table.get(String(4_242 * 7919))).toBe(4_242);
  });
});
