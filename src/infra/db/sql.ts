import type { Pool } from 'pg';
import { planIsStale, statementOf } from './statement-names.js';

/** Plain SQL with `$1` parameters. `int8` and `numeric` arrive as decimal strings (exact), `timestamptz` as Date, `jsonb` parsed. */
export interface Sql {
  /** The rows a statement returns (SELECT, or anything with RETURNING). */
  rows<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** How many rows a statement touched. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
}

/** Statements straight on a pool, each in its own implicit transaction, planned once per connection. */
export function sqlOn(pool: Pool): Sql {
  const query = async <Row extends object>(text: string, values: readonly unknown[]) => {
    try {
      return await pool.query<Row>(statementOf(text, values));
    } catch (error) {
      if (planIsStale(error, text)) return pool.query<Row>(statementOf(text, values));
      throw error;
    }
  };
  return {
    rows: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await query<Row>(text, values)).rows,
    run: async (text, values = []) => (await query(text, values)).rowCount ?? 0,
  };
}
