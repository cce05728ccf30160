import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReportJobs } from '../../../src/crm/reports/report.jobs.js';
import { newId } from '../../../src/kernel/ids.js';
import { memberNamed } from '../desk/desk.js';
import { type Counting, openCounting } from './counting.js';

describe('reports of what is charged, sold and left', () => {
  let c: Counting;
  beforeAll(async () => {
    c = await openCounting();
  });
  beforeEach(() => c.forget());
  afterAll(() => c.close());

  test('given_calls_end_then_they_count_for_who_made_them_and_for_the_company_that_was_called', async () => {
    const ids = [newId(), newId()];
    const call = (id: string, memberId: string | null, calling: string, answered: boolean) =>
      c.centre.db.run(
        `INSERT INTO call (id, version, node, state, origin, caller_channel, member_id, dialled, reading, called, calling, started_at, answered_at, ended_at,
                           reason, trace) VALUES ($1, 1, 'n', 'ended', $2, 'c', $3, 'x', 'vns', '62006200#082', $4, '2026-04-01T00:00:00Z',
                           CASE WHEN $5 THEN '2026-04-01T00:00:10Z'::timestamptz END, '2026-04-01T00:01:10Z', 'hungup', '{}')`,
        [id, memberId === null ? 'trunk' : 'member', memberId, calling, answered],
      );
    await call(ids[0] ?? '', memberNamed('Kim Ara'), '0262006100082', true);
    await call(ids[1] ?? '', null, '+81362009999', false);
    const ended = ids.map((callId) => ({ callId }) as Parameters<ReportJobs['countCalls']>[0][number]);
    for (let twice = 0; twice < 2; twice++) await c.centre.db.inTx((tx) => c.jobs.countCalls(ended, tx));
    const all = await c.ask('by=country');
    expect(all.rows.map(({ key, calls }) => [key, calls])).toEqual([
      ['JP', 1],
      ['KR', 1],
    ]);
    expect((await c.ask('by=country', c.centre.supervisor)).total.calls).toBe(2);
    expect((await c.ask('by=country', c.centre.stranger)).total.calls).toBe(0);
  });

  test('given_charges_and_a_re_rating_when_caught_up_then_money_counts_once_at_its_latest_price', async () => {
    const callId = newId();
    const charge = (revision: number, micros: string) =>
      c.centre.db.run(
        `INSERT INTO charge (call_id, member_id, on_net, revision, answered_at, duration_ms, result, prefix, amount_micros, currency)
         VALUES ($1, $2, false, $3, '2026-05-01T00:00:00Z', 60000, 'rated', '82', $4, 'USD')`,
        [callId, memberNamed('Kim Ara'), revision, micros],
      );
    await charge(0, '60000');
    await c.catchUp.catchUp();
    await c.catchUp.catchUp();
    expect((await c.ask('by=month')).total.charged).toEqual([{ currency: 'USD', amount: '0.06' }]);
    await charge(1, '45000');
    await c.catchUp.catchUp();
    const { total } = await c.ask('by=month');
    expect(total.charged).toEqual([{ currency: 'USD', amount: '0.045' }]);
    await c.checkSums();
  });

  test('given_numbers_are_sold_given_back_and_ended_when_caught_up_then_sales_and_churn_are_told', async () => {
    const [kept, refunded, old] = [await soldNumber('110'), await soldNumber('220'), await soldNumber('330')];
    const move = (id: string, to: string, at: string, version: number) =>
      c.centre.db.run(
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
    await c.centre.db.run(
      `INSERT INTO number_contract (id, order_id, key, holder_id, owner_id, account_id, state, bill_interval, fee_micros, currency, started_on, paid_through)
       SELECT $1, $2, '1', $1, $1, (SELECT min(id) FROM ledger_account), 'ended', 'month', 1, 'USD', '2025-06-01', '2026-06-01'`,
      [contract, old],
    );
    await c.centre.db.run(
      `INSERT INTO contract_move (contract_id, version, at, event, from_state, to_state, moved_by) VALUES ($1, 1, '2026-06-01T00:00:00Z', 'x', 'ending', 'ended', 'test')`,
      [contract],
    );
    await c.catchUp.catchUp();
    expect((await c.ask('by=month')).total).toMatchObject({
      orders: 2,
      sold: [{ currency: 'USD', amount: '330.00' }],
      joined: 1,
      left: 1,
      churn: 1,
    });
    await c.centre.db.run(`UPDATE shop_order SET state = 'refunded' WHERE id = $1`, [refunded]);
    await move(refunded, 'refunded', new Date().toISOString(), 3);
    await c.catchUp.catchUp();
    expect((await c.ask('by=month')).total).toMatchObject({
      orders: 2,
      sold: [{ currency: 'USD', amount: '110.00' }],
    });
    expect((await c.ask('by=month', c.centre.supervisor)).total).toMatchObject({ orders: 0, sold: [] });
    await c.checkSums();
  });

  /** An order of a number for so many dollars; its id. */
  async function soldNumber(dollars: string): Promise<string> {
    const id = newId();
    await c.centre.db.run(
      `INSERT INTO seller (id, name, street, city, postcode, country, time_zone)
       VALUES ('test-seller', 'x', 'x', 'x', 'x', 'KR', 'UTC') ON CONFLICT DO NOTHING`,
    );
    await c.centre.db.run(
      `INSERT INTO shop_order (id, kind, state, buyer_id, holder_id, holder_kind, country, language, seller_id, currency, net_micros, tax_micros, total_micros, price_lines, tax, billing)
       VALUES ($1, 'number', 'paid', $1, $1, 'person', 'KR', 'ko', 'test-seller', 'USD', $2, 0, $2, '[]', '{}', '{}')`,
      [id, `${dollars}000000`],
    );
    return id;
  }
});
