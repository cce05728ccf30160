import type { Sql } from '../../infra/db/sql.js';
import { callHistory, type HistoryCursor, type OwnCall } from '../members/call-history.js';

export type { HistoryCursor };

/** A call in the telephone's own list. */
export interface HistoryEntry extends Pick<OwnCall, 'id' | 'direction' | 'number'> {
  readonly at: Date;
  /** Null: nobody answered. */
  readonly seconds: number | null;
}

export async function historyOf(
  sql: Sql,
  memberId: string,
  count: number,
  after?: HistoryCursor,
): Promise<readonly HistoryEntry[]> {
  const calls = await callHistory(sql, memberId, { count, after });
  return calls.map(({ id, direction, number, startedAt, answeredAt, endedAt }) => ({
    id,
    direction,
    number,
    at: startedAt,
    seconds:
      answeredAt === null
        ? null
        : Math.round(((endedAt ?? new Date()).getTime() - answeredAt.getTime()) / 1_000),
  }));
}
