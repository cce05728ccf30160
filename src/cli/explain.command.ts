import { parseArgs } from 'node:util';
import pg from 'pg';
import type { Command } from '../cli.js';
import { Directory } from '../exchange/directory.js';
import type { Origin } from '../exchange/domain/call.js';
import { NO_LOAD } from '../exchange/domain/load.js';
import type { Decision } from '../exchange/domain/verdict.js';
import { Router } from '../exchange/router.js';
import { systemDns, UriResolver } from '../exchange/uri-resolver.js';
import { sqlOn } from '../infra/db/sql.js';
import { newId } from '../kernel/ids.js';
import { explanation } from './explanation.js';

const USAGE = `usage: explain '<dialled>' --from <phone's account | country[:area]> [--json]
  e.g. explain '02-6200-6200-082' --from lab-a       explain 911 --from US:212\n`;

/** How a dialled string is read and routed, without placing a call. Exit code 0: it would be connected; 1: not; 64: wrong usage. */
export const explainCommand: Command = async (config, args) => {
  const asked = read(args);
  if (asked === undefined) {
    process.stderr.write(USAGE);
    return 64;
  }
  const pool = new pg.Pool({ connectionString: config.databaseUrl.reveal(), max: 2 });
  try {
    const origin = await originOf(pool, asked.from);
    if (origin === undefined) {
      process.stderr.write(`no phone and no country is called ${asked.from}\n${USAGE}`);
      return 64;
    }
    const decision = await decide(pool, asked.dialled, origin);
    const said = { dialled: asked.dialled, from: asked.from, ...decision };
    process.stdout.write(
      asked.json ? `${JSON.stringify(said, null, 2)}\n` : explanation(asked.dialled, decision),
    );
    return decision.verdict.kind === 'connect' ? 0 : 1;
  } finally {
    await pool.end();
  }
};

function read(args: readonly string[]): { dialled: string; from: string; json: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { from: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [dialled, ...more] = positionals;
    if (dialled === undefined || more.length > 0 || values.from === undefined) return undefined;
    return { dialled, from: values.from, json: values.json };
  } catch {
    return undefined;
  }
}

async function decide(pool: pg.Pool, dialled: string, origin: Origin): Promise<Decision> {
  const say = (_: object, message: string) => process.stderr.write(`${message}\n`);
  const log = { warn: say, error: say };
  const directory = new Directory(sqlOn(pool), log);
  await directory.refresh();
  const resolver = new UriResolver(systemDns(), () => directory.policy.privateSip);
  return new Router({
    directory,
    log,
    load: NO_LOAD,
    trunkHealth: () => 'closed',
    databaseAway: () => false,
    resolve: (reading) => resolver.resolve(reading),
    sipDomain: '',
    now: Date.now,
  }).decide({ id: newId(), dialled, origin, caller: { number: '' } });
}

/** A registered account brings its member along; a country alone stands for a caller there of whom nothing is known. */
async function originOf(pool: pg.Pool, from: string): Promise<Origin | undefined> {
  const place = /^([A-Z]{2})(?::([0-9]{1,6}))?$/.exec(from);
  if (place !== null) {
    const [, country = '', area] = place;
    const nobody = { kind: 'member', memberId: newId(), deviceId: newId(), username: '' } as const;
    return { ...nobody, country, ...(area === undefined ? {} : { area }) };
  }
  const { rows } = await pool.query<{
    id: string;
    member_id: string;
    username: string;
    country: string;
    area: string | null;
    location_number: string;
  }>('SELECT id, member_id, username, country, area, location_number FROM device WHERE username = $1', [
    from,
  ]);
  const device = rows[0];
  return device === undefined
    ? undefined
    : {
        kind: 'member',
        memberId: device.member_id,
        deviceId: device.id,
        username: device.username,
        country: device.country,
        location: device.location_number,
        ...(device.area === null ? {} : { area: device.area }),
      };
}
