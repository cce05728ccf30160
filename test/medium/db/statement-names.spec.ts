import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/infra/db/data-source.js';
import { createHotPool } from '../../../src/infra/db/pool.js';
import { type Sql, sqlOn } from '../../../src/infra/db/sql.js';
import { inTx } from '../../../src/infra/db/tx.js';
import { emptyDatabase, type TestDatabase } from '../../support/test-database.js';

const READ = 'SELECT * FROM jar WHERE id = $1';
const PREPARED = 'SELECT statement, (generic_plans + custom_plans)::int AS runs FROM pg_prepared_statements';
interface Prepared {
  readonly statement: string;
  readonly runs: number;
}

describe('statements by name', () => {
  let database: TestDatabase;
  let source: DataSource;
  let hot: pg.Pool;
  let sql: Sql;
  beforeAll(async () => {
    database = await emptyDatabase();
    // One connection each, so that what one prepared is seen.
    source = new DataSource({ ...(await dataSourceOptions(database.url)), poolSize: 1 } as never);
    await source.initialize();
    hot = createHotPool(database.url, () => undefined);
    hot.options.max = 1;
    sql = sqlOn(hot);
    await sql.run('CREATE TABLE jar (id int PRIMARY KEY, n int NOT NULL)');
    await sql.run('INSERT INTO jar VALUES ($1, $2)', [1, 1]);
  });
  afterAll(async () => {
    await hot.end();
    await source.destroy();
    await database.remove();
  });

  test('given_a_statement_runs_again_on_a_connection_then_it_was_parsed_once', async () => {
    for (let run = 0; run < 3; run++) await sql.rows(READ, [1]);
    const known = await sql.rows<Prepared>(PREPARED);
    expect(known.filter(({ statement }) => statement === READ)).toEqual([{ statement: READ, runs: 3 }]);
    const inside = await inTx(source, async (tx) => {
      for (let run = 0; run < 3; run++) await tx.rows(READ, [1]);
      return tx.rows<Prepared>(PREPARED);
    });
    expect(inside.filter(({ statement }) => statement === READ)).toEqual([{ statement: READ, runs: 3 }]);
  });

  test('given_a_text_without_values_then_it_may_hold_several_statements', async () => {
    await sql.run('INSERT INTO jar VALUES (2, 2); INSERT INTO jar VALUES (3, 3)');
    expect(await sql.rows('SELECT id FROM jar WHERE id > $1 ORDER BY id', [1])).toEqual([
      { id: 2 },
      { id: 3 },
    ]);
  });

  test('given_a_migration_changes_a_table_under_a_running_process_then_statements_go_on_as_if_nothing_had_been', async () => {
    const readInside = () => inTx(source, (tx) => tx.rows(READ, [1]));
    expect(await sql.rows(READ, [1])).toEqual([{ id: 1, n: 1 }]);
    expect(await readInside()).toEqual([{ id: 1, n: 1 }]);
    await sql.run('ALTER TABLE jar ADD COLUMN lid text');
    expect(await sql.rows(READ, [1])).toEqual([{ id: 1, n: 1, lid: null }]);
    expect(await readInside()).toEqual([{ id: 1, n: 1, lid: null }]);
    await sql.run('ALTER TABLE jar DROP COLUMN lid');
    // This time a transaction meets it first, after it has written.
    const wrote = inTx(source, async (tx) => {
      await tx.run('UPDATE jar SET n = n + 1 WHERE id = $1', [1]);
      return tx.rows(READ, [1]);
    });
    expect(await wrote).toEqual([{ id: 1, n: 2 }]);
    expect(await sql.rows(READ, [1])).toEqual([{ id: 1, n: 2 }]);
  });
});
