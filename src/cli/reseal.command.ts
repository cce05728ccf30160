import { DataSource } from 'typeorm';
import type { Command } from '../cli.js';
import { dataSourceOptions } from '../infra/db/data-source.js';
import { Db } from '../infra/db/db.js';
import { createHotPool } from '../infra/db/pool.js';
import { KeyRing } from '../infra/sealing/key-ring.js';
import { reseal } from '../membership/members/reseal.js';

export const resealCommand: Command = async (config) => {
  const dataSource = new DataSource(await dataSourceOptions(config.databaseUrl));
  await dataSource.initialize();
  const hotPool = createHotPool(config.databaseUrl, () => undefined);
  try {
    const done = await reseal(new Db(dataSource, hotPool), new KeyRing(config.personalDataKeys));
    process.stdout.write(
      `${done} members' data is encrypted with key ${config.personalDataKeys[0]?.id} now\n`,
    );
    return 0;
  } finally {
    await hotPool.end();
    await dataSource.destroy();
  }
};
