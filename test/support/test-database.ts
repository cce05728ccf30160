import { createHash, randomBytes } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import pg from 'pg';
import { migrate } from '../../src/infra/db/migrate.js';
import { Secret } from '../../src/kernel/secret.js';
import { privatePostgres } from './private-postgres.js';

export interface TestDatabase {
  readonly url: Secret;
  /** Drops it, whoever is still connected. */
  remove(): Promise<void>;
}

/**
 * A migrated, empty database for one test file. It is copied from a template that is migrated once per server and set of
 * migrations. The server is the instance's (DATABASE_URL, set by `./anydial test`; its role may create databases) or one of the test's own.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) return copyOfTemplate(new Secret(given));
  const postgres = await privatePostgres();
  await migrate(postgres.url);
  return { url: postgres.url, remove: () => postgres.remove() };
}

/** An empty database without any table, on the same server. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) return createdOn(new Secret(given), '');
  const postgres = await privatePostgres();
  return { url: postgres.url, remove: () => postgres.remove() };
}

async function copyOfTemplate(server: Secret): Promise<TestDatabase> {
  const template = `anydial_template_${await fingerprint()}`;
  await onServer(server, async (client) => {
    // Any number of jest workers may come here at once: the first migrates, the others wait.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [
      template,
    ]);
    if (rows.length > 0) return;
    await dropOutdated(client);
    await client.query(`DROP DATABASE IF EXISTS ${template}`);
    await client.query(`CREATE DATABASE ${template}`);
    await migrate(databaseOn(server, template));
    await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
  });
  return createdOn(server, `TEMPLATE ${template}`);
}

/** Changes when any migration's text changes, so that an edited migration never meets an old template. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const files: string[] = [];
  for await (const file of glob('src/**/migrations/*.ts')) files.push(file);
  for (const file of files.sort()) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

/** Templates of migrations as they once were; one that somebody copies right now stays for the next time. */
async function dropOutdated(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'anydial_template_%' AND datistemplate`,
  );
  for (const { name } of rows) {
    await client.query(`ALTER DATABASE ${name} IS_TEMPLATE false`);
    await client.query(`DROP DATABASE ${name}`).catch(() => undefined);
  }
}

async function createdOn(server: Secret, from: string): Promise<TestDatabase> {
  const name = `anydial_test_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(4).toString('hex')}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name} ${from}`));
  return {
    url: databaseOn(server, name),
    remove: () => onServer(server, (client) => drop(client, name)),
  };
}

/**
 * Whoever of ours is still connected is sent away. Not by `WITH (FORCE)`: that refuses while autovacuum, which is the superuser's, looks at
 * the database; a plain DROP ends it and waits.
 */
async function drop(client: pg.Client, name: string): Promise<void> {
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = current_user',
    [name],
  );
  await client.query(`DROP DATABASE IF EXISTS ${name}`);
}

async function onServer<T>(server: Secret, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.reveal() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function databaseOn(server: Secret, name: string): Secret {
  const url = new URL(server.reveal());
  url.pathname = `/${name}`;
  return new Secret(url.href);
}
