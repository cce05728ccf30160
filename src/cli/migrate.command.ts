import type { Command } from '../cli.js';
import { migrate, pendingMigrations } from '../infra/db/migrate.js';

export const migrateCommand: Command = async (config, args) => {
  if (args.includes('--check')) {
    const pending = await pendingMigrations(config.databaseUrl);
    process.stdout.write(pending.length === 0 ? 'up to date\n' : `pending: ${pending.join(', ')}\n`);
    return pending.length === 0 ? 0 : 1;
  }
  const done = await migrate(config.databaseUrl);
  process.stdout.write(done.length === 0 ? 'up to date\n' : `migrated: ${done.join(', ')}\n`);
  return 0;
};
