import { snake } from './snake-names.js';
import type { Sql } from './sql.js';

/** Values by property; those that are undefined stay as they are. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Rows of one table as objects: properties are camelCase, columns snake_case. Table and properties are constants of ours,
 * never input. JSON columns whose value is an array must be given as text.
 */
export class TableRows<Row extends object> {
  /** For a SELECT of one's own. */
  readonly columns: string;
  private readonly key: readonly string[];

  /** @param key the columns by which a row is found, and lists are ordered. */
  constructor(
    private readonly table: string,
    key: readonly (keyof Row & string)[],
    properties: readonly (keyof Row & string)[],
  ) {
    this.key = key;
    this.columns = properties
      .map((one) => (snake(one) === one ? one : `${snake(one)} AS "${one}"`))
      .join(', ');
  }

  /** Up to `count` rows after that key, in its order; `where`: those with these values (undefined ones aside). */
  async page(
    sql: Sql,
    where: Values,
    after: readonly unknown[] | undefined,
    count: number,
  ): Promise<readonly Row[]> {
    const [condition, values] = conditionOf(where);
    const order = this.key.map(snake).join(', ');
    const places = this.key.map((_, index) => `$${values.length + 2 + index}`).join(', ');
    const later = after === undefined ? '' : ` AND (${order}) > (${places})`;
    return sql.rows<Row>(
      `SELECT ${this.columns} FROM ${this.table} WHERE ${condition}${later} ORDER BY ${order} LIMIT $${values.length + 1}`,
      [...values, count, ...(after ?? [])],
    );
  }

  async all(sql: Sql, where: Values): Promise<readonly Row[]> {
    const [condition, values] = conditionOf(where);
    const order = this.key.map(snake).join(', ');
    return sql.rows<Row>(
      `SELECT ${this.columns} FROM ${this.table} WHERE ${condition} ORDER BY ${order}`,
      values,
    );
  }

  async one(sql: Sql, where: Values): Promise<Row | undefined> {
    const [condition, values] = conditionOf(where);
    const [row] = await sql.rows<Row>(`SELECT ${this.columns} FROM ${this.table} WHERE ${condition}`, values);
    return row;
  }

  /** Undefined when a row with one of its unique keys is there already. */
  async insert(sql: Sql, given: Values): Promise<Row | undefined> {
    const [names, values] = namesAndValues(given);
    const places = names.map((_, index) => `$${index + 1}`).join(', ');
    const [row] = await sql.rows<Row>(
      `INSERT INTO ${this.table} (${names.join(', ')}) VALUES (${places}) ON CONFLICT DO NOTHING RETURNING ${this.columns}`,
      values,
    );
    return row;
  }

  /** Inserts it, or makes the row with its key like it. */
  async put(sql: Sql, given: Values): Promise<Row | undefined> {
    const [names, values] = namesAndValues(given);
    const places = names.map((_, index) => `$${index + 1}`).join(', ');
    const changes = names.map((name) => `${name} = excluded.${name}`).join(', ');
    const [row] = await sql.rows<Row>(
      `INSERT INTO ${this.table} (${names.join(', ')}) VALUES (${places})
       ON CONFLICT (${this.key.map(snake).join(', ')}) DO UPDATE SET ${changes} RETURNING ${this.columns}`,
      values,
    );
    return row;
  }

  /** The row as it is then; undefined when there is none. Nothing to change is no error. */
  async update(sql: Sql, where: Values, changes: Values): Promise<Row | undefined> {
    const [condition, values] = conditionOf(where);
    const [names, changed] = namesAndValues(changes);
    if (names.length === 0) return this.one(sql, where);
    const set = names.map((name, index) => `${name} = $${values.length + index + 1}`).join(', ');
    const [row] = await sql.rows<Row>(
      `UPDATE ${this.table} SET ${set} WHERE ${condition} RETURNING ${this.columns}`,
      [...values, ...changed],
    );
    return row;
  }

  /** How many there were. */
  delete(sql: Sql, where: Values): Promise<number> {
    const [condition, values] = conditionOf(where);
    return sql.run(`DELETE FROM ${this.table} WHERE ${condition}`, values);
  }
}

function namesAndValues(given: Values): readonly [names: readonly string[], values: readonly unknown[]] {
  const there = Object.entries(given).filter(([, value]) => value !== undefined);
  return [there.map(([name]) => snake(name)), there.map(([, value]) => value)];
}

function conditionOf(where: Values): readonly [condition: string, values: readonly unknown[]] {
  const [names, values] = namesAndValues(where);
  return [names.map((name, index) => `${name} = $${index + 1}`).join(' AND ') || 'true', values];
}
