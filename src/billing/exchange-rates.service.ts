import type { Sql } from '../infra/db/sql.js';
import type { Currency } from '../kernel/money.js';
import { type Conversion, conversionOf, inverse, sameCurrency } from './domain/conversion.js';
import type { Reads } from './reads.js';

export interface ConversionWish {
  readonly from: Currency;
  readonly to: Currency;
  /** ms since epoch; its UTC day's rate is taken, or the latest before. */
  readonly at: number;
}
export type ConversionAt = (wish: ConversionWish) => Conversion | undefined;

/** Rates for these conversions, in one query; a pair that is only known the other way round is inverted exactly. */
export async function conversionsFor(sql: Reads, wishes: readonly ConversionWish[]): Promise<ConversionAt> {
  const foreign = wishes.filter(({ from, to }) => from !== to);
  if (foreign.length === 0) return ({ from, to }) => (from === to ? sameCurrency(from) : undefined);
  const keys = [...new Set(foreign.map(keyOf))].map((key) => key.split(' '));
  const rows = await sql.rows<{ key: string; there: string | null; back: string | null }>(RATES, [
    keys.map(([from]) => from),
    keys.map(([, to]) => to),
    keys.map(([, , day]) => day),
  ]);
  const found = new Map(rows.map((row) => [row.key, row]));
  return (wish) => {
    const { from, to } = wish;
    if (from === to) return sameCurrency(from);
    const row = found.get(keyOf(wish));
    if (row?.there != null) return conversionOf(from, to, row.there);
    return row?.back == null ? undefined : inverse(conversionOf(to, from, row.back));
  };
}

/** Notes a day's rate: 1 `from` = `rate` `to`, a decimal as text. Returns false when that day has one already. */
export async function noteRate(
  sql: Sql,
  rate: { from: Currency; to: Currency; day: string; rate: string; source: string },
): Promise<boolean> {
  const noted = await sql.run(
    `INSERT INTO exchange_rate (from_currency, to_currency, day, rate, source) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [rate.from, rate.to, rate.day, rate.rate, rate.source],
  );
  return noted === 1;
}

const keyOf = ({ from, to, at }: ConversionWish): string =>
  `${from} ${to} ${new Date(at).toISOString().slice(0, 10)}`;

const RATES = `
  SELECT w.from_currency || ' ' || w.to_currency || ' ' || w.day AS key,
         (SELECT rate::text FROM exchange_rate e
           WHERE (e.from_currency, e.to_currency) = (w.from_currency, w.to_currency) AND e.day <= w.day
           ORDER BY e.day DESC LIMIT 1) AS there,
         (SELECT rate::text FROM exchange_rate e
           WHERE (e.from_currency, e.to_currency) = (w.to_currency, w.from_currency) AND e.day <= w.day
           ORDER BY e.day DESC LIMIT 1) AS back
    FROM unnest($1::bpchar[], $2::bpchar[], $3::date[]) AS w (from_currency, to_currency, day)`;
