import { DataSource } from 'typeorm';
import type { Command } from '../cli.js';
import { dataSourceOptions } from '../infra/db/data-source.js';
import { Db } from '../infra/db/db.js';
import { createHotPool } from '../infra/db/pool.js';
import { resealFactors } from '../infra/http/second-factor/reseal-factors.js';
import { KeyRing } from '../infra/sealing/key-ring.js';
import { reseal } from '../membership/members/reseal.js';

export const resealCommand: Command = async (config) => {
  const dataSource = new DataSource(await dataSourceOptions(config.databaseUrl));
  await dataSource.initialize();
  const hotPool = createHotPool(config.databaseUrl, () => undefined);
  try {
    const db = new Db(dataSource, hotPool);
    const keys = new KeyRing(config.personalDataKeys);
    const done = await reseal(db, keys);
    const factors = await resealFactors(db, keys);
    process.stdout.write(
      `${done} members' data and ${factors} second factors are encrypted with key ${keys.currentId} now\n`,
    );
    return 0;
  } finally {
    await hotPool.end();
    await dataSource.destroy();
  }
};
