import type { Sql } from '../../infra/db/sql.js';

export interface SessionView {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** What the program called itself. */
  readonly agent: string | null;
}

/** Newest first, up to `count` before that id. */
export const sessionsOf = (
  sql: Sql,
  accountId: string,
  count: number,
  before?: string,
): Promise<readonly SessionView[]> =>
  sql.rows<SessionView>(
    `SELECT id, created_at AS "createdAt", expires_at AS "expiresAt", agent FROM user_session
      WHERE account_id = $1 AND expires_at > now() AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $2`,
    [accountId, count, before ?? null],
  );

/** One of them, or all; how many there were. */
export const endSessions = (sql: Sql, accountId: string, id?: string): Promise<number> =>
  sql.run('DELETE FROM user_session WHERE account_id = $1 AND ($2::uuid IS NULL OR id = $2)', [
    accountId,
    id ?? null,
  ]);
