import { DataSource } from 'typeorm';
import { loadConfig } from './src/config.js';
import { migrationOptions } from './src/infra/db/data-source.js';

/** For TypeORM's own command line (`typeorm migration:generate -d dist/ormconfig.js …`); the product runs `migrate()`. */
const config = loadConfig();
if (!config.ok) throw new Error(config.failure.message);

export default new DataSource(await migrationOptions(config.value.databaseUrl));
