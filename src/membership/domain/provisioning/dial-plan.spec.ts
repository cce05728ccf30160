import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dialPlan, keyClass } from './dial-plan.js';

const keys = fc.string({ unit: fc.constantFrom(...'0123456789*#'), minLength: 1, maxLength: 12 });
const codes = fc.array(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 2, maxLength: 4 }), {
  maxLength: 6,
});

describe('a dial plan', () => {
  test('sends emergency numbers at once, and takes everything else, whatever the codes are', () => {
    fc.assert(
      fc.property(codes, keys, (emergency, keyed) => {
        const { atOnce, others } = dialPlan(emergency);
        const sent = atOnce.filter((code) => keyed.startsWith(code));
        const onTheWay = atOnce.some((code) => code !== keyed && code.startsWith(keyed));
        const taken = others.filter(
          ({ prefix, next }) => keyed.startsWith(prefix) && next.includes(keyed.charAt(prefix.length)),
        );
        // Exactly one thing happens to what was keyed: it was sent on the way, can still become an emergency number, or is taken.
        expect(sent.length + taken.length + (onTheWay ? 1 : 0)).toBe(1);
      }),
    );
  });

  test('a code that a longer one begins with waits: else nobody could dial the longer one', () => {
    expect(dialPlan(['11', '112', '110']).atOnce).toEqual(['110', '112']);
  });

  test('without codes takes everything', () => {
    expect(dialPlan([])).toEqual({ atOnce: [], others: [{ prefix: '', next: [...'0123456789*#'] }] });
  });
});

test.each([
  ['02345678*#', '[02-8*#]'],
  ['019', '[019]'],
  ['#', '[#]'],
])('the keys %s are written %s', (given, expected) => {
  expect(keyClass([...given])).toBe(expected);
});
