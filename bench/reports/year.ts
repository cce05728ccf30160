import type pg from 'pg';
import { type Fact, putFacts } from '../../src/crm/reports/facts.js';
import type { Db } from '../../src/infra/db/db.js';
import { newId } from '../../src/kernel/ids.js';

export interface Generated {
  readonly calls: number;
  readonly companies: readonly string[];
  readonly days: number;
  readonly hours: number;
  readonly seconds: number;
}

const COMPANIES = 20;
const COUNTRIES = ['KR', 'JP', 'US', 'DE', 'FR', 'GB', 'BR', 'IN', 'VN', 'AU'];
const LANGUAGES = ['ko', 'ja', 'en', 'de', 'fr', 'pt', 'vi'];

/** Facts as `report_put` would keep them, and the sums that it would have made of them, in one go: a year would take it an hour. */
export async function generateYear(pool: pg.Pool, calls: number): Promise<Generated> {
  const begun = performance.now();
  const companies = Array.from({ length: COMPANIES }, () => newId());
  const queues = Array.from({ length: COMPANIES * 3 }, () => newId());
  const client = await pool.connect();
  try {
    await client.query('SET synchronous_commit = off');
    await client.query("SET work_mem = '256MB'");
    await client.query('TRUNCATE report_fact, report_day, report_hour, report_agent_day');
    await client.query('DROP INDEX IF EXISTS report_fact_of_owner, report_fact_newest');
    await client.query(FACTS, [calls, companies, queues, COUNTRIES, LANGUAGES]);
    await client.query('CREATE INDEX report_fact_of_owner ON report_fact (owner, kind, at DESC, id DESC)');
    await client.query('CREATE INDEX report_fact_newest ON report_fact (kind, at DESC, id DESC)');
    await client.query(DAYS);
    await client.query(HOURS);
    await client.query('VACUUM ANALYZE report_fact, report_day, report_hour');
    const { rows } = await client.query<{ days: string; hours: string }>(
      'SELECT (SELECT count(*) FROM report_day) AS days, (SELECT count(*) FROM report_hour) AS hours',
    );
    return {
      calls,
      companies,
      days: Number(rows[0]?.days),
      hours: Number(rows[0]?.hours),
      seconds: (performance.now() - begun) / 1_000,
    };
  } finally {
    client.release();
  }
}

const FACTS = `
  INSERT INTO report_fact
  SELECT 'queue', gen_random_uuid(), $2[1 + who]::text, at, ($4::text[])[1 + country], ($5::text[])[1 + country % 7], '',
         ($3::uuid[])[1 + who * 3 + queue], NULL, 1, answered, 1 - answered, 1000 + (random() * 60000)::int, answered * (30000 + (random() * 400000)::int),
         scored, scored * (1 + (random() * 4)::int), 0
    FROM (SELECT (random() * 19.99)::int % 20 AS who, timestamptz '2026-01-01Z' + random() * interval '365 days' AS at,
                 floor(power(random(), 2) * 10)::int AS country, floor(random() * 3)::int AS queue, (random() < 0.9)::int AS answered,
                 (random() < 0.3)::int AS scored FROM generate_series(1, $1)) made`.replace(
  '$2[1 + who]',
  '($2::text[])[1 + who]',
);
const MEASURES =
  'sum(n), sum(answered), sum(abandoned), sum(waited_ms), sum(talked_ms), sum(scored), sum(score), sum(amount_micros)';
const DAYS = `
  INSERT INTO report_day SELECT 'UTC', owner, kind, (at AT TIME ZONE 'UTC')::date, country, language, currency, queue_id, ${MEASURES}
    FROM report_fact GROUP BY 2, 3, 4, 5, 6, 7, 8`;
const HOURS = `
  INSERT INTO report_hour SELECT owner, kind, date_trunc('hour', at), country, language, ${MEASURES} FROM report_fact GROUP BY 1, 2, 3, 4, 5`;

const BATCH = 100;
const BATCHES = 50;

/** How fast the same is counted as it happens, on top of the year. */
export async function measureCounting(
  db: Db,
  companies: readonly string[],
): Promise<{ perSecond: number; batch: number }> {
  const fact = (n: number): Fact => ({
    kind: 'queue',
    id: newId(),
    owner: companies[n % companies.length] ?? '',
    at: new Date(),
    country: COUNTRIES[n % 10] ?? '',
    language: LANGUAGES[n % 7] ?? '',
    answered: true,
    waitedMs: 5_000,
    talkedMs: 60_000,
  });
  const begun = performance.now();
  for (let batch = 0; batch < BATCHES; batch++)
    await db.inTx((tx) =>
      putFacts(
        tx,
        Array.from({ length: BATCH }, (_, n) => fact(n)),
      ),
    );
  return { perSecond: (BATCH * BATCHES * 1_000) / (performance.now() - begun), batch: BATCH };
}
