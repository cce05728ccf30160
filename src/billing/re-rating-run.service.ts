import type { Sql } from '../infra/db/sql.js';
import { newId } from '../kernel/ids.js';
import type { ReRatingAdvanced } from './domain/re-rating-advanced.js';
import type { RateBook } from './rate-book.service.js';
import type { Reads } from './reads.js';
import { type Cursor, rerateAccruals, rerateCharges, type Span } from './rerating.service.js';

export interface ReRating {
  readonly id: string;
  readonly from: Date;
  readonly to: Date;
  readonly askedBy: string;
  readonly looked: number;
  readonly changed: number;
  readonly finishedAt: Date | null;
}

/** Notes a re-rating; the caller tells of what it returns (`re-rating.advanced`) in the same transaction. */
export async function askReRating(sql: Sql, span: Span, askedBy: string): Promise<ReRatingAdvanced> {
  const id = newId();
  await sql.run('INSERT INTO re_rating (id, span_from, span_to, asked_by) VALUES ($1, $2, $3, $4)', [
    id,
    span.from,
    span.to,
    askedBy,
  ]);
  return { id, part: 'charges', after: null };
}

/** One chunk further; returns what is to be told of next, undefined at the end. */
export async function advanceReRating(
  sql: Sql,
  book: RateBook,
  { id, part, after }: ReRatingAdvanced,
): Promise<ReRatingAdvanced | undefined> {
  const run = await findReRating(sql, id);
  if (run === undefined) throw new Error(`no re-rating ${id}`);
  const cursor = after === null ? undefined : { ...after, answeredAt: new Date(after.answeredAt) };
  const rerate = part === 'charges' ? rerateCharges : rerateAccruals;
  const done = await rerate(sql, book, run, cursor);
  const next = following(id, part, done.next);
  await sql.run(
    `UPDATE re_rating SET looked = looked + $2, changed = changed + $3,
                          finished_at = CASE WHEN $4 THEN now() END WHERE id = $1`,
    [id, done.looked, done.changed, next === undefined],
  );
  return next;
}

export async function findReRating(sql: Reads, id: string): Promise<ReRating | undefined> {
  const [row] = await sql.rows<{
    span_from: Date;
    span_to: Date;
    asked_by: string;
    looked: string;
    changed: string;
    finished_at: Date | null;
  }>('SELECT span_from, span_to, asked_by, looked, changed, finished_at FROM re_rating WHERE id = $1', [id]);
  return (
    row && {
      id,
      from: row.span_from,
      to: row.span_to,
      askedBy: row.asked_by,
      looked: Number(row.looked),
      changed: Number(row.changed),
      finishedAt: row.finished_at,
    }
  );
}

/** Charges first, then accruals. */
function following(
  id: string,
  part: ReRatingAdvanced['part'],
  next: Cursor | undefined,
): ReRatingAdvanced | undefined {
  if (next !== undefined) return { id, part, after: { ...next, answeredAt: next.answeredAt.toISOString() } };
  return part === 'charges' ? { id, part: 'accruals', after: null } : undefined;
}
