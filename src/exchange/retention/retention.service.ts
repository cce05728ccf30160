import type { Db } from '../../infra/db/db.js';
import type { Sql } from '../../infra/db/sql.js';
import { FORGET_CALLS, FORGET_MESSAGES, RULES } from './retention.sql.js';

export const retentionKinds = ['call-details', 'voice-messages'] as const;
export type RetentionKind = (typeof retentionKinds)[number];

export interface RetentionRule {
  readonly kind: RetentionKind;
  /** ISO 3166-1 alpha-2, or `*` for every country without a rule of its own. */
  readonly country: string;
  readonly keepDays: number;
}

export interface Forgotten {
  readonly calls: number;
  readonly messages: number;
}

const DAY_MS = 86_400_000;
/** Calls of so long a time are changed at once: no statement takes long, none locks much. */
const SLICE_MS = 7 * DAY_MS;

export const retentionRules = (sql: Sql): Promise<readonly RetentionRule[]> => sql.rows<RetentionRule>(RULES);

/** Forgets all whose time is over. What was forgotten once is not looked at again, until a hold ends or a rule changes. */
export async function forgetDue(db: Db, now: Date): Promise<Forgotten> {
  const rules = await retentionRules(db);
  let calls = 0;
  let messages = 0;
  for (const { kind, country, keepDays } of rules) {
    const others = rules.filter((one) => one.kind === kind && one.country !== '*').map((one) => one.country);
    const until = new Date(now.getTime() - keepDays * DAY_MS);
    if (kind === 'call-details') calls += await forgetCalls(db, country, others, until);
    else {
      const [row] = await db.rows<{ forgotten: number }>(FORGET_MESSAGES, [until, country, others]);
      messages += row?.forgotten ?? 0;
    }
  }
  return { calls, messages };
}

async function forgetCalls(db: Db, country: string, others: readonly string[], until: Date): Promise<number> {
  const [oldest] = await db.rows<{ at: Date | null }>(
    `SELECT coalesce((SELECT done_until FROM retention_mark WHERE country = $1), (SELECT min(started_at) FROM call)) AS at`,
    [country],
  );
  let calls = 0;
  let from = oldest?.at ?? until;
  while (from < until) {
    const to = new Date(Math.min(from.getTime() + SLICE_MS, until.getTime()));
    const [row] = await db.rows<{ forgotten: number }>(FORGET_CALLS, [from, to, country, others]);
    calls += row?.forgotten ?? 0;
    await db.run(
      `INSERT INTO retention_mark VALUES ($1, $2) ON CONFLICT (country) DO UPDATE SET done_until = excluded.done_until`,
      [country, to],
    );
    from = to;
  }
  return calls;
}

/** A hold that ended or a rule that changed may be about calls of any age: all are looked at again. */
export const lookAgain = (sql: Sql): Promise<unknown> => sql.run('DELETE FROM retention_mark');
