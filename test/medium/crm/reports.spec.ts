import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { putFacts } from '../../../src/crm/reports/facts.js';
import { ReportJobs } from '../../../src/crm/reports/report.jobs.js';
import { ReportCatchUp } from '../../../src/crm/reports/report-catch-up.js';
import { SlowWork } from '../../../src/infra/db/slow-work.js';
import { createLog } from '../../../src/infra/log/log.js';
import { newId } from '../../../src/kernel/ids.js';
import type { SignedIn } from '../../support/http-client.js';
import { testConfig } from '../../support/test-config.js';
import { nowhere } from '../../support/test-redis.js';
import { memberNamed } from '../desk/desk.js';
import { type Centre, openCentre, type QueueCallFacts } from './centre.js';

interface Row {
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
interface Report {
  readonly zone: string;
  readonly rows: readonly Row[];
  readonly total: Row;
}

describe('reports', () => {
  let centre: Centre;
  let jobs: ReportJobs;
  let slow: SlowWork;
  let catchUp: ReportCatchUp;
  let queues: { hanbit: string; other: string; house: string };
  beforeAll(async () => {
    centre = await openCentre();
    const config = testConfig({ databaseUrl: centre.databaseUrl, redisUrl: nowhere });
    slow = new SlowWork(config);
    jobs = new ReportJobs();
    catchUp = new ReportCatchUp(slow, createLog(config));
    queues = {
      hanbit: await centre.queue(centre.hanbit, 'Hanbit sales'),
      other: await centre.queue(centre.other, 'Other sales'),
      house: await centre.queue(null, 'House'),
    };
  });
  beforeEach(() =>
    centre.pool.query(
      'TRUNCATE report_fact, report_day, report_hour, report_agent_day, report_source, report_zone, queue_call, customer CASCADE',
    ),
  );
  afterAll(async () => {
    await slow.onApplicationShutdown();
    await centre.close();
  });

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

  test('given_calls_of_three_countries_then_each_week_country_and_language_has_its_rate_times_and_satisfaction', async () => {
    await counted(
      queues.hanbit,
      {
        country: 'KR',
        language: 'ko',
        at: '2026-03-02T10:00:00Z',
        waitedMs: 10_000,
        talkedMs: 120_000,
        score: 5,
      },
      {
        country: 'KR',
        language: 'ko-KR',
        at: '2026-03-08T23:59:59Z',
        waitedMs: 20_000,
        talkedMs: 60_000,
        score: 2,
      },
      { country: 'JP', language: 'ja', at: '2026-03-09T00:00:00Z', waitedMs: 90_000, outcome: 'abandoned' },
      { country: 'US', language: 'en', at: '2026-03-10T00:00:00Z', waitedMs: 0, talkedMs: 30_000 },
    );
    expect(shown(await ask('by=week'))).toEqual({ '2026-03-02': [2, 2], '2026-03-09': [2, 1] });
    expect(shown(await ask('by=country'))).toEqual({ JP: [1, 0], KR: [2, 2], US: [1, 1] });
    expect(shown(await ask('by=language'))).toEqual({ en: [1, 1], ja: [1, 0], ko: [2, 2] });
    expect(shown(await ask('by=day&country=KR'))).toEqual({ '2026-03-02': [1, 1], '2026-03-08': [1, 1] });
    expect((await ask('by=queue')).rows).toMatchObject([{ name: 'Hanbit sales', offered: 4 }]);
    expect((await ask('by=country&country=KR')).total).toMatchObject({
      answerRate: 1,
      averageWait: 15,
      averageTalk: 90,
      satisfaction: 3.5,
    });
    const hours = (await centre.ask('GET /v1/reports/summary?from=2026-03-08&to=2026-03-09&by=hour'))
      .body as Report;
    expect(shown(hours)).toEqual({ '2026-03-08T23:00': [1, 1], '2026-03-09T00:00': [1, 0] });
    await checkSums();
  });

  test('given_an_event_is_told_again_or_late_or_a_score_comes_afterwards_then_each_call_counts_once_with_its_latest_values', async () => {
    const [first = ''] = await counted(queues.hanbit, { score: null }, { at: '2026-01-05T00:00:00Z' });
    await Promise.all([tell(first), tell(first), tell(first, first)]);
    expect((await ask('by=month')).total).toMatchObject({ offered: 2, satisfaction: null });
    await centre.db.run('UPDATE queue_call SET score = 4 WHERE id = $1', [first]);
    await tell(first);
    await centre.db.run(`UPDATE queue_call SET score = 5, country = 'JP' WHERE id = $1`, [first]);
    await tell(first);
    const { rows, total } = await ask('by=country');
    expect(total).toMatchObject({ offered: 2, satisfaction: 5 });
    expect(rows.map(({ key, offered }) => [key, offered])).toEqual([
      ['JP', 1],
      ['KR', 1],
    ]);
    await checkSums();
  });

  test('given_ten_workers_count_the_same_calls_at_once_then_each_counts_once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await centre.ended(queues.hanbit)).id);
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => tell(...ids.slice(n % 5), ...ids.slice(0, n % 5))),
    );
    expect((await ask('by=country')).total.offered).toBe(5);
    await checkSums();
  });

  test('given_a_transaction_is_rolled_back_then_nothing_of_it_counts', async () => {
    const fact = {
      kind: 'queue',
      owner: centre.hanbit,
      at: new Date('2026-02-01T00:00:00Z'),
      country: 'KR',
      language: 'ko',
    } as const;
    const failing = centre.db.inTx(async (tx) => {
      await putFacts(tx, [{ ...fact, id: newId() }]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await ask('by=country')).rows).toEqual([]);
  });

  test('given_two_companies_then_each_sees_its_own_and_the_operator_all_and_a_foreign_company_is_not_there', async () => {
    await counted(queues.hanbit, {}, {});
    await counted(queues.other, { country: 'US' });
    await counted(queues.house, {});
    expect(shown(await ask('by=company'))).toEqual({
      [centre.hanbit]: [2, 2],
      [centre.other]: [1, 1],
      operator: [1, 1],
    });
    expect((await ask('by=company')).rows.map(({ name }) => name).toSorted()).toEqual(
      ['Hanbit', 'Other', null].toSorted(),
    );
    expect(shown(await ask('by=company', centre.supervisor))).toEqual({ [centre.hanbit]: [2, 2] });
    expect(shown(await ask('by=country', centre.stranger))).toEqual({ US: [1, 1] });
    expect(shown(await ask(`by=company&company=${centre.other}`))).toEqual({ [centre.other]: [1, 1] });
    for (const path of ['summary', 'calls', 'calls.csv']) {
      const route = `GET /v1/reports/${path}?from=2026-01-01&to=2026-12-31&company=${centre.other}`;
      expect([path, await centre.status(route, undefined, centre.supervisor)]).toEqual([path, 404]);
      expect([path, await centre.status(route, undefined, centre.agent)]).toEqual([path, 403]);
    }
  });

  test('given_a_company_counts_in_its_own_zone_then_its_days_are_its_own_and_the_houses_stay', async () => {
    await counted(queues.hanbit, { at: '2026-03-01T16:00:00Z' });
    const admin = await centre.account('company-admin', { companyId: centre.hanbit });
    expect(await centre.status('PUT /v1/reports/zone', { zone: 'Mars/Olympus' }, admin)).toBe(400);
    expect(await centre.status('PUT /v1/reports/zone', { zone: 'Asia/Seoul' }, centre.supervisor)).toBe(403);
    expect(await centre.status('PUT /v1/reports/zone', { zone: 'Asia/Seoul' }, admin)).toBe(200);
    await counted(queues.hanbit, { at: '2026-03-02T14:59:59Z' }, { at: '2026-03-02T15:00:00Z' });
    expect(shown(await ask('by=day', admin))).toEqual({ '2026-03-02': [2, 2], '2026-03-03': [1, 1] });
    expect(shown(await ask('by=day'))).toEqual({ '2026-03-01': [1, 1], '2026-03-02': [2, 2] });
    await checkSums();
  });

  test('given_sums_then_the_calls_behind_them_are_listed_page_by_page_and_as_csv_and_numbers_are_masked_for_finance', async () => {
    await counted(
      queues.hanbit,
      ...Array.from({ length: 5 }, (_, n) => ({
        number: `+82101234567${n}`,
        at: `2026-03-0${n + 1}T10:00:00Z`,
      })),
      { number: "=HYPERLINK('x')", at: '2026-03-09T10:00:00Z', country: 'JP' },
    );
    const finance = await centre.account('finance');
    const range = 'from=2026-03-01&to=2026-03-31';
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await centre.ask(
        `GET /v1/reports/calls?${range}&country=KR&limit=2${cursor}`,
        undefined,
        centre.supervisor,
      );
      const page = body as { items: { number: string }[]; nextCursor: string | null };
      seen.push(...page.items.map(({ number }) => number.slice(-1)));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(['4', '3', '2', '1', '0']);
    const forFinance = await centre.ask(
      `GET /v1/reports/calls?${range}&country=KR&limit=1`,
      undefined,
      finance,
    );
    expect(forFinance.body).toMatchObject({ items: [{ number: '+82********74' }] });
    const csv = await centre.ask(`GET /v1/reports/calls.csv?${range}`, undefined, centre.supervisor);
    expect(csv.headers.get('content-disposition')).toBe(
      'attachment; filename="calls-2026-03-01-2026-03-31.csv"',
    );
    const lines = csv.text.trim().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toContain(`'=HYPERLINK`);
    expect(lines[2]).toContain('+82 10 1234 5674');
    expect((await centre.ask(`GET /v1/reports/calls.csv?${range}`, undefined, finance)).text).not.toContain(
      '4567',
    );
  });

  test('given_calls_end_then_they_count_for_who_made_them_and_for_the_company_that_was_called', async () => {
    const ids = [newId(), newId()];
    const call = (id: string, memberId: string | null, calling: string, answered: boolean) =>
      centre.db.run(
        `INSERT INTO call (id, version, node, state, origin, caller_channel, member_id, dialled, reading, called, calling, started_at, answered_at, ended_at,
                           reason, trace) VALUES ($1, 1, 'n', 'ended', $2, 'c', $3, 'x', 'vns', '62006200#082', $4, '2026-04-01T00:00:00Z',
                           CASE WHEN $5 THEN '2026-04-01T00:00:10Z'::timestamptz END, '2026-04-01T00:01:10Z', 'hungup', '{}')`,
        [id, memberId === null ? 'trunk' : 'member', memberId, calling, answered],
      );
    await call(ids[0] ?? '', memberNamed('Kim Ara'), '0262006100082', true);
    await call(ids[1] ?? '', null, '+81362009999', false);
    const ended = ids.map((callId) => ({ callId }) as Parameters<ReportJobs['countCalls']>[0][number]);
    for (let twice = 0; twice < 2; twice++) await centre.db.inTx((tx) => jobs.countCalls(ended, tx));
    const all = await ask('by=country');
    expect(all.rows.map(({ key, calls }) => [key, calls])).toEqual([
      ['JP', 1],
      ['KR', 1],
    ]);
    expect((await ask('by=country', centre.supervisor)).total.calls).toBe(2);
    expect((await ask('by=country', centre.stranger)).total.calls).toBe(0);
  });

  test('given_charges_and_a_re_rating_when_caught_up_then_money_counts_once_at_its_latest_price', async () => {
    const callId = newId();
    const charge = (revision: number, micros: string) =>
      centre.db.run(
        `INSERT INTO charge (call_id, member_id, on_net, revision, answered_at, duration_ms, result, prefix, amount_micros, currency)
         VALUES ($1, $2, false, $3, '2026-05-01T00:00:00Z', 60000, 'rated', '82', $4, 'USD')`,
        [callId, memberNamed('Kim Ara'), revision, micros],
      );
    await charge(0, '60000');
    await catchUp.catchUp();
    await catchUp.catchUp();
    expect((await ask('by=month')).total.charged).toEqual([{ currency: 'USD', amount: '0.06' }]);
    await charge(1, '45000');
    await catchUp.catchUp();
    const { total } = await ask('by=month');
    expect(total.charged).toEqual([{ currency: 'USD', amount: '0.045' }]);
    await checkSums();
  });

  test('given_numbers_are_sold_given_back_and_ended_when_caught_up_then_sales_and_churn_are_told', async () => {
    const [kept, refunded, old] = [await soldNumber('110'), await soldNumber('220'), await soldNumber('330')];
    const move = (id: string, to: string, at: string, version: number) =>
      centre.db.run(
        `INSERT INTO order_move (order_id, version, at, event, from_state, to_state, moved_by) VALUES ($1, $2, $3, 'x', 'x', $4, 'test')`,
        [id, version, at, to],
      );
    await move(old, 'active', '2025-06-01T00:00:00Z', 1);
    for (const [id, version] of [
      [kept, 2],
      [refunded, 2],
    ] as const)
      await move(id, 'paid', '2026-05-01T00:00:00Z', version);
    await move(kept, 'active', '2026-05-02T00:00:00Z', 3);
    const contract = newId();
    await centre.db.run(
      `INSERT INTO number_contract (id, order_id, key, holder_id, owner_id, account_id, state, bill_interval, fee_micros, currency, started_on, paid_through)
       SELECT $1, $2, '1', $1, $1, (SELECT min(id) FROM ledger_account), 'ended', 'month', 1, 'USD', '2025-06-01', '2026-06-01'`,
      [contract, old],
    );
    await centre.db.run(
      `INSERT INTO contract_move (contract_id, version, at, event, from_state, to_state, moved_by) VALUES ($1, 1, '2026-06-01T00:00:00Z', 'x', 'ending', 'ended', 'test')`,
      [contract],
    );
    await catchUp.catchUp();
    expect((await ask('by=month')).total).toMatchObject({
      orders: 2,
      sold: [{ currency: 'USD', amount: '330.00' }],
      joined: 1,
      left: 1,
      churn: 1,
    });
    await centre.db.run(`UPDATE shop_order SET state = 'refunded' WHERE id = $1`, [refunded]);
    await move(refunded, 'refunded', new Date().toISOString(), 3);
    await catchUp.catchUp();
    expect((await ask('by=month')).total).toMatchObject({
      orders: 2,
      sold: [{ currency: 'USD', amount: '110.00' }],
    });
    expect((await ask('by=month', centre.supervisor)).total).toMatchObject({ orders: 0, sold: [] });
    await checkSums();
  });

  /** An order of a number for so many dollars; its id. */
  async function soldNumber(dollars: string): Promise<string> {
    const id = newId();
    await centre.db.run(
      `INSERT INTO seller (id, name, street, city, postcode, country, time_zone)
       VALUES ('test-seller', 'x', 'x', 'x', 'x', 'KR', 'UTC') ON CONFLICT DO NOTHING`,
    );
    await centre.db.run(
      `INSERT INTO shop_order (id, kind, state, buyer_id, holder_id, holder_kind, country, language, seller_id, currency, net_micros, tax_micros, total_micros, price_lines, tax, billing)
       VALUES ($1, 'number', 'paid', $1, $1, 'person', 'KR', 'ko', 'test-seller', 'USD', $2, 0, $2, '[]', '{}', '{}')`,
      [id, `${dollars}000000`],
    );
    return id;
  }

  test('given_a_range_that_is_none_then_it_is_refused', async () => {
    const status = (query: string) => centre.status(`GET /v1/reports/summary?${query}`);
    expect(await status('from=2026-02-01&to=2026-01-01')).toBe(400);
    expect(await status('from=2026-01-01&to=2026-12-31&by=hour')).toBe(400);
    expect(await status('from=2026-01-01&to=2026-12-31&by=everything')).toBe(400);
    expect(await status('from=yesterday&to=2026-12-31')).toBe(400);
  });
});
