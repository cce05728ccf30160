import { join } from 'node:path';
import { Client } from 'pg';
import { phoneSecret } from '../../src/cli/lab-world.js';
import { type Config, loadConfig } from '../../src/config.js';
import { ariProbe } from './ari-probe.js';
import { serverPid } from './instance.js';
import type { Options } from './options.js';
import { addCallee } from './ours-world.js';
import type { Peer } from './peer.js';
import { projectRoot } from './root.js';
import type { Site } from './site.js';
import { until } from './until.js';

/** The lab world's phone that calls; it need not be registered for that. */
const callerPhone = 'lab-a';

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
  const db = new Client({ connectionString: config.databaseUrl.reveal() });
  await db.connect();
  site.onClear(() => db.end());
  const callee = await addCallee(db);
  const probe = ariProbe({ ...config.ari, password: config.ari.password.reveal() });
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${site.dir}`] : [];
  const app = site.start('ours-node', [process.execPath, ...flags, join(projectRoot, 'dist/src/main.js')], {
    ...process.env,
    ANYDIAL_ROLES: roles,
  });
  // Killed, it leaves no profile.
  if (profile) site.onClear(() => app.stop());
  await until(`the application, see ${app.log}`, 60, () => isReady(config));
  return {
    name: 'ours',
    caller: {
      host: config.sip.host,
      port: config.sip.port,
      username: callerPhone,
      secret: phoneSecret(config.lab.phoneSeed.reveal(), callerPhone),
    },
    callee,
    processes: [
      ...(['asterisk', 'postgres', 'redis'] as const).map((part) => ({
        part,
        pid: serverPid(config.stateDir, part),
      })),
      { part: 'node', pid: app.pid },
    ],
    openChannels: async () => (await probe.openChannels()) + (await count(db, 'ended_at IS NULL')),
    recordedCalls: () => count(db, 'ended_at IS NOT NULL'),
    versions: { asterisk: (await probe.version()) ?? 'unknown', postgres: await postgresVersion(db) },
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

async function count(db: Client, condition: string): Promise<number> {
  const { rows } = await db.query<{ count: string }>(`SELECT count(*) FROM call WHERE ${condition}`);
  return Number(rows[0]?.count);
}

/** With the two settings without which a record that was acknowledged may still be lost. */
async function postgresVersion(db: Client): Promise<string> {
  const { rows } = await db.query<{ text: string }>(
    `SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync')
            || ', synchronous_commit ' || current_setting('synchronous_commit') AS text`,
  );
  return rows[0]?.text ?? 'unknown';
}
