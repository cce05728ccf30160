import { expect } from '@jest/globals';
import { ReportJobs } from '../../../src/crm/reports/report.jobs.js';
import { ReportCatchUp } from '../../../src/crm/reports/report-catch-up.js';
import { SlowWork } from '../../../src/infra/db/slow-work.js';
import { createLog } from '../../../src/infra/log/log.js';
import { newId } from '../../../src/kernel/ids.js';
import type { SignedIn } from '../../support/http-client.js';
import { testConfig } from '../../support/test-config.js';
import { nowhere } from '../../support/test-redis.js';
import { openCentre, type QueueCallFacts } from './centre.js';

export interface Row {
  readonly key: string;
  readonly name: string | null;
  readonly offered: number;
  readonly answered: number;
  readonly calls: number;
  readonly answerRate: number | null;
  readonly averageWait: number | null;
  readonly averageTalk: number | null;
  readonly satisfaction: number | null;
  readonly charged: readonly { currency: string; amount: string }[];
  readonly joined: number;
}
export interface Report {
  readonly zone: string;
  readonly rows: readonly Row[];
  readonly total: Row;
}

/** A centre whose calls are counted as the worker does it, and what its reports say then. */
export type Counting = Awaited<ReturnType<typeof openCounting>>;

export async function openCounting() {
  const centre = await openCentre();
  const config = testConfig({ databaseUrl: centre.databaseUrl, redisUrl: nowhere });
  const slow = new SlowWork(config);
  const jobs = new ReportJobs();
  const catchUp = new ReportCatchUp(slow, createLog(config));
  const queues = {
    hanbit: await centre.queue(centre.hanbit, 'Hanbit sales'),
    other: await centre.queue(centre.other, 'Other sales'),
    house: await centre.queue(null, 'House'),
  };
  async function counted(queueId: string, ...facts: readonly QueueCallFacts[]): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const one of facts) ids.push((await centre.ended(queueId, one)).id);
    await tell(...ids);
    return ids;
  }
  const tell = (...ids: readonly string[]) =>
    centre.db.inTx((tx) =>
      jobs.countQueueCalls(
        ids.map((queueCallId) => ({
          queueCallId,
          callId: newId(),
          queueId: newId(),
          companyId: null,
          agentId: null,
          outcome: 'answered',
        })),
        tx,
      ),
    );
  const ask = async (query: string, who: SignedIn = centre.operator) =>
    (await centre.ask(`GET /v1/reports/summary?from=2026-01-01&to=2026-12-31&${query}`, undefined, who))
      .body as Report;
  const shown = ({ rows }: Report) =>
    Object.fromEntries(rows.map(({ key, offered, answered }) => [key, [offered, answered]]));
  /** What the sums would be if all facts were counted from the beginning. */
  const checkSums = async () => {
    const [wrong] = await centre.db.rows<{ wrong: string }>(
      `SELECT count(*) AS wrong FROM (
         SELECT owner, kind, sum(n) AS n, sum(answered) AS a, sum(waited_ms) AS w, sum(score) AS s, sum(amount_micros) AS m FROM report_fact GROUP BY 1, 2) f
         FULL JOIN (SELECT owner, kind, sum(n) AS n, sum(answered) AS a, sum(waited_ms) AS w, sum(score) AS s, sum(amount_micros) AS m
                      FROM report_day WHERE zone = 'UTC' GROUP BY 1, 2) d USING (owner, kind)
        WHERE (f.n, f.a, f.w, f.s, f.m) IS DISTINCT FROM (d.n, d.a, d.w, d.s, d.m)`,
    );
    expect(wrong).toEqual({ wrong: '0' });
  };
  return {
    centre,
    jobs,
    catchUp,
    queues,
    counted,
    tell,
    ask,
    shown,
    checkSums,
    /** Nothing was ever counted. */
    forget: () =>
      centre.pool.query(
        'TRUNCATE report_fact, report_day, report_hour, report_agent_day, report_source, report_zone, queue_call, customer CASCADE',
      ),
    close: async () => {
      await slow.onApplicationShutdown();
      await centre.close();
    },
  };
}
