import { parseArgs } from 'node:util';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { report } from '../src/crm/reports/report.service.js';
import { reportCalls } from '../src/crm/reports/report-calls.service.js';
import { type Grouping } from '../src/crm/reports/report-queries.js';
import { dataSourceOptions } from '../src/infra/db/data-source.js';
import { Db } from '../src/infra/db/db.js';
import { migrate } from '../src/infra/db/migrate.js';
import { Secret } from '../src/kernel/secret.js';
import { machine } from './calls/machine.js';
import { type Generated, generateYear, measureCounting } from './reports/year.js';

/**
 * `./anydial bench reports`: a year of generated calls to queues (10 million unless told) in the instance's PostgreSQL, then what the pages
 * ask: the year by week, country, language, company, queue, and the first page of the calls behind it.
 */
const { values: chosen } = parseArgs({
  options: { json: { type: 'boolean', default: false }, calls: { type: 'string', default: '10000000' } },
});
const ROUNDS = 7;
const PEER_ROUNDS = 3;
/** What a report is without sums: every call of the year is read. Same rows, same server, same run. */
const PLAIN = (where: string) => `
  SELECT date_trunc('week', at AT TIME ZONE 'UTC') AS week, sum(n), sum(answered), sum(abandoned), sum(waited_ms), sum(talked_ms), sum(scored), sum(score)
    FROM report_fact WHERE kind = 'queue' AND at >= '2026-01-01Z' AND at < '2027-01-01Z' ${where} GROUP BY 1 ORDER BY 1`;
const PLAIN_WEEKS = PLAIN('');
const PLAIN_COMPANY = PLAIN('AND owner = $1');
const YEAR = { from: '2026-01-01', to: '2026-12-31', zone: 'UTC' };

interface Timed {
  readonly what: string;
  readonly medianMs: number;
  readonly slowestMs: number;
}

const { DATABASE_URL: url } = process.env;
if (url === undefined) {
  console.error('bench reports: needs an instance; run it as ./anydial bench reports');
  process.exitCode = 2;
} else {
  const measured = await measure(new Secret(url), Number(chosen.calls));
  console.log(chosen.json ? JSON.stringify(measured, null, 2) : tableOf(measured));
}

async function measure(databaseUrl: Secret, calls: number) {
  await migrate(databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl.reveal(), max: 2, statement_timeout: 0 });
  const dataSource = await new DataSource(await dataSourceOptions(databaseUrl)).initialize();
  const db = new Db(dataSource, pool);
  try {
    tell(`generating ${calls} calls`);
    const generated = await generateYear(pool, calls);
    tell('asking');
    const [company = ''] = generated.companies;
    const timed: Timed[] = [];
    for (const by of ['week', 'month', 'country', 'language', 'company', 'queue', 'day'] satisfies Grouping[])
      timed.push(
        await time(`all companies, the year by ${by}`, () => report(db, { ...YEAR, by, owner: null })),
      );
    timed.push(
      await time('one company, the year by week', () => report(db, { ...YEAR, by: 'week', owner: company })),
    );
    timed.push(
      await time('one country, the year by week', () =>
        report(db, { ...YEAR, by: 'week', owner: null, country: 'JP' }),
      ),
    );
    timed.push(
      await time('the calls behind it, all', () =>
        reportCalls(db, { ...YEAR, owner: null }, true, undefined, 51),
      ),
    );
    timed.push(
      await time('the calls behind it, one company and country', () =>
        reportCalls(db, { ...YEAR, owner: company, country: 'JP' }, true, undefined, 51),
      ),
    );
    tell('the peer: the same asked of the calls themselves');
    timed.push(
      await time('peer: all companies, the year by week', () => pool.query(PLAIN_WEEKS), PEER_ROUNDS),
    );
    timed.push(
      await time(
        'peer: one company, the year by week',
        () => pool.query(PLAIN_COMPANY, [company]),
        PEER_ROUNDS,
      ),
    );
    tell('counting more calls');
    const counting = await measureCounting(db, generated.companies);
    return { at: new Date().toISOString(), machine, generated, timed, counting };
  } finally {
    await dataSource.destroy();
    await pool.end();
  }
}

/** The first one is asked of a cold cache of plans; it counts, too. */
async function time(what: string, run: () => Promise<unknown>, rounds = ROUNDS): Promise<Timed> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await run();
    took.push(performance.now() - begun);
  }
  const sorted = took.toSorted((a, b) => a - b);
  return { what, medianMs: sorted[Math.floor(rounds / 2)] ?? 0, slowestMs: sorted.at(-1) ?? 0 };
}

function tableOf(measured: {
  generated: Generated;
  timed: readonly Timed[];
  counting: { perSecond: number; batch: number };
}): string {
  const { generated, timed, counting } = measured;
  return [
    `${generated.calls} calls of ${generated.companies.length} companies in a year: ${generated.days} sums by day, ${generated.hours} by hour (${generated.seconds.toFixed(0)} s to make)`,
    '',
    '| asked | median ms | slowest ms |',
    '| --- | ---: | ---: |',
    ...timed.map(
      ({ what, medianMs, slowestMs }) => `| ${what} | ${medianMs.toFixed(0)} | ${slowestMs.toFixed(0)} |`,
    ),
    '',
    `counted as they end: ${counting.perSecond.toFixed(0)} calls/s in batches of ${counting.batch}, one worker`,
  ].join('\n');
}

function tell(what: string): void {
  console.error(`bench reports: ${what}`);
}
