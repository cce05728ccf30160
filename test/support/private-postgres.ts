import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../src/kernel/secret.js';
import { freePort, type ServerProcess, serverDirectory, serverUser, startServer } from './server-process.js';

export interface PrivatePostgres {
  readonly url: Secret;
  readonly server: ServerProcess;
  /** Starts it again on the same data and port after a kill or stop. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

/** A PostgreSQL of the test's own, empty, superuser without password, on loopback only. */
export async function privatePostgres(): Promise<PrivatePostgres> {
  const directory = serverDirectory('pg');
  const port = await freePort();
  execFileSync(
    binary('initdb'),
    ['-D', join(directory.path, 'data'), '-U', 'anydial', '-A', 'trust', '--no-sync'],
    {
      ...serverUser,
      cwd: directory.path,
      stdio: 'pipe',
    },
  );
  const args = ['-D', join(directory.path, 'data'), '-p', String(port), '-k', directory.path];
  const settings = [
    'listen_addresses=127.0.0.1',
    'fsync=off',
    'max_connections=50',
    'log_min_messages=error',
  ];
  const start = () =>
    startServer(
      binary('postgres'),
      [...args, ...settings.flatMap((one) => ['-c', one])],
      /ready to accept connections/,
    );
  let server = await start();
  return {
    url: new Secret(`postgres://anydial@127.0.0.1:${port}/postgres`),
    get server() {
      return server;
    },
    restart: async () => {
      server = await start();
    },
    remove: async () => {
      await server.kill();
      directory.remove();
    },
  };
}

function binary(name: string): string {
  const found = globSync(`/usr/lib/postgresql/*/bin/${name}`).sort().at(-1);
  return found ?? name;
}
