/** By what sums are shown, and where it is read: columns are ours, never input. */
export const groupings = {
  day: { table: 'report_day', key: 'day::text' },
  week: { table: 'report_day', key: `date_trunc('week', day)::date::text` },
  month: { table: 'report_day', key: `date_trunc('month', day)::date::text` },
  country: { table: 'report_day', key: 'country' },
  language: { table: 'report_day', key: 'language' },
  company: { table: 'report_day', key: 'owner' },
  queue: { table: 'report_day', key: 'queue_id::text' },
  agent: { table: 'report_agent_day', key: 'agent_id::text' },
  hour: { table: 'report_hour', key: `to_char(hour AT TIME ZONE $1, 'YYYY-MM-DD"T"HH24:MI')` },
} as const;
export type Grouping = keyof typeof groupings;

export interface ReportWish {
  readonly by: Grouping;
  /** Days of the zone, the first and the last. */
  readonly from: string;
  readonly to: string;
  readonly country?: string | undefined;
  readonly language?: string | undefined;
  readonly queueId?: string | undefined;
  readonly owner: string | null;
  readonly zone: string;
}

const of = (kinds: string, column: string) =>
  `coalesce(sum(${column}) FILTER (WHERE kind IN (${kinds})), 0)::float8`;

const columns = `
  ${of("'call','received'", 'n')} AS calls, ${of("'call','received'", 'answered')} AS "callsAnswered",
  ${of("'queue'", 'n')} AS offered, ${of("'queue'", 'answered')} AS answered, ${of("'queue'", 'abandoned')} AS abandoned,
  ${of("'queue'", 'waited_ms')} AS "waitedMs", ${of("'queue'", 'talked_ms')} AS "talkedMs",
  ${of("'queue'", 'scored')} AS scored, ${of("'queue'", 'score')} AS score,
  ${of("'order'", 'n')} AS orders, ${of("'joined'", 'n')} AS joined, ${of("'left'", 'n')} AS left`;

/** The house counts a call once; a company counts those that it made and those that came to its number. */
const kindsOf = (owner: string | null): string => (owner === null ? `AND kind <> 'received'` : '');

export function sumsQuery(wish: ReportWish): { readonly text: string; readonly values: readonly unknown[] } {
  const { table, key } = groupings[wish.by];
  const [condition, values] = conditionOf(wish);
  const from =
    table === 'report_agent_day'
      ? `(SELECT *, 'queue' AS kind FROM report_agent_day) report_agent_day`
      : table;
  return {
    text: `SELECT ${key} AS key, ${columns} FROM ${from} WHERE ${condition} ${kindsOf(wish.owner)} GROUP BY 1 ORDER BY 1 LIMIT 2000`,
    values,
  };
}

/** What was charged and sold, by currency: sums of money of several currencies are several sums. */
export function amountsQuery(
  wish: ReportWish,
): { readonly text: string; readonly values: readonly unknown[] } | undefined {
  const { table, key } = groupings[wish.by];
  if (table !== 'report_day') return undefined;
  const [condition, values] = conditionOf(wish);
  return {
    text: `SELECT ${key} AS key, kind, currency, sum(amount_micros)::bigint AS micros FROM report_day
            WHERE ${condition} AND kind IN ('charged', 'order') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 5000`,
    values,
  };
}

function conditionOf(wish: ReportWish): readonly [string, readonly unknown[]] {
  const { zone, from, to, owner, country, language, queueId } = wish;
  const { table } = groupings[wish.by];
  const days =
    table === 'report_hour'
      ? `hour >= ($2::date::timestamp AT TIME ZONE $1) AND hour < (($3::date + 1)::timestamp AT TIME ZONE $1)`
      : 'zone = $1 AND day >= $2::date AND day <= $3::date';
  const whose = '($4::text IS NULL OR owner = $4)';
  if (table === 'report_agent_day') return [`${days} AND ${whose}`, [zone, from, to, owner]];
  const places = `${days} AND ${whose} AND ($5::text IS NULL OR country = $5) AND ($6::text IS NULL OR language = $6)`;
  const values = [zone, from, to, owner, country ?? null, language ?? null];
  if (table === 'report_hour') return [places, values];
  return [`${places} AND ($7::uuid IS NULL OR queue_id = $7)`, [...values, queueId ?? null]];
}
