import type { Sql } from '../../infra/db/sql.js';

export interface CallsOverview {
  readonly now: Readonly<Record<string, number>>;
  /** The last 24 hours, hour by hour. */
  readonly hours: readonly { readonly at: Date; readonly offered: number; readonly answered: number }[];
  /** Why calls of the last 24 hours were not answered, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

export async function callsOverview(sql: Sql): Promise<CallsOverview> {
  const [open, hours, reasons] = await Promise.all([
    sql.rows<{ state: string; count: number }>(
      'SELECT state, count(*)::int AS count FROM call WHERE ended_at IS NULL GROUP BY state',
    ),
    sql.rows<CallsOverview['hours'][number]>(HOURS),
    sql.rows<CallsOverview['reasons'][number]>(REASONS),
  ]);
  return { now: Object.fromEntries(open.map(({ state, count }) => [state, count])), hours, reasons };
}

const HOURS = `
  SELECT h.at, COALESCE(c.offered, 0)::int AS offered, COALESCE(c.answered, 0)::int AS answered
    FROM generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') h (at)
    LEFT JOIN (
      SELECT date_trunc('hour', started_at) AS at, count(*) AS offered, count(answered_at) AS answered
        FROM call WHERE started_at >= date_trunc('hour', now()) - interval '23 hours' GROUP BY 1) c ON c.at = h.at
   ORDER BY h.at`;

const REASONS = `
  SELECT reason, count(*)::int AS count FROM call
   WHERE started_at >= date_trunc('hour', now()) - interval '23 hours' AND answered_at IS NULL AND reason IS NOT NULL
   GROUP BY reason ORDER BY count DESC, reason LIMIT 6`;

export const waitingApprovals = (sql: Sql): Promise<readonly { readonly count: number }[]> =>
  sql.rows("SELECT count(*)::int AS count FROM shop_order WHERE state = 'awaiting-approval'");

export interface LastCheck {
  readonly id: string;
  readonly at: Date;
  readonly findings: number;
}

export const lastCheck = (sql: Sql): Promise<readonly LastCheck[]> =>
  sql.rows(`
    SELECT r.id, r.started_at AS at, COALESCE((SELECT sum(findings) FROM check_result WHERE run_id = r.id), 0)::int AS findings
      FROM check_run r ORDER BY r.started_at DESC LIMIT 1`);

/** By state, those that wait for somebody. */
export const openSettlements = (
  sql: Sql,
): Promise<readonly { readonly state: string; readonly count: number }[]> =>
  sql.rows(
    `SELECT state, count(*)::int AS count FROM settlement WHERE state <> 'paid' GROUP BY state ORDER BY state`,
  );
