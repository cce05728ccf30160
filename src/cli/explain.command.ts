import { parseArgs } from 'node:util';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { RateBook } from '../billing/rate-book.service.js';
import { TariffDesk } from '../billing/tariff-desk.service.js';
import type { Command } from '../cli.js';
import type { Config } from '../config.js';
import { Directory } from '../exchange/directory.js';
import { Explainer } from '../exchange/explain/explainer.js';
import { dnsOn, UriResolver } from '../exchange/uri-resolver.js';
import { dataSourceOptions } from '../infra/db/data-source.js';
import { Db } from '../infra/db/db.js';
import { Listener } from '../infra/db/listen.js';
import { explanation } from './explanation.js';

const USAGE = `usage: explain '<dialled>' --from <member's id or number | phone's account | country[:area]> [--json]
  e.g. explain '02-6200-6200-082' --from lab-a       explain 911 --from US:212\n`;

/** How a dialled string is read and routed, without placing a call. Exit code 0: it would be connected; 1: not; 64: wrong usage. */
export const explainCommand: Command = async (config, args) => {
  const asked = read(args);
  if (asked === undefined) {
    process.stderr.write(USAGE);
    return 64;
  }
  const hotPool = new pg.Pool({ connectionString: config.databaseUrl.reveal(), max: 2 });
  const dataSource = await new DataSource(await dataSourceOptions(config.databaseUrl)).initialize();
  try {
    const explainer = await explainerOn(config, new Db(dataSource, hotPool));
    const explained = await explainer.explain(asked.dialled, asked.from);
    if (!explained.ok) {
      process.stderr.write(`${explained.failure.message}\n${USAGE}`);
      return 64;
    }
    process.stdout.write(
      asked.json ? `${JSON.stringify(explained.value, null, 2)}\n` : explanation(explained.value),
    );
    return explained.value.verdict.kind === 'connect' ? 0 : 1;
  } finally {
    await dataSource.destroy();
    await hotPool.end();
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

async function explainerOn(config: Config, db: Db): Promise<Explainer> {
  const say = (_: object, message: string) => process.stderr.write(`${message}\n`);
  const log = { warn: say, error: say };
  const directory = new Directory(db.hot, log);
  await directory.refresh();
  // Asked once, so nothing can change meanwhile that would have to be listened for.
  const listener = new Listener(config.databaseUrl, { lost: () => undefined, restored: () => undefined });
  const resolver = new UriResolver(dnsOn(config.sip.dnsServers), () => directory.policy.privateSip);
  return new Explainer({
    sql: db.hot,
    directory,
    tariffs: new TariffDesk(db, new RateBook(), listener),
    log,
    resolve: (reading) => resolver.resolve(reading),
    sipDomain: config.sip.realm,
  });
}
