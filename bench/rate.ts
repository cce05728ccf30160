import { parseArgs } from 'node:util';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { RateBook } from '../src/billing/rate-book.service.js';
import { dataSourceOptions } from '../src/infra/db/data-source.js';
import { Db } from '../src/infra/db/db.js';
import { migrate } from '../src/infra/db/migrate.js';
import { Secret } from '../src/kernel/secret.js';
import { serverPid } from './calls/instance.js';
import { machine } from './calls/machine.js';
import { type MatchingReport, measureMatching } from './rate/matching.js';
import {
  measureBatches,
  measureMessages,
  type PostingReport,
  preparePosting,
  sampleCalls,
} from './rate/posting.js';
import { measurePure, type PureReport } from './rate/pure.js';
import { PREFIXES, sampleRows } from './rate/sample.js';

/**
 * `./anydial bench rate`: rating alone on one core with a deck of 100,000 prefixes, and rating with posting on the
 * instance's PostgreSQL: charge, accrual, hold and ledger for each call, decks in memory; and matching two statements.
 */
const { values: chosen } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const SESSIONS = 4;
const STATEMENT_CALLS = 2_500_000;
const BATCHES = [10, 50, 200];

interface Report {
  readonly at: string;
  readonly machine: typeof machine;
  readonly importSeconds: number;
  readonly pure: PureReport;
  readonly posting: readonly PostingReport[];
  readonly matching: MatchingReport;
}

const { DATABASE_URL: url, ANYDIAL_STATE_DIR: stateDir } = process.env;
if (url === undefined || stateDir === undefined) {
  console.error('bench rate: needs an instance; run it as ./anydial bench rate');
  process.exitCode = 2;
} else {
  const report = await measure(new Secret(url), serverPid(stateDir, 'postgres'));
  console.log(chosen.json ? JSON.stringify(report, null, 2) : tableOf(report));
}

async function measure(databaseUrl: Secret, postgresPid: number): Promise<Report> {
  const rows = sampleRows();
  tell('rating');
  const pure = measurePure(rows);
  tell('matching statements');
  const matching = measureMatching(STATEMENT_CALLS);
  await migrate(databaseUrl);
  const dataSource = await new DataSource(await dataSourceOptions(databaseUrl)).initialize();
  const hotPool = new pg.Pool({ max: 1 });
  const db = new Db(dataSource, hotPool);
  try {
    tell(`importing two decks of ${PREFIXES} prefixes`);
    const started = performance.now();
    const members = await preparePosting(db, rows);
    const importSeconds = Math.round(performance.now() - started) / 1_000;
    const bench = { db, postgresPid };
    const book = new RateBook();
    tell('posting');
    await measureBatches(bench, sampleCalls(members, rows, 1_000), book, { sessions: SESSIONS, batch: 20 });
    const posting: PostingReport[] = [];
    for (const batch of BATCHES) {
      const calls = sampleCalls(members, rows, 2_000 + batch);
      posting.push(await measureMessages(bench, calls, book, { sessions: SESSIONS, batch }));
    }
    for (const batch of BATCHES) {
      const calls = sampleCalls(members, rows, 10_000 + batch);
      posting.push(await measureBatches(bench, calls, book, { sessions: SESSIONS, batch }));
    }
    return { at: new Date().toISOString(), machine, importSeconds, pure, posting, matching };
  } finally {
    await hotPool.end();
    await dataSource.destroy();
  }
}

function tableOf({ at, pure, posting, matching, importSeconds }: Report): string {
  const sorted = pure.ratingsPerCoreSecond.toSorted((a, b) => a - b);
  const [lowest, median, highest] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return [
    `anydial bench rate, ${at}`,
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, Linux ${machine.kernel}`,
    '',
    `rating alone, ${pure.prefixes} prefixes: ${median} per core and second (${lowest} to ${highest})`,
    `the deck in memory: ${pure.deckMb} MB, built in ${pure.buildMs} ms; two such decks imported in ${importSeconds} s`,
    '',
    'rated and posted, calls per second',
    ...posting.map(
      ({ how, sessions, callsPerSecond, cpuMsPerCall: { ours, postgres } }) =>
        `  ${how}, ${sessions} sessions: ${callsPerSecond} (CPU per call: ${ours} ms ours, ${postgres} ms PostgreSQL)`,
    ),
    '',
    `statements matched: ${matching.linesPerCoreSecond} lines per core and second, ${matching.lines} lines,`,
    `  memory ${matching.memoryMb.before} MB before, ${matching.memoryMb.most} MB at most`,
  ].join('\n');
}

function tell(what: string): void {
  if (process.stderr.isTTY) console.error(what);
}
