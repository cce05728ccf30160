import { parseArgs } from 'node:util';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/infra/db/data-source.js';
import { Db } from '../src/infra/db/db.js';
import { migrate } from '../src/infra/db/migrate.js';
import { Secret } from '../src/kernel/secret.js';
import { storedPlan } from '../src/numbering/index.js';
import { serverPid } from './calls/instance.js';
import { machine } from './calls/machine.js';
import { measureShop, questionsOf, type ShopSample, scansOf } from './shop/measure.js';
import { openShop, sellUntil, soldNow } from './shop/world.js';

/**
 * `./anydial bench shop`: searching for free numbers while 10^4, 10^5 and 10^6 are sold, on the instance's PostgreSQL: searches
 * a second, the slowest percent, and processor time. The search must not get slower as more is sold.
 */
const { values: chosen } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const SIZES = [10_000, 100_000, 1_000_000];
const SESSIONS = [1, 8];

const { DATABASE_URL: url, ANYDIAL_STATE_DIR: stateDir } = process.env;
if (url === undefined || stateDir === undefined) {
  console.error('bench shop: needs an instance; run it as ./anydial bench shop');
  process.exitCode = 2;
} else {
  const report = await measure(new Secret(url), serverPid(stateDir, 'postgres'));
  console.log(chosen.json ? JSON.stringify(report, null, 2) : tableOf(report));
}

async function measure(databaseUrl: Secret, postgresPid: number) {
  await migrate(databaseUrl);
  const dataSource = await new DataSource(await dataSourceOptions(databaseUrl)).initialize();
  const hotPool = new pg.Pool({ max: 1 });
  const db = new Db(dataSource, hotPool);
  try {
    await openShop(db);
    const stored = await storedPlan(db);
    if (!stored.ok) throw new Error(stored.failure.join('; '));
    const shop = { db, postgresPid, plan: stored.value.plan };
    const samples: ShopSample[] = [];
    for (const size of SIZES) {
      await sellUntil(db, size);
      const sold = await soldNow(db);
      for (const [what, question] of Object.entries(await questionsOf(shop)))
        for (const sessions of SESSIONS)
          samples.push(await measureShop(shop, what, question, { sold, sessions }));
    }
    return { at: new Date().toISOString(), machine, found: await scansOf(db), samples };
  } finally {
    await hotPool.end();
    await dataSource.destroy();
  }
}

function tableOf({ at, samples, found }: Awaited<ReturnType<typeof measure>>): string {
  return [
    `anydial bench shop, ${at}`,
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, Linux ${machine.kernel}`,
    `sold numbers are found by: ${found}`,
    '',
    'search | sold | sessions | a second | p50 ms | p99 ms | shown | CPU ms ours | CPU ms PostgreSQL',
    ...samples.map(({ what, sold, sessions, perSecond, p50Ms, p99Ms, found: shown, cpuMs }) =>
      [what, sold, sessions, perSecond, p50Ms, p99Ms, shown, cpuMs.ours, cpuMs.postgres].join(' | '),
    ),
  ].join('\n');
}
