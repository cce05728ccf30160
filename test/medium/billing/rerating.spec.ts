import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId, balanceOf, standingOf } from '../../../src/billing/accounts.service.js';
import { chargeCalls } from '../../../src/billing/charging.service.js';
import type { CallEnded } from '../../../src/billing/domain/call-ended.js';
import { setCarrier, setPayer } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import {
  type Cursor,
  rerateAccruals,
  rerateCharges,
  type Span,
} from '../../../src/billing/rerating.service.js';
import { NEXT_ACCRUALS, NEXT_CHARGES } from '../../../src/billing/rerating-rows.js';
import { newId } from '../../../src/kernel/ids.js';
import { type BillingWorld, billingWorld, planOf, USD, usd } from './billing-world.js';
import { deck, inForce, row } from './tariffs.js';

const noon = Date.parse('2026-11-23T12:00:00Z');
const day: Span = { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-24T00:00:00Z') };
let world: BillingWorld;
let book: RateBook;
beforeAll(async () => {
  world = await billingWorld();
  book = new RateBook();
});
afterAll(() => world.remove());

/** A sale deck, a carrier with its deck, and a member who calls by them: of this test alone. */
async function scene(name: string) {
  await deck(world, `${name}-sale`, 'sale');
  await deck(world, `${name}-asked`, 'carrier');
  await inForce(world, `${name}-sale`, '2026-01-01T00:00:00Z', [row()]);
  await inForce(world, `${name}-asked`, '2026-01-01T00:00:00Z', [row({ perMinute: 30_000n })]);
  await setCarrier(world.sql, { id: name, name, deckId: `${name}-asked`, trunks: [name] });
  const memberId = newId();
  const account = await world.payer(10_000_000n);
  await setPayer(world.sql, memberId, { accountId: account, deckId: `${name}-sale` });
  const call = (changes: Partial<CallEnded> = {}): CallEnded => {
    const { answeredAt = noon } = changes;
    const at = { answeredAt, endedAt: (answeredAt ?? noon) + 60_000 };
    const legs = [{ leg: 0, kind: 'trunk' as const, target: name, e164: '+82262006200', ...at }];
    const pays = { memberId, called: '+82262006200', onNet: false, billable: true };
    return { callId: newId(), reading: 'pstn', ...pays, ...at, legs, ...changes };
  };
  const credit = async () => (await standingOf(world.sql, account))?.credit;
  const payable = async () =>
    balanceOf(world.sql, await accountId(world.sql, { kind: 'carrier-payable', owner: name, currency: USD }));
  return { memberId, account, call, credit, payable };
}

const charge = (...calls: CallEnded[]) => world.tx((tx) => chargeCalls(tx, calls, book));
async function rerate(span: Span = day): Promise<number> {
  let changed = 0;
  for (const one of [rerateCharges, rerateAccruals]) {
    let after: Cursor | undefined;
    do {
      const from = after;
      const done = await world.tx((tx) => one(tx, book, span, from));
      changed += done.changed;
      after = done.next;
    } while (after !== undefined);
  }
  return changed;
}
const revisions = (callId: string) =>
  world.sql.rows('SELECT revision, result, amount_micros FROM charge WHERE call_id = $1 ORDER BY revision', [
    callId,
  ]);

describe('re-rating', () => {
  it('posts the difference of a tariff that came late, and the same run again posts nothing', async () => {
    const { call, credit, payable } = await scene('late');
    const one = call();
    await charge(one);
    await inForce(world, 'late-sale', '2026-11-23T00:00:00Z', [row({ perMinute: 75_000n })]);
    await inForce(world, 'late-asked', '2026-11-23T00:00:00Z', [row({ perMinute: 10_000n })]);
    expect(await rerate()).toBe(2);
    expect(await revisions(one.callId)).toEqual([
      { revision: 0, result: 'rated', amount_micros: '60000' },
      { revision: 1, result: 'rated', amount_micros: '75000' },
    ]);
    expect(await credit()).toEqual(usd(10_000_000n - 75_000n));
    expect(await payable()).toBe(-10_000n);
    expect(await rerate()).toBe(0);
    const corrections = await world.sql.rows<{ amount: string }>(
      `SELECT sum(amount_micros) FILTER (WHERE amount_micros > 0) AS amount FROM posting JOIN entry ON posting_id = id
        WHERE key LIKE '%' || $1 || '%' AND kind LIKE '%-correction' GROUP BY key ORDER BY 1`,
      [one.callId],
    );
    expect(corrections).toEqual([{ amount: '15000' }, { amount: '20000' }]);
  });

  it('rates what could not be rated, once the rate, the payer and the carrier are there', async () => {
    const { call, credit } = await scene('unrated');
    const [far, nobodys] = [call({ called: '+4930123456' }), call({ memberId: newId() })];
    await charge(far, nobodys);
    expect(await revisions(far.callId)).toMatchObject([{ result: 'unrated' }]);
    await inForce(world, 'unrated-sale', '2026-11-23T00:00:00Z', [
      row(),
      row({ prefix: '49', perMinute: 1n }),
    ]);
    const account = await world.payer(100_000n);
    await setPayer(world.sql, nobodys.memberId ?? '', { accountId: account, deckId: 'unrated-sale' });
    expect(await rerate()).toBe(2);
    expect(await revisions(far.callId)).toMatchObject([
      { result: 'unrated' },
      { result: 'rated', amount_micros: '1' },
    ]);
    expect(await credit()).toEqual(usd(9_999_999n));
    expect((await standingOf(world.sql, account))?.credit).toEqual(usd(40_000n));
  });

  it('touches nothing outside its span, and rates by what was in force at the answer', async () => {
    const { call } = await scene('span');
    const before = call({ answeredAt: day.from.getTime() - 1 });
    const first = call({ answeredAt: day.from.getTime() });
    const after = call({ answeredAt: day.to.getTime() });
    await charge(before, first, after);
    await inForce(world, 'span-sale', '2026-11-01T00:00:00Z', [row({ perMinute: 1n })]);
    await rerate();
    expect(await revisions(before.callId)).toHaveLength(1);
    expect(await revisions(first.callId)).toHaveLength(2);
    expect(await revisions(after.callId)).toHaveLength(1);
  });

  it('keeps to the deck and the account of the first rating when the member has changed since', async () => {
    const { call, memberId, credit } = await scene('moved');
    const one = call();
    await charge(one);
    await deck(world, 'moved-new', 'sale');
    await inForce(world, 'moved-new', '2026-01-01T00:00:00Z', [row({ perMinute: 1n })]);
    await setPayer(world.sql, memberId, { accountId: await world.payer(0n), deckId: 'moved-new' });
    await rerate();
    expect(await revisions(one.callId)).toHaveLength(1);
    expect(await credit()).toEqual(usd(10_000_000n - 60_000n));
  });

  it('given_two_runs_at_once_when_done_then_each_difference_is_posted_once', async () => {
    const { call, credit } = await scene('twice');
    const calls = Array.from({ length: 60 }, () => call());
    await charge(...calls);
    await inForce(world, 'twice-sale', '2026-11-23T00:00:00Z', [row({ perMinute: 50_000n })]);
    await Promise.all([rerate(), rerate(), rerate()]);
    expect(await credit()).toEqual(usd(10_000_000n - 60n * 50_000n));
  });

  it('goes through more than one chunk', async () => {
    const { call, credit } = await scene('many');
    const calls = Array.from({ length: 1_100 }, (_, n) => call({ answeredAt: noon + (n % 7) }));
    await charge(...calls);
    await inForce(world, 'many-sale', '2026-11-23T00:00:00Z', [row({ perMinute: 1_000n })]);
    expect(await rerate()).toBe(1_100);
    expect(await credit()).toEqual(usd(10_000_000n - 1_100n * 1_000n));
  });

  it('given_calls_being_charged_when_a_late_version_is_scheduled_then_it_waits_and_re_rating_finds_them', async () => {
    const { call } = await scene('race');
    const one = call();
    let scheduled: Promise<string> = Promise.resolve('');
    await world.once(async (sql) => {
      await chargeCalls(sql, [one], book);
      scheduled = inForce(world, 'race-sale', '2026-11-23T00:00:00Z', [row({ perMinute: 1n })]);
      await world.waiting(1);
    });
    await scheduled;
    await rerate();
    expect(await revisions(one.callId)).toMatchObject([{ revision: 0 }, { revision: 1, amount_micros: '1' }]);
  });

  it('walks its span by index, without sorting, on 60,000 calls', async () => {
    await world.sql.run(
      `INSERT INTO charge (call_id, revision, member_id, on_net, answered_at, duration_ms, result, unrated_because, amount_micros)
       SELECT gen_random_uuid(), 0, gen_random_uuid(), false, timestamptz '2020-01-01' + n * interval '1 minute', 0, 'unrated', 'no-payer', 0
         FROM generate_series(1, 60000) n`,
    );
    await world.sql.run(
      `INSERT INTO accrual (call_id, leg, revision, trunk_id, answered_at, duration_ms, result, unrated_because, amount_micros)
       SELECT call_id, 0, 0, 'none', answered_at, 0, 'unrated', 'no-carrier', 0 FROM charge WHERE answered_at < '2021-01-01'`,
    );
    await world.sql.run('ANALYZE charge, accrual');
    const span = [new Date('2020-01-10T00:00:00Z'), new Date('2020-01-12T00:00:00Z')];
    const charges = await planOf(world.sql, NEXT_CHARGES, [
      ...span,
      new Date('2020-01-11T00:00:00Z'),
      newId(),
      500,
    ]);
    const accruals = await planOf(world.sql, NEXT_ACCRUALS, [...span, null, null, 0, 500]);
    for (const plan of [charges, accruals]) {
      expect(plan.filter((node) => /^(Sort|Seq Scan)/.test(node))).toEqual([]);
      expect(plan.some((node) => /_time$/.test(node))).toBe(true);
    }
  });
});
