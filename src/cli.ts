import 'reflect-metadata';
import { checkBooksCommand } from './cli/check-books.command.js';
import { emergencyPlanCommand } from './cli/emergency-plan.command.js';
import { explainCommand } from './cli/explain.command.js';
import { migrateCommand } from './cli/migrate.command.js';
import { resealCommand } from './cli/reseal.command.js';
import { seedCommand } from './cli/seed.command.js';
import { type Config, loadConfig } from './config.js';
import { configurationReference } from './config.reference.js';

/** One operator command: prints for people, returns the process's exit code. */
export type Command = (config: Config, args: readonly string[]) => Promise<number>;

const commands: Readonly<Record<string, { run: Command; about: string }>> = {
  migrate: {
    run: migrateCommand,
    about: 'migrate [--check]   bring the database up to date; --check only tells',
  },
  seed: { run: seedCommand, about: 'seed lab            write the demo world of docs/lab.md' },
  reseal: {
    run: resealCommand,
    about: 'reseal              encrypt personal data anew with the first of PERSONAL_DATA_KEYS',
  },
  explain: {
    run: explainCommand,
    about:
      "explain 'DIALLED' --from PHONE|COUNTRY[:AREA] [--json]   how it is read and routed, without a call",
  },
  'check-books': {
    run: checkBooksCommand,
    about: 'check-books         whether the books hold, over all time',
  },
  'emergency-plan': {
    run: emergencyPlanCommand,
    about: "emergency-plan DIR  write Asterisk's static way out for emergency calls into DIR",
  },
};

const CONFIGURATION = '  configuration       every variable that is read, as docs/configuration.md';

/** sysexits.h: a wrong command line, a wrong configuration. */
const EXIT_USAGE = 64;
const EXIT_CONFIG = 78;

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  if (name === 'configuration') {
    process.stdout.write(configurationReference());
    return 0;
  }
  const command = commands[name];
  if (command === undefined) {
    const lines = [...Object.values(commands).map((one) => `  ${one.about}`), CONFIGURATION];
    process.stdout.write(`Commands:\n${lines.join('\n')}\n`);
    return name === 'help' ? 0 : EXIT_USAGE;
  }
  const config = loadConfig();
  if (!config.ok) {
    process.stderr.write(`${config.failure.message}\nHint: ${config.failure.hint}\n`);
    return EXIT_CONFIG;
  }
  return command.run(config.value, args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
