import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Secret } from '../../kernel/secret.js';
import { migrationOptions } from './data-source.js';
import { deadlines } from './pool.js';

/** Any fixed number will do; it only has to be the same in every process (the letters `anydial` as a number). */
const MIGRATION_LOCK = '27424540395659628';

/**
 * Runs every pending migration, each in its own transaction, and returns their names. Any number of processes may
 * start at once: one migrates, the others wait for it and find nothing to do. A failing migration is rolled back and thrown.
 */
export async function migrate(url: Secret): Promise<readonly string[]> {
  return underLock(url, async (dataSource) => {
    const done = await dataSource.runMigrations();
    // Tables that were just made are watched too, though nobody said so: infra/http/audit.
    if (done.length > 0) await dataSource.query('SELECT audit_watch()');
    return done.map((migration) => migration.name);
  });
}

/** Takes back the newest migration (development and rehearsals); returns its name, or undefined when there is none. */
export async function revertNewest(url: Secret): Promise<string | undefined> {
  return underLock(url, async (dataSource) => {
    const [newest] = await dataSource.query<{ name: string }[]>(
      'SELECT name FROM schema_migration ORDER BY id DESC LIMIT 1',
    );
    if (newest !== undefined) await dataSource.undoLastMigration();
    return newest?.name;
  });
}

/** Names of migrations in the source that the database has not seen, oldest first. Changes nothing. */
export async function pendingMigrations(url: Secret): Promise<readonly string[]> {
  return connected(url, async (dataSource) => {
    const known = dataSource.migrations.map((migration) => migration.constructor.name).sort(byTime);
    const [table] = await dataSource.query<{ found: string | null }[]>(
      `SELECT to_regclass('schema_migration')::text AS found`,
    );
    if (table?.found === null) return known;
    const done = await dataSource.query<{ name: string }[]>('SELECT name FROM schema_migration');
    return known.filter((name) => !done.some((row) => row.name === name));
  });
}

/** The lock lives on a connection of its own: it is freed even when this process is killed in the middle. */
async function underLock<T>(url: Secret, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const lock = new pg.Client({
    connectionString: url.reveal(),
    connectionTimeoutMillis: deadlines.connectionTimeoutMillis,
    application_name: 'anydial-migrate-lock',
  });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await connected(url, work);
  } finally {
    await lock.end();
  }
}

async function connected<T>(url: Secret, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = new DataSource(await migrationOptions(url));
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

const byTime = (a: string, b: string): number => a.slice(-13).localeCompare(b.slice(-13));
