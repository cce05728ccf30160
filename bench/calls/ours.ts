import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Pool } from 'pg';
import { type Config, loadConfig } from '../../src/config.js';
import { type Sql, sqlOn } from '../../src/infra/db/sql.js';
import { ariProbe } from './ari-probe.js';
import { serverPid } from './instance.js';
import type { Options } from './options.js';
import { addCallers } from './ours-callers.js';
import { addCallee } from './ours-world.js';
import type { Peer } from './peer.js';
import { projectRoot } from './root.js';
import type { Site } from './site.js';
import { until } from './until.js';

/**
 * (c) ours: the instance that `./anydial bench` has started (PostgreSQL, Redis, Asterisk) with its environment, and the
 * application, started here.
 * @throws when there is no such instance: what to run instead.
 */
export async function startOurs(
  site: Site,
  { roles, profile }: Pick<Options, 'roles' | 'profile'>,
): Promise<Peer> {
  const config = benchConfig();
  const db = new Pool({ connectionString: config.databaseUrl.reveal(), max: 1 });
  site.onClear(() => db.end());
  const sql = sqlOn(db);
  const callee = await addCallee(sql);
  const callers = await addCallers(sql, {
    realm: config.sip.realm,
    secret: randomBytes(12).toString('hex'),
  });
  const probe = ariProbe({ ...config.ari, password: config.ari.password.reveal() });
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${site.dir}`] : [];
  const app = site.start('ours-node', [process.execPath, ...flags, join(projectRoot, 'dist/src/main.js')], {
    ...process.env,
    ANYDIAL_ROLES: roles,
    // What the node holds is looked for here, not what its operator lets it take.
    ANYDIAL_MOST_CALLS_PER_SECOND: '1000',
  });
  // Killed, it leaves no profile.
  if (profile) site.onClear(() => app.stop());
  await until(`the application, see ${app.log}`, 60, () => isReady(config));
  return {
    name: 'ours',
    entrance: { host: config.sip.host, port: config.sip.port },
    callers,
    callee,
    processes: [
      ...(['asterisk', 'postgres', 'redis'] as const).map((part) => ({
        part,
        pid: serverPid(config.stateDir, part),
      })),
      { part: 'node', pid: app.pid },
    ],
    openChannels: async () => (await probe.openChannels()) + (await count(sql, 'ended_at IS NULL')),
    recordedCalls: () => count(sql, 'ended_at IS NOT NULL'),
    versions: { asterisk: (await probe.version()) ?? 'unknown', postgres: await postgresVersion(sql) },
  };
}

function benchConfig() {
  const config = loadConfig();
  if (!config.ok || config.value.instance !== 'bench' || config.value.lab === undefined)
    throw new Error('the peer "ours" needs an instance of its own: run ./anydial bench calls');
  return { ...config.value, lab: config.value.lab };
}

async function isReady(config: Config): Promise<true | undefined> {
  const answer = await fetch(`http://${config.http.host}:${config.http.port}/health/ready`).catch(
    () => undefined,
  );
  return answer?.ok ? true : undefined;
}

async function count(sql: Sql, condition: string): Promise<number> {
  const [row] = await sql.rows<{ count: string }>(`SELECT count(*) FROM call WHERE ${condition}`);
  return Number(row?.count);
}

/** With the two settings without which a record that was acknowledged may still be lost. */
async function postgresVersion(sql: Sql): Promise<string> {
  const [row] = await sql.rows<{ text: string }>(
    `SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync')
            || ', synchronous_commit ' || current_setting('synchronous_commit') AS text`,
  );
  return row?.text ?? 'unknown';
}
