import { conversionsFor } from '../billing/index.js';
import type { Sql } from '../infra/db/sql.js';
import { currency } from '../kernel/money.js';

/** A route's cost as its row has it: micro-units of its currency per minute. */
interface Cost {
  readonly cost_micro: string;
  readonly currency: string;
}

/** What a cost comes to in the one currency in which all are compared; null: there is no exchange rate for it. */
export type Compared = (cost: Cost) => bigint | null;

const itself: Compared = ({ cost_micro }) => BigInt(cost_micro);

/**
 * How the costs of these routes are compared: as they are where all have one currency, else by today's exchange rates, all in
 * the currency that most of them have (the one with fewest unknown rates would be another question at every change).
 */
export async function comparing(sql: Sql, routes: readonly Cost[], now: number): Promise<Compared> {
  const counts = new Map<string, number>();
  for (const { currency: code } of routes) counts.set(code, (counts.get(code) ?? 0) + 1);
  if (counts.size < 2) return itself;
  const [[most]] = [...counts].toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b)) as [
    [string, number],
  ];
  const to = currency(most);
  const wishOf = (code: string) => ({ from: currency(code), to, at: now });
  const conversionAt = await conversionsFor(sql, [...counts.keys()].map(wishOf));
  const conversions = new Map([...counts.keys()].map((code) => [code, conversionAt(wishOf(code))] as const));
  return ({ cost_micro, currency: code }) => {
    const conversion = conversions.get(code);
    return conversion === undefined
      ? null
      : (BigInt(cost_micro) * conversion.numerator) / conversion.denominator;
  };
}
