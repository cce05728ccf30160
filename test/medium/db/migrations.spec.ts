import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrationOptions } from '../../../src/infra/db/data-source.js';
import { migrate, pendingMigrations, revertNewest } from '../../../src/infra/db/migrate.js';
import { findMigrations } from '../../../src/infra/db/schema-files.js';
import { emptyDatabase, type TestDatabase } from '../../support/test-database.js';

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

  test('every migration can be taken back and run again, and gives the same schema', async () => {
    const before = await schemaOf(database);
    const reverted: string[] = [];
    for (
      let name = await revertNewest(database.url);
      name !== undefined;
      name = await revertNewest(database.url)
    ) {
      reverted.push(name);
    }
    expect(reverted.reverse()).toEqual(names);
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
