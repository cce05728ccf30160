import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { currency, money } from '../../../kernel/money.js';
import { feesFor, monthOf } from './proration.js';

const fee = money(3_100_000n, currency('USD'));
const amounts = (from: string, to: string) => feesFor(fee, { from, to }).map(({ amount }) => amount.micros);

describe('a monthly fee', () => {
  it('costs a whole month exactly, in every month', () => {
    expect(amounts('2026-01-01', '2026-04-01')).toEqual([3_100_000n, 3_100_000n, 3_100_000n]);
  });

  it('costs the days it was due of the days of that month, without the day of the end', () => {
    expect(amounts('2026-01-16', '2026-01-17')).toEqual([100_000n]);
    expect(amounts('2026-01-31', '2026-02-02')).toEqual([100_000n, 110_714n]);
    expect(amounts('2024-02-29', '2024-03-01')).toEqual([106_897n]);
  });

  it('costs nothing for no day', () => {
    expect(amounts('2026-01-16', '2026-01-16')).toEqual([]);
  });

  it('covers each day once, whatever the span', () => {
    const day = fc
      .integer({ min: 0, max: 4_000 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const fees = feesFor(fee, { from, to });
        expect(fees.every(({ days }, index) => days.from === (fees[index - 1]?.days.to ?? from))).toBe(true);
        expect(fees.at(-1)?.days.to ?? from).toBe(to);
        expect(fees.every(({ days }) => days.to <= monthOf(days.from).to)).toBe(true);
      }),
    );
  });
});
