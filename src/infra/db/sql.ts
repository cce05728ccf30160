import type { Pool } from 'pg';

/** Plain SQL with `$1` parameters. `int8` and `numeric` arrive as decimal strings (exact), `timestamptz` as Date, `jsonb` parsed. */
export interface Sql {
  /** The rows a statement returns (SELECT, or anything with RETURNING). */
  rows<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** How many rows a statement touched. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
}

/** Statements straight on a pool, each in its own implicit transaction. */
export function sqlOn(pool: Pool): Sql {
  return {
    rows: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(text, [...values])).rows,
    run: async (text, values = []) => (await pool.query(text, [...values])).rowCount ?? 0,
  };
}
