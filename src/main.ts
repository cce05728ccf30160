import 'reflect-metadata';
import { loadConfig } from './config.js';
import { pendingMigrations } from './infra/db/migrate.js';
import { createLog } from './infra/log/log.js';
import { startTracing } from './infra/trace/start-tracing.js';
import { startApp } from './start.js';

/** sysexits.h EX_CONFIG: a supervisor must not restart us until somebody mends the configuration. */
const EXIT_CONFIG = 78;

const config = loadConfig();
if (!config.ok) {
  process.stderr.write(`${config.failure.message}\nHint: ${config.failure.hint}\n`);
  process.exit(EXIT_CONFIG);
}
const log = createLog(config.value);
try {
  const pending = await pendingMigrations(config.value.databaseUrl);
  if (pending.length > 0) {
    process.stderr.write(
      `The database lacks ${pending.length} migrations (${pending.join(', ')}): run migrate first.\n`,
    );
    process.exit(EXIT_CONFIG);
  }
  await startTracing(config.value);
  await startApp(config.value, log);
} catch (error) {
  log.fatal({ err: error }, 'start-up failed');
  log.flush(() => process.exit(1));
}
