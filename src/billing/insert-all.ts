import type { Sql } from '../infra/db/sql.js';

/** A column of a table, its SQL type, and where its value comes from. */
export interface ColumnOf<Row> {
  readonly name: string;
  readonly type: string;
  /** For types that an array can't hold as such: its elements travel as `type` and are cast to this. */
  readonly castTo?: string;
  readonly of: (row: Row) => unknown;
}

/**
 * Inserts any number of rows by one statement of fixed text (an array a column). Rows whose key exists already are left
 * alone. Returns `returning` of those that were new.
 */
export async function insertAll<Row, New extends object>(
  sql: Sql,
  table: string,
  columns: readonly ColumnOf<Row>[],
  rows: readonly Row[],
  returning: string,
): Promise<readonly New[]> {
  if (rows.length === 0) return [];
  const names = columns.map(({ name }) => name).join(', ');
  const casts = columns
    .map(({ name, castTo }) => (castTo === undefined ? name : `${name}::${castTo}`))
    .join(', ');
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
  return sql.rows<New>(
    `INSERT INTO ${table} (${names}) SELECT ${casts} FROM unnest(${arrays}) AS given (${names})
     ON CONFLICT DO NOTHING RETURNING ${returning}`,
    columns.map(({ of }) => rows.map(of)),
  );
}
