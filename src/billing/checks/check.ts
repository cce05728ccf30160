/**
 * Something that must always hold, and the query that finds what breaks it. The query reads `span` (from_at, to_at) and
 * returns `key` (text) and `detail` (jsonb) for each offending row: none when all is well.
 */
export interface Check {
  readonly name: string;
  /** The invariant in words. */
  readonly holds: string;
  readonly find: string;
}

/** Put in front of every query. $1, $2: the span. */
export const SPAN = 'WITH span AS (SELECT $1::timestamptz AS from_at, $2::timestamptz AS to_at)';

/** A condition: the column lies in the span. */
export const inSpan = (column: string): string =>
  `${column} >= (SELECT from_at FROM span) AND ${column} < (SELECT to_at FROM span)`;
