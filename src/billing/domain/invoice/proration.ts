import { type Money, scale } from '../../../kernel/money.js';

/** Calendar days from `from` up to and without `to`, as YYYY-MM-DD. */
export interface Days {
  readonly from: string;
  readonly to: string;
}
export interface MonthlyFee {
  readonly days: Days;
  readonly amount: Money;
}

/**
 * A monthly fee for the days it was due, month by month: fee × days due / days of the month, half up to the micro-unit.
 * The first day counts, the day of the end doesn't; a whole month costs exactly the fee.
 */
export function feesFor(fee: Money, due: Days): readonly MonthlyFee[] {
  const fees: MonthlyFee[] = [];
  for (let from = due.from; from < due.to; ) {
    const month = monthOf(from);
    const to = earlier(month.to, due.to);
    const amount = scale(fee, daysIn({ from, to }), daysIn(month), 'half-up');
    fees.push({ days: { from, to }, amount });
    from = to;
  }
  return fees;
}

/** The calendar month of a day. */
export function monthOf(day: string): Days {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const first = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: first(Date.UTC(year, month - 1, 1)), to: first(Date.UTC(year, month, 1)) };
}

function earlier(a: string, b: string): string {
  if (a < b) return a;
  return b;
}

const daysIn = ({ from, to }: Days): bigint => BigInt((Date.parse(to) - Date.parse(from)) / 86_400_000);
