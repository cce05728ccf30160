import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { putFacts } from '../../../src/crm/reports/facts.js';
import { newId } from '../../../src/kernel/ids.js';
import { type Counting, openCounting, type Report } from './counting.js';

describe('reports', () => {
  let c: Counting;
  beforeAll(async () => {
    c = await openCounting();
  });
  beforeEach(() => c.forget());
  afterAll(() => c.close());

  test('given_calls_of_three_countries_then_each_week_country_and_language_has_its_rate_times_and_satisfaction', async () => {
    await c.counted(
      c.queues.hanbit,
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
    expect(c.shown(await c.ask('by=week'))).toEqual({ '2026-03-02': [2, 2], '2026-03-09': [2, 1] });
    expect(c.shown(await c.ask('by=country'))).toEqual({ JP: [1, 0], KR: [2, 2], US: [1, 1] });
    expect(c.shown(await c.ask('by=language'))).toEqual({ en: [1, 1], ja: [1, 0], ko: [2, 2] });
    expect(c.shown(await c.ask('by=day&country=KR'))).toEqual({ '2026-03-02': [1, 1], '2026-03-08': [1, 1] });
    expect((await c.ask('by=queue')).rows).toMatchObject([{ name: 'Hanbit sales', offered: 4 }]);
    expect((await c.ask('by=country&country=KR')).total).toMatchObject({
      answerRate: 1,
      averageWait: 15,
      averageTalk: 90,
      satisfaction: 3.5,
    });
    const hours = (await c.centre.ask('GET /v1/reports/summary?from=2026-03-08&to=2026-03-09&by=hour'))
      .body as Report;
    expect(c.shown(hours)).toEqual({ '2026-03-08T23:00': [1, 1], '2026-03-09T00:00': [1, 0] });
    await c.checkSums();
  });

  test('given_an_event_is_told_again_or_late_or_a_score_comes_afterwards_then_each_call_counts_once_with_its_latest_values', async () => {
    const [first = ''] = await c.counted(c.queues.hanbit, { score: null }, { at: '2026-01-05T00:00:00Z' });
    await Promise.all([c.tell(first), c.tell(first), c.tell(first, first)]);
    expect((await c.ask('by=month')).total).toMatchObject({ offered: 2, satisfaction: null });
    await c.centre.db.run('UPDATE queue_call SET score = 4 WHERE id = $1', [first]);
    await c.tell(first);
    await c.centre.db.run(`UPDATE queue_call SET score = 5, country = 'JP' WHERE id = $1`, [first]);
    await c.tell(first);
    const { rows, total } = await c.ask('by=country');
    expect(total).toMatchObject({ offered: 2, satisfaction: 5 });
    expect(rows.map(({ key, offered }) => [key, offered])).toEqual([
      ['JP', 1],
      ['KR', 1],
    ]);
    await c.checkSums();
  });

  test('given_ten_workers_count_the_same_calls_at_once_then_each_counts_once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await c.centre.ended(c.queues.hanbit)).id);
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => c.tell(...ids.slice(n % 5), ...ids.slice(0, n % 5))),
    );
    expect((await c.ask('by=country')).total.offered).toBe(5);
    await c.checkSums();
  });

  test('given_a_transaction_is_rolled_back_then_nothing_of_it_counts', async () => {
    const fact = {
      kind: 'queue',
      owner: c.centre.hanbit,
      at: new Date('2026-02-01T00:00:00Z'),
      country: 'KR',
      language: 'ko',
    } as const;
    const failing = c.centre.db.inTx(async (tx) => {
      await putFacts(tx, [{ ...fact, id: newId() }]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await c.ask('by=country')).rows).toEqual([]);
  });

  test('given_two_companies_then_each_sees_its_own_and_the_operator_all_and_a_foreign_company_is_not_there', async () => {
    await c.counted(c.queues.hanbit, {}, {});
    await c.counted(c.queues.other, { country: 'US' });
    await c.counted(c.queues.house, {});
    expect(c.shown(await c.ask('by=company'))).toEqual({
      [c.centre.hanbit]: [2, 2],
      [c.centre.other]: [1, 1],
      operator: [1, 1],
    });
    expect((await c.ask('by=company')).rows.map(({ name }) => name).toSorted()).toEqual(
      ['Hanbit', 'Other', null].toSorted(),
    );
    expect(c.shown(await c.ask('by=company', c.centre.supervisor))).toEqual({ [c.centre.hanbit]: [2, 2] });
    expect(c.shown(await c.ask('by=country', c.centre.stranger))).toEqual({ US: [1, 1] });
    expect(c.shown(await c.ask(`by=company&company=${c.centre.other}`))).toEqual({
      [c.centre.other]: [1, 1],
    });
    for (const path of ['summary', 'calls', 'calls.csv']) {
      const route = `GET /v1/reports/${path}?from=2026-01-01&to=2026-12-31&company=${c.centre.other}`;
      expect([path, await c.centre.status(route, undefined, c.centre.supervisor)]).toEqual([path, 404]);
      expect([path, await c.centre.status(route, undefined, c.centre.agent)]).toEqual([path, 403]);
    }
  });

  test('given_a_company_counts_in_its_own_zone_then_its_days_are_its_own_and_the_houses_stay', async () => {
    await c.counted(c.queues.hanbit, { at: '2026-03-01T16:00:00Z' });
    const admin = await c.centre.account('company-admin', { companyId: c.centre.hanbit });
    expect(await c.centre.status('PUT /v1/reports/zone', { zone: 'Mars/Olympus' }, admin)).toBe(400);
    expect(await c.centre.status('PUT /v1/reports/zone', { zone: 'Asia/Seoul' }, c.centre.supervisor)).toBe(
      403,
    );
    expect(await c.centre.status('PUT /v1/reports/zone', { zone: 'Asia/Seoul' }, admin)).toBe(200);
    await c.counted(c.queues.hanbit, { at: '2026-03-02T14:59:59Z' }, { at: '2026-03-02T15:00:00Z' });
    expect(c.shown(await c.ask('by=day', admin))).toEqual({ '2026-03-02': [2, 2], '2026-03-03': [1, 1] });
    expect(c.shown(await c.ask('by=day'))).toEqual({ '2026-03-01': [1, 1], '2026-03-02': [2, 2] });
    await c.checkSums();
  });

  test('given_sums_then_the_calls_behind_them_are_listed_page_by_page_and_as_csv_and_numbers_are_masked_for_finance', async () => {
    await c.counted(
      c.queues.hanbit,
      ...Array.from({ length: 5 }, (_, n) => ({
        number: `+82101234567${n}`,
        at: `2026-03-0${n + 1}T10:00:00Z`,
      })),
      { number: "=HYPERLINK('x')", at: '2026-03-09T10:00:00Z', country: 'JP' },
    );
    const finance = await c.centre.account('finance');
    const range = 'from=2026-03-01&to=2026-03-31';
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await c.centre.ask(
        `GET /v1/reports/calls?${range}&country=KR&limit=2${cursor}`,
        undefined,
        c.centre.supervisor,
      );
      const page = body as { items: { number: string }[]; nextCursor: string | null };
      seen.push(...page.items.map(({ number }) => number.slice(-1)));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(['4', '3', '2', '1', '0']);
    const forFinance = await c.centre.ask(
      `GET /v1/reports/calls?${range}&country=KR&limit=1`,
      undefined,
      finance,
    );
    expect(forFinance.body).toMatchObject({ items: [{ number: '+82********74' }] });
    const csv = await c.centre.ask(`GET /v1/reports/calls.csv?${range}`, undefined, c.centre.supervisor);
    expect(csv.headers.get('content-disposition')).toBe(
      'attachment; filename="calls-2026-03-01-2026-03-31.csv"',
    );
    const lines = csv.text.trim().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toContain(`'=HYPERLINK`);
    expect(lines[2]).toContain('+82 10 1234 5674');
    expect((await c.centre.ask(`GET /v1/reports/calls.csv?${range}`, undefined, finance)).text).not.toContain(
      '4567',
    );
  });

  test('given_a_range_that_is_none_then_it_is_refused', async () => {
    const status = (query: string) => c.centre.status(`GET /v1/reports/summary?${query}`);
    expect(await status('from=2026-02-01&to=2026-01-01')).toBe(400);
    expect(await status('from=2026-01-01&to=2026-12-31&by=hour')).toBe(400);
    expect(await status('from=2026-01-01&to=2026-12-31&by=everything')).toBe(400);
    expect(await status('from=yesterday&to=2026-12-31')).toBe(400);
  });
});
