import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { pageOf, pageQuery } from './page.js';

const query = pageQuery(z.tuple([z.string(), z.int()]));

describe('pages', () => {
  test('following the cursors visits each item once, whatever the page size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 10 }), (count, limit) => {
        const all = Array.from({ length: count }, (_, index) => ({ name: `n${index}`, index }));
        const seen: number[] = [];
        let after = -1;
        for (;;) {
          const found = all.filter((item) => item.index > after).slice(0, limit + 1);
          const page = pageOf(found, limit, (item) => [item.name, item.index]);
          seen.push(...page.items.map((item) => item.index));
          if (page.nextCursor === null) break;
          after = query.parse({ cursor: page.nextCursor }).cursor?.[1] ?? Number.NaN;
        }
        expect(seen).toEqual(all.map((item) => item.index));
      }),
    );
  });

  test('any text as cursor is either one of ours or refused, never thrown over', () => {
    fc.assert(
      fc.property(fc.string(), (cursor) => {
        expect(query.safeParse({ cursor }).success).toBe(false);
      }),
    );
  });

  test.each([0, 201, 'x', '1.5', ''])('a limit of %p is refused', (limit) => {
    expect(query.safeParse({ limit }).success).toBe(false);
  });

  test('without anything said, 50 items from the start', () => {
    expect(query.parse({})).toEqual({ limit: 50 });
  });
});
