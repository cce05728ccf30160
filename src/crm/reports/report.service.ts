import type { Sql } from '../../infra/db/sql.js';
import { currency as currencyOf, formatAmount, money } from '../../kernel/money.js';
import { amountsQuery, type ReportWish, sumsQuery } from './report-queries.js';

interface Sums {
  readonly key: string;
  readonly calls: number;
  readonly callsAnswered: number;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly waitedMs: number;
  readonly talkedMs: number;
  readonly scored: number;
  readonly score: number;
  readonly orders: number;
  readonly joined: number;
  readonly left: number;
}
export interface Amount {
  readonly currency: string;
  readonly amount: string;
}
export interface ReportRow {
  readonly key: string;
  /** What people call it: a queue's, company's or agent's name. */
  readonly name: string | null;
  readonly calls: number;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Of calls to queues; null where there was none. */
  readonly answerRate: number | null;
  /** Seconds a call. */
  readonly averageWait: number | null;
  readonly averageTalk: number | null;
  /** 1 to 5. */
  readonly satisfaction: number | null;
  readonly scored: number;
  readonly charged: readonly Amount[];
  readonly sold: readonly Amount[];
  readonly orders: number;
  readonly joined: number;
  readonly left: number;
}

/** Sums by the wished key, and of all together. Only rollups are read: how many calls there were does not matter. */
export async function report(sql: Sql, wish: ReportWish) {
  const sums = sumsQuery(wish);
  const amounts = amountsQuery(wish);
  const [rows, moneyRows, numbersBefore] = await Promise.all([
    sql.rows<Sums>(sums.text, sums.values),
    amounts === undefined ? [] : sql.rows<MoneyRow>(amounts.text, amounts.values),
    numbersAt(sql, wish),
  ]);
  const names = await namesOf(
    sql,
    wish,
    rows.map(({ key }) => key),
  );
  const byKey = Map.groupBy(moneyRows, ({ key }) => key);
  const all = rows.map((row) => rowOf(row, byKey.get(row.key) ?? [], names.get(row.key) ?? null));
  const total = rowOf(rows.reduce(plus, zero), moneyRows, null);
  const churn = numbersBefore > 0 ? total.left / numbersBefore : null;
  return {
    zone: wish.zone,
    by: wish.by,
    from: wish.from,
    to: wish.to,
    rows: all,
    total: { ...total, numbersBefore, churn },
  };
}

interface MoneyRow {
  readonly key: string;
  readonly kind: 'charged' | 'order';
  readonly currency: string;
  readonly micros: string;
}

function rowOf(sums: Sums, moneyRows: readonly MoneyRow[], name: string | null): ReportRow {
  const { key, calls, offered, answered, abandoned, scored, orders, joined, left } = sums;
  const per = (what: number, count: number) => (count === 0 ? null : what / count);
  return {
    key,
    name,
    calls,
    offered,
    answered,
    abandoned,
    answerRate: per(answered, offered),
    averageWait: per(sums.waitedMs / 1_000, offered),
    averageTalk: per(sums.talkedMs / 1_000, answered),
    satisfaction: per(sums.score, scored),
    scored,
    charged: amountsOf(moneyRows, 'charged'),
    sold: amountsOf(moneyRows, 'order'),
    orders,
    joined,
    left,
  };
}

function amountsOf(rows: readonly MoneyRow[], kind: MoneyRow['kind']): readonly Amount[] {
  const byCurrency = Map.groupBy(
    rows.filter((row) => row.kind === kind && row.currency !== ''),
    (row) => row.currency,
  );
  return [...byCurrency].map(([code, ofCode]) => ({
    currency: code,
    amount: formatAmount(
      money(
        ofCode.reduce((sum, { micros }) => sum + BigInt(micros), 0n),
        currencyOf(code),
      ),
    ),
  }));
}

const zero: Sums = {
  key: '',
  calls: 0,
  callsAnswered: 0,
  offered: 0,
  answered: 0,
  abandoned: 0,
  waitedMs: 0,
  talkedMs: 0,
  scored: 0,
  score: 0,
  orders: 0,
  joined: 0,
  left: 0,
};
const plus = (a: Sums, b: Sums): Sums => ({
  key: '',
  calls: a.calls + b.calls,
  callsAnswered: a.callsAnswered + b.callsAnswered,
  offered: a.offered + b.offered,
  answered: a.answered + b.answered,
  abandoned: a.abandoned + b.abandoned,
  waitedMs: a.waitedMs + b.waitedMs,
  talkedMs: a.talkedMs + b.talkedMs,
  scored: a.scored + b.scored,
  score: a.score + b.score,
  orders: a.orders + b.orders,
  joined: a.joined + b.joined,
  left: a.left + b.left,
});

/** How many sold numbers were in use when the first day began. */
async function numbersAt(sql: Sql, { zone, from, owner, country, language }: ReportWish): Promise<number> {
  const [row] = await sql.rows<{ numbers: number }>(
    `SELECT coalesce(sum(CASE kind WHEN 'joined' THEN n ELSE -n END), 0)::float8 AS numbers FROM report_day
      WHERE zone = $1 AND kind IN ('joined', 'left') AND day < $2::date AND ($3::text IS NULL OR owner = $3)
        AND ($4::text IS NULL OR country = $4) AND ($5::text IS NULL OR language = $5)`,
    [zone, from, owner, country ?? null, language ?? null],
  );
  return row?.numbers ?? 0;
}

const nameQueries: Readonly<Record<string, string>> = {
  queue: 'SELECT id::text AS key, name FROM call_queue WHERE id = ANY ($1::uuid[])',
  agent: 'SELECT id::text AS key, name FROM queue_agent WHERE id = ANY ($1::uuid[])',
  company: 'SELECT id::text AS key, name FROM member WHERE id = ANY ($1::uuid[])',
};

async function namesOf(
  sql: Sql,
  { by }: ReportWish,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const query = nameQueries[by];
  if (query === undefined || keys.length === 0) return new Map();
  const rows = await sql.rows<{ key: string; name: string }>(query, [
    keys.filter((key) => /^[0-9a-f-]{36}$/.test(key)),
  ]);
  return new Map(rows.map(({ key, name }) => [key, name]));
}
