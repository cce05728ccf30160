import { DataSource } from 'typeorm';
import { runChecks } from '../billing/checks/checks.service.js';
import type { Command } from '../cli.js';
import { migrationOptions } from '../infra/db/data-source.js';
import { inTx } from '../infra/db/tx.js';

/** Everything that has ever been charged, booked and invoiced. */
const EVER = { from: new Date(0), to: new Date('9999-01-01T00:00:00Z') };

/** All checks of the books, now and over all time. Exit code 0: nothing was found; 1: what breaks what must hold is printed. */
export const checkBooksCommand: Command = async (config) => {
  const dataSource = await new DataSource(await migrationOptions(config.databaseUrl)).initialize();
  try {
    const { results } = await runChecks((work, isolation) => inTx(dataSource, work, isolation), {
      span: EVER,
      askedBy: 'check-books',
    });
    for (const { name, holds, findings } of results)
      process.stdout.write(
        `${findings.length === 0 ? 'ok   ' : 'WRONG'} ${name}: ${holds}${told(findings.length)}\n`,
      );
    return results.every(({ findings }) => findings.length === 0) ? 0 : 1;
  } finally {
    await dataSource.destroy();
  }
};

const told = (count: number): string => (count === 0 ? '' : ` (${count} that do not)`);
