import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runChecks } from '../../../src/billing/checks/checks.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { rerateAccruals } from '../../../src/billing/rerating.service.js';
import { settledReRatings } from '../../../src/billing/settlement/settled-re-rating.service.js';
import { inTx } from '../../../src/infra/db/tx.js';
import { from, type SettlementWorld, settlementWorld, statement, to } from '../billing/settlement-world.js';
import { inForce, row } from '../billing/tariffs.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await settlementWorld();
});
afterAll(() => world.remove());

const rerate = () => world.tx((tx) => rerateAccruals(tx, new RateBook(), { from, to }));
const dearer = (carrier: string) =>
  inForce(world, carrier, '2026-11-02T00:00:00Z', [row({ perMinute: 100_000n })]);
const accrued = async (carrier: string) => {
  const [found] = await world.sql.rows<{ micros: string }>(
    `SELECT sum(amount_micros) AS micros FROM accrual a WHERE carrier_id = $1
        AND NOT EXISTS (SELECT FROM accrual n WHERE n.call_id = a.call_id AND n.revision > a.revision)`,
    [carrier],
  );
  return BigInt(found?.micros ?? 0);
};
const claims = (id: string) => settledReRatings(world.sql, id, { limit: 100, after: undefined });
/** What the night checks say of this database's ledger. */
async function flaws(): Promise<readonly string[]> {
  const inOne: Parameters<typeof runChecks>[0] = (work, isolation) => inTx(world.dataSource, work, isolation);
  const span = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };
  const { results } = await runChecks(inOne, { span, askedBy: 'test' });
  const ledger = [
    'posting-sum',
    'ledger-sum',
    'balance',
    'accrual-posting',
    'payable',
    'posting-without-row',
  ];
  return results
    .filter(({ name, findings }) => ledger.includes(name) && findings.length > 0)
    .map(({ name }) => name);
}

describe('a re-rating of calls that a carrier was settled with', () => {
  it('given_the_settlement_is_approved_when_re_rated_then_what_is_owed_stays_as_agreed_and_the_difference_is_a_claim', async () => {
    await world.carrier('agreed', 2);
    const id = await world.opened('agreed');
    await world.importText(id, statement([{ minute: 0 }, { minute: 1 }]));
    await world.match(id);
    expect(await world.approve(id)).toMatchObject({ ok: true, value: { micros: 120_000n } });
    expect(await world.payable('agreed')).toBe(-120_000n);
    await dearer('agreed');
    await rerate();
    await rerate();
    expect(await accrued('agreed')).toBe(200_000n);
    expect(await world.payable('agreed')).toBe(-120_000n);
    expect((await claims(id)).map(({ difference, revision }) => [difference, revision])).toEqual([
      ['0.04', 1],
      ['0.04', 1],
    ]);
    expect(await flaws()).toEqual([]);
  });

  it('given_it_is_in_review_when_re_rated_then_our_side_follows_and_the_approval_owes_exactly_what_is_agreed', async () => {
    await world.carrier('reviewed', 3);
    const id = await world.opened('reviewed');
    await world.importText(id, statement([{ minute: 0 }, { minute: 1, amount: '0.09' }]));
    await world.match(id);
    await dearer('reviewed');
    await rerate();
    expect(await accrued('reviewed')).toBe(300_000n);
    expect((await world.settlement(id)).oursMicros).toBe(300_000n);
    const differences = await world.differences(id);
    expect(differences.map(({ kind, oursMicros }) => [kind, oursMicros]).toSorted()).toEqual([
      ['only-ours', '100000'],
      ['rate-differs', '100000'],
    ]);
    await world.sql.run(
      `UPDATE settlement_difference SET state = 'settled-at-theirs' WHERE settlement_id = $1`,
      [id],
    );
    expect(await world.approve(id)).toMatchObject({ ok: true, value: { micros: 190_000n } });
    expect(await world.payable('reviewed')).toBe(-190_000n);
    expect(await claims(id)).toEqual([]);
    expect(await flaws()).toEqual([]);
  });

  it('given_no_settlement_covers_the_call_when_re_rated_then_the_payable_follows', async () => {
    await world.carrier('unsettled', 1);
    await dearer('unsettled');
    await rerate();
    expect(await world.payable('unsettled')).toBe(-100_000n);
  });

  it('given_an_approval_and_a_re_rating_at_once_when_done_then_exactly_the_agreed_amount_is_owed', async () => {
    await world.carrier('raced', 1);
    const id = await world.opened('raced');
    await world.importText(id, statement([{ minute: 0 }]));
    await world.match(id);
    await dearer('raced');
    const [approved] = await Promise.all([world.approve(id), rerate()]);
    if (!approved.ok) throw new Error(approved.failure.message);
    expect(await world.payable('raced')).toBe(-approved.value.micros);
    expect(await flaws()).toEqual([]);
  });
});
