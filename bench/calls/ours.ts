import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Config, loadConfig } from '../../src/config.js';
import { addBenchWorld } from './ours-world.js';
import type { Part, Peer } from './peer.js';
import { projectRoot } from './root.js';
import type { Site } from './site.js';
import { until } from './until.js';

/**
 * (c) ours: the instance that `./anydial bench` has started (PostgreSQL, Redis, Asterisk) with its environment, and the
 * application, all roles, started here.
 * @throws when there is no such instance: what to run instead.
 */
export async function startOurs(site: Site): Promise<Peer> {
  const config = benchConfig();
  const db = new Client({ connectionString: config.databaseUrl.reveal() });
  await db.connect();
  site.onClear(() => db.end());
  const { caller, callee } = await addBenchWorld(db, config.sip.realm);
  const app = site.start('ours-node', [process.execPath, join(projectRoot, 'dist/src/main.js')]);
  await until(`the application, see ${app.log}`, 60, () => isReady(config));
  return {
    name: 'ours',
    caller: { host: config.sip.host, port: config.sip.port, ...caller },
    callee,
    processes: [
      ...(['asterisk', 'postgres', 'redis'] as const).map((part) => ({ part, pid: serverPid(config, part) })),
      { part: 'node', pid: app.pid },
    ],
    openChannels: async () => {
      const channels = await ari<readonly unknown[]>(config, 'channels');
      return channels.length + (await count(db, 'ended_at IS NULL'));
    },
    recordedCalls: () => count(db, 'ended_at IS NOT NULL'),
    versions: await versions(config, db),
  };
}

function benchConfig(): Config {
  const config = loadConfig();
  if (!config.ok || config.value.instance !== 'bench')
    throw new Error('the peer "ours" needs an instance of its own: run ./anydial bench calls');
  return config.value;
}

async function isReady(config: Config): Promise<true | undefined> {
  const answer = await fetch(`http://${config.http.host}:${config.http.port}/health/ready`).catch(
    () => undefined,
  );
  return answer?.ok ? true : undefined;
}

/** `./anydial` writes "<pid> <start time>" per server. */
function serverPid(config: Config, part: Part): number {
  return Number.parseInt(readFileSync(join(config.stateDir, 'run', `${part}.pid`), 'utf8'), 10);
}

async function ari<T>(config: Config, path: string): Promise<T> {
  const { url, username, password } = config.ari;
  const credentials = Buffer.from(`${username}:${password.reveal()}`).toString('base64');
  const answer = await fetch(`${url}/ari/${path}`, { headers: { authorization: `Basic ${credentials}` } });
  if (!answer.ok) throw new Error(`Asterisk answers ${answer.status} to GET /ari/${path}`);
  // Asterisk's own documented shapes; only lengths and a version are read.
  return (await answer.json()) as T;
}

async function count(db: Client, condition: string): Promise<number> {
  const { rows } = await db.query<{ count: string }>(`SELECT count(*) FROM call WHERE ${condition}`);
  return Number(rows[0]?.count);
}

async function versions(config: Config, db: Client): Promise<Readonly<Record<string, string>>> {
  const { system } = await ari<{ system: { version: string } }>(config, 'asterisk/info');
  const setting = async (name: string) =>
    (await db.query<Record<string, string>>(`SHOW ${name}`)).rows[0]?.[name] ?? 'unknown';
  const [server, fsync, commit] = await Promise.all(
    ['server_version', 'fsync', 'synchronous_commit'].map(setting),
  );
  return {
    asterisk: system.version,
    postgres: `${server}, fsync ${fsync}, synchronous_commit ${commit}`,
  };
}
