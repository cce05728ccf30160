import type { DataSourceOptions } from 'typeorm';
import type { Secret } from '../../kernel/secret.js';
import { type Deadlines, deadlines, ORDINARY_CONNECTIONS } from './pool.js';
import { findEntities, findMigrations } from './schema-files.js';
import { SnakeNames } from './snake-names.js';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

const MIGRATIONS_TABLE = 'schema_migration';

/** How the running process reaches PostgreSQL. The schema is never synchronised: migrations only. */
export async function dataSourceOptions(
  url: Secret,
  limits: Deadlines = deadlines,
): Promise<DataSourceOptions> {
  return {
    ...(await schemaOptions(url)),
    poolSize: ORDINARY_CONNECTIONS,
    applicationName: 'anydial',
    extra: { keepAlive: true, ...limits },
  };
}

/** For migrations: one connection, no deadlines (an index on a large table takes its time). */
export async function migrationOptions(url: Secret): Promise<DataSourceOptions> {
  return { ...(await schemaOptions(url)), poolSize: 1, applicationName: 'anydial-migrate' };
}

async function schemaOptions(url: Secret): Promise<PostgresOptions> {
  return {
    type: 'postgres',
    url: url.reveal(),
    entities: [...(await findEntities())],
    migrations: [...(await findMigrations())],
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    namingStrategy: new SnakeNames(),
  };
}
