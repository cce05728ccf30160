import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { seedLabBilling } from '../../../src/cli/lab-billing.js';
import { seedLabShop } from '../../../src/cli/lab-shop.js';
import { labWorld } from '../../../src/cli/lab-world.js';
import { seedLab } from '../../../src/cli/seed.js';
import { migrationOptions } from '../../../src/infra/db/data-source.js';
import { migrate, pendingMigrations, revertNewest } from '../../../src/infra/db/migrate.js';
import { findMigrations } from '../../../src/infra/db/schema-files.js';
import type { Sql } from '../../../src/infra/db/sql.js';
import { emptyDatabase, type TestDatabase } from '../../support/test-database.js';

/** A migration brought rows of its own into a table that was there, and takes them back. */
const TAKEN_BACK = 'mail_template';

describe('migrations', () => {
  let database: TestDatabase;
  let names: readonly string[];
  beforeAll(async () => {
    database = await emptyDatabase();
    names = (await findMigrations())
      .map((one) => one.name)
      .sort((a, b) => (a.slice(-13) < b.slice(-13) ? -1 : 1));
  });
  afterAll(() => database.remove());

  test('given_an_empty_database_when_three_processes_start_at_once_then_each_migration_runs_once', async () => {
    expect(await pendingMigrations(database.url)).toEqual(names);
    const runs = await Promise.all([1, 2, 3].map(() => migrate(database.url)));
    expect(runs.map((run) => run.length).sort((a, b) => a - b)).toEqual([0, 0, names.length]);
    expect(await pendingMigrations(database.url)).toEqual([]);
  });

  test('entities and migrations say the same: nothing would be generated', async () => {
    const dataSource = new DataSource(await migrationOptions(database.url));
    await dataSource.initialize();
    try {
      expect(dataSource.entityMetadatas.length).toBeGreaterThan(0);
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map((query) => query.query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  test('every migration can be taken back from tables with rows, which stay, and run again, and gives the same schema', async () => {
    const before = await schemaOf(database);
    await seedWorld(database);
    let rows = await rowsOf(database);
    expect([...rows.values()].filter((found) => found.length > 0).length).toBeGreaterThan(40);
    const reverted: string[] = [];
    const gone: string[] = [];
    for (
      let name = await revertNewest(database.url);
      name !== undefined;
      name = await revertNewest(database.url)
    ) {
      reverted.push(name);
      // Not after each: that would take as long as the migrations themselves.
      if (reverted.length % 5 > 0) continue;
      const left = await rowsOf(database);
      gone.push(...lost(rows, left));
      rows = left;
    }
    expect(reverted.reverse()).toEqual(names);
    expect(gone.filter((table) => table !== TAKEN_BACK)).toEqual([]);
    expect((await schemaOf(database)).filter((line) => !line.startsWith('schema_migration'))).toEqual([]);
    await migrate(database.url);
    expect(await schemaOf(database)).toEqual(before);
  });
});

/** Every column and index of the public schema, as text. */
async function schemaOf(database: TestDatabase): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: database.url.reveal() });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(`
      SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) AS line
      FROM information_schema.columns WHERE table_schema = 'public'
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'schema_migration'
      ORDER BY line`);
    return rows.map((row) => row.line);
  } finally {
    await client.end();
  }
}

type Rows = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;

/** Every row of every table, but for what migrations keep of themselves. */
async function rowsOf(database: TestDatabase): Promise<Rows> {
  return onDatabase(database, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('schema_migration', 'audit_rule', 'audit_entry')`,
    );
    if (tables.length === 0) return new Map();
    const { rows } = await client.query<{ name: string; found: Record<string, unknown>[] }>(
      tables
        .map(
          ({ name }) =>
            `SELECT '${name}' AS name, (SELECT coalesce(jsonb_agg(t), '[]') FROM ${name} t) AS found`,
        )
        .join(' UNION ALL '),
    );
    return new Map(rows.map(({ name, found }) => [name, found]));
  });
}

/** Tables that are still there and whose rows are not, in the columns that they still have. */
function lost(before: Rows, after: Rows): readonly string[] {
  return [...after].flatMap(([table, rows]) => {
    const columns = Object.keys(rows[0] ?? {});
    const shown = (all: Rows) =>
      (all.get(table) ?? [])
        .map((row) => JSON.stringify(columns.map((column) => row[column] ?? null)))
        .sort();
    const had = before.get(table);
    return had === undefined || (had.length === rows.length && shown(before).join() === shown(after).join())
      ? []
      : [table];
  });
}

/** The demo world: people, a company, numbers, trunks, prices, orders. */
const seedWorld = (database: TestDatabase): Promise<void> =>
  onDatabase(database, async (client) => {
    const world = labWorld({ sipPort: 5060, phoneSeed: 'only for this test, long enough', realm: 'anydial' });
    const sql: Sql = {
      rows: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await client.query<Row>(text, [...values])).rows,
      run: async (text, values = []) => (await client.query(text, [...values])).rowCount ?? 0,
    };
    await client.query('BEGIN');
    await seedLab(client, world);
    await seedLabBilling(sql, world);
    await seedLabShop(sql);
    await client.query('COMMIT');
  });

async function onDatabase<T>(database: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.url.reveal() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
