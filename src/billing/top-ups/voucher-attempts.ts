import type { Sql } from '../../infra/db/sql.js';
import { newId } from '../../kernel/ids.js';

/** Wrong codes in an hour: of one who is signed in, and from one place. Of 2^80 codes nobody guesses one that way. */
const WINDOW_MINUTES = 60;
const LIMITS = { who: 10, source: 30 } as const;
export const RETRY_AFTER_SECONDS = WINDOW_MINUTES * 60;

/**
 * Writes the attempt down before the code is looked at, in a statement of its own, so that parallel guesses all count.
 * Returns its id, undefined when there were too many.
 */
export async function admitAttempt(sql: Sql, who: string, source: string): Promise<string | undefined> {
  const id = newId();
  await sql.run('INSERT INTO voucher_attempt (id, asked_by, source) VALUES ($1, $2, $3)', [id, who, source]);
  const [counts] = await sql.rows<Record<'who' | 'source', string>>(
    `SELECT (SELECT count(*) FROM voucher_attempt WHERE asked_by = $1 AND at > now() - make_interval(mins => $3)) AS who,
            (SELECT count(*) FROM voucher_attempt WHERE source = $2 AND at > now() - make_interval(mins => $3)) AS source`,
    [who, source, WINDOW_MINUTES],
  );
  return Number(counts?.who) <= LIMITS.who && Number(counts?.source) <= LIMITS.source ? id : undefined;
}

/** A right code was no guess. */
export const forgetAttempt = (sql: Sql, id: string): Promise<number> =>
  sql.run('DELETE FROM voucher_attempt WHERE id = $1', [id]);

/** What no longer counts. */
export const sweepAttempts = (sql: Sql): Promise<number> =>
  sql.run(`DELETE FROM voucher_attempt WHERE at < now() - interval '1 day'`);
