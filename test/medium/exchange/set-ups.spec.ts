import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { standingOf } from '../../../src/billing/index.js';
import { valuesOf } from '../../../src/exchange/call-rows.js';
import { SetUps } from '../../../src/exchange/set-ups.js';
import { createHotPool } from '../../../src/infra/db/pool.js';
import { type BillingWorld, billingWorld } from '../billing/billing-world.js';
import { story } from './story.js';

describe('what a call needs of the database before it is dialled', () => {
  let world: BillingWorld;
  let pool: pg.Pool;
  let setUps: SetUps;
  const statements: string[] = [];
  beforeAll(async () => {
    world = await billingWorld();
    pool = createHotPool(world.url, () => undefined);
    const query = pool.query.bind(pool) as pg.Pool['query'];
    setUps = new SetUps({
      query: (one: pg.QueryConfig) => {
        statements.push(one.name ?? '');
        return query(one);
      },
    } as unknown as pg.Pool);
  });
  afterAll(async () => {
    await pool.end();
    await world.remove();
  });

  const wish = async (id: string, purse: bigint, wanted = 20_000n) => ({
    ...{ id, accountId: await world.payer(purse), wanted, least: 10_000n },
  });
  const heldOn = async (account: bigint) => (await standingOf(world.sql, account))?.held.micros;
  const states = async (id: string) =>
    (await pool.query('SELECT state FROM call WHERE id = $1', [id])).rows.map(({ state }) => state);

  test('given_record_and_money_wanted_in_one_turn_when_sent_then_one_statement_serves_both', async () => {
    const call = story(1);
    const money = await wish(call.id, 50_000n);
    statements.length = 0;
    const recorded = setUps.record(call.id, valuesOf(call.setUp));
    // As billing does when its tariffs are in memory: some promises later, in the same turn.
    const held = Promise.resolve()
      .then(() => Promise.all([]))
      .then(() => setUps.hold(money));
    await recorded;
    expect(await held).toBe(20_000n);
    expect(statements).toEqual(['call-open-held']);
    expect(await states(call.id)).toEqual([call.setUp.state]);
    expect(await heldOn(money.accountId)).toBe(20_000n);
  });

  test('given_money_wanted_later_when_sent_then_each_has_a_statement_and_the_same_outcome', async () => {
    const call = story(2);
    const money = await wish(call.id, 50_000n);
    statements.length = 0;
    await setUps.record(call.id, valuesOf(call.setUp));
    expect(await setUps.hold(money)).toBe(20_000n);
    expect(statements).toEqual(['call-open', 'hold-open']);
    expect(await heldOn(money.accountId)).toBe(20_000n);
  });

  test('given_an_empty_purse_when_both_are_wanted_then_the_record_is_there_and_nothing_is_held', async () => {
    const call = story(3);
    const money = await wish(call.id, 5_000n);
    const both = [setUps.record(call.id, valuesOf(call.setUp)), setUps.hold(money)] as const;
    expect((await Promise.all(both))[1]).toBeUndefined();
    expect(await states(call.id)).toEqual([call.setUp.state]);
    expect(await heldOn(money.accountId)).toBe(0n);
  });

  test('given_a_repeated_set_up_when_sent_then_it_holds_no_second_time_and_keeps_the_newer_record', async () => {
    const call = story(4);
    const money = await wish(call.id, 50_000n);
    for (const record of [call.answered, call.setUp]) {
      const both = [setUps.record(call.id, valuesOf(record)), setUps.hold(money)] as const;
      expect((await Promise.all(both))[1]).toBe(20_000n);
    }
    expect(await states(call.id)).toEqual([call.answered.state]);
    expect(await heldOn(money.accountId)).toBe(20_000n);
  });

  test('given_a_record_that_is_refused_when_both_are_wanted_then_neither_is_there', async () => {
    const call = story(5);
    const money = await wish(call.id, 50_000n);
    const broken = valuesOf({ ...call.setUp, answeredAt: call.setUp.startedAt - 1 });
    const both = await Promise.allSettled([setUps.record(call.id, broken), setUps.hold(money)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await states(call.id)).toEqual([]);
    expect(await heldOn(money.accountId)).toBe(0n);
  });
});
