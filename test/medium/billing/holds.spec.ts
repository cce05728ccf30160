import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId, setLimits, standingOf } from '../../../src/billing/accounts.service.js';
import { closeHolds, extendHold, openHold, purgeClosedHolds } from '../../../src/billing/holds.service.js';
import { credit, debit, post } from '../../../src/billing/ledger.service.js';
import { newId } from '../../../src/kernel/ids.js';
import { type BillingWorld, billingWorld, planOf, USD, usd } from './billing-world.js';

let world: BillingWorld;
let revenue: bigint;
beforeAll(async () => {
  world = await billingWorld();
  revenue = await accountId(world.sql, { kind: 'revenue', owner: 'calls', currency: USD });
});
afterAll(() => world.remove());

const available = async (account: bigint) => (await standingOf(world.sql, account))?.available.micros;
const open = (accountId: bigint, wanted: bigint, least: bigint, id = newId()) =>
  openHold(world.sql, { id, accountId, wanted, least }, 'call');

describe('holds', () => {
  it('takes what is wanted, or less when less is there, or nothing when that is too little', async () => {
    const account = await world.payer(100n);
    expect(await open(account, 60n, 10n)).toBe(60n);
    expect(await open(account, 60n, 10n)).toBe(40n);
    expect(await open(account, 60n, 10n)).toBeUndefined();
    expect(await available(account)).toBe(0n);
  });

  it('lets a free call through on an empty, even an overdrawn account, and holds nothing for it', async () => {
    const account = await world.payer(0n);
    expect(await open(account, 0n, 0n)).toBe(0n);
    await world.tx((tx) => post(tx, [charge(account, 5n)]));
    expect(await open(account, 0n, 0n)).toBe(0n);
  });

  it('answers a replayed set-up with what is held, without taking it twice; after the end with nothing', async () => {
    const account = await world.payer(100n);
    const id = newId();
    expect(await open(account, 90n, 50n, id)).toBe(90n);
    expect(await open(account, 90n, 50n, id)).toBe(90n);
    expect(await available(account)).toBe(10n);
    await closeHolds(world.sql, [id], 'released');
    expect(await open(account, 90n, 50n, id)).toBeUndefined();
    expect(await available(account)).toBe(100n);
  });

  it('extends to a new total, to what can be had, or not at all; never lowers', async () => {
    const account = await world.payer(100n);
    const wish = { id: newId(), accountId: account };
    await open(account, 40n, 40n, wish.id);
    expect(await extendHold(world.sql, { ...wish, wanted: 80n, least: 50n })).toBe(80n);
    expect(await extendHold(world.sql, { ...wish, wanted: 120n, least: 90n })).toBe(100n);
    expect(await extendHold(world.sql, { ...wish, wanted: 140n, least: 101n })).toBeUndefined();
    expect(await extendHold(world.sql, { ...wish, wanted: 10n, least: 10n })).toBe(100n);
    expect(await available(account)).toBe(0n);
    await closeHolds(world.sql, [wish.id], 'released');
    expect(await extendHold(world.sql, { ...wish, wanted: 80n, least: 1n })).toBeUndefined();
    expect(await available(account)).toBe(100n);
  });

  it('closes each hold once and says which', async () => {
    const account = await world.payer(100n);
    const [a, b] = [newId(), newId()];
    await open(account, 40n, 40n, a);
    await open(account, 40n, 40n, b);
    expect(await closeHolds(world.sql, [a, newId()], 'released')).toEqual([a]);
    expect(await closeHolds(world.sql, [a, b], 'captured')).toEqual([b]);
    expect(await available(account)).toBe(100n);
  });

  it('counts a credit limit as money, a daily cap as less', async () => {
    const account = await world.payer(100n);
    await setLimits(world.sql, account, { creditLimitMicros: 50n, dailyCapMicros: undefined });
    expect(await available(account)).toBe(150n);
    await setLimits(world.sql, account, { creditLimitMicros: 50n, dailyCapMicros: 70n });
    expect(await open(account, 100n, 1n)).toBe(70n);
  });

  it('counts what was charged today against the daily cap, and what is refunded or topped up not', async () => {
    const account = await world.payer(1_000n);
    await setLimits(world.sql, account, { creditLimitMicros: 0n, dailyCapMicros: 100n });
    await world.tx((tx) => post(tx, [charge(account, 60n)]));
    expect(await available(account)).toBe(40n);
    await world.tx((tx) => post(tx, [{ ...charge(account, 20n), kind: 'sale' }]));
    expect(await available(account)).toBe(40n);
  });

  it('never shows money as free between a call’s charge and the end of its hold', async () => {
    const account = await world.payer(100n);
    const id = newId();
    await open(account, 60n, 60n, id);
    await world.tx(async (tx) => {
      await closeHolds(tx, [id], 'captured');
      expect(await available(account)).toBe(40n);
      await post(tx, [charge(account, 50n)]);
      expect(await available(account)).toBe(40n);
    });
    expect(await available(account)).toBe(50n);
  });

  it('given_fifty_calls_at_once_on_money_for_twenty_when_opened_then_exactly_twenty_get_it', async () => {
    const account = await world.payer(2_000n);
    const got = await Promise.all(Array.from({ length: 50 }, () => open(account, 100n, 100n)));
    expect(got.filter((held) => held === 100n)).toHaveLength(20);
    expect(got.filter((held) => held === undefined)).toHaveLength(30);
    expect(await available(account)).toBe(0n);
  });

  it('given_fifty_extensions_at_once_when_money_is_short_then_no_more_is_held_than_there_is', async () => {
    const account = await world.payer(2_000n);
    const ids = Array.from({ length: 10 }, () => newId());
    await Promise.all(ids.map((id) => open(account, 100n, 100n, id)));
    const wishes = Array.from({ length: 50 }, (_, n) => ({
      id: ids[n % 10] ?? '',
      accountId: account,
      wanted: 100n + 50n * BigInt(1 + (n % 7)),
      least: 101n,
    }));
    await Promise.all(wishes.map((wish) => extendHold(world.sql, wish)));
    expect(await available(account)).toBe(0n);
    expect(await mismatches()).toEqual([]);
  });

  it('given_sessions_that_open_extend_charge_and_close_in_any_order_then_none_deadlocks', async () => {
    const accounts = await Promise.all([1, 2, 3].map(() => world.payer(1_000_000n)));
    const calls = Array.from({ length: 120 }, (_, n) => ({ id: newId(), accountId: accounts[n % 3] ?? 0n }));
    await Promise.all(calls.map(({ id, accountId }) => open(accountId, 100n, 100n, id)));
    const batches = [0, 1, 2, 3, 4, 5].map((n) => calls.filter((_, at) => at % 6 === n));
    await Promise.all([
      ...batches.map((batch, n) =>
        world.once(async (tx) => {
          const ids = batch.map(({ id }) => id);
          await closeHolds(tx, n % 2 === 0 ? ids : ids.reverse(), 'captured');
          await post(
            tx,
            batch.map((call) => charge(call.accountId, 90n)),
          );
        }),
      ),
      ...calls.map((call) => extendHold(world.sql, { ...call, wanted: 150n, least: 110n })),
    ]);
    expect(await mismatches()).toEqual([]);
  });

  it('given_an_extension_that_waits_for_another_when_the_other_took_the_rest_then_it_gets_nothing', async () => {
    const account = await world.payer(200n);
    const [a, b] = [newId(), newId()].map((id) => ({ id, accountId: account, wanted: 150n, least: 101n }));
    if (a === undefined || b === undefined) throw new Error('two wishes');
    await open(account, 50n, 50n, a.id);
    await open(account, 50n, 50n, b.id);
    let late: Promise<bigint | undefined> = Promise.resolve(undefined);
    await world.once(async (tx) => {
      expect(await extendHold(tx, a)).toBe(150n);
      late = extendHold(world.sql, b);
      await world.waiting(1);
    });
    expect(await late).toBeUndefined();
    expect(await available(account)).toBe(0n);
  });

  it('given_two_sessions_closing_holds_of_the_same_accounts_in_opposite_order_then_neither_deadlocks', async () => {
    const [first, second] = [await world.payer(100n), await world.payer(100n)];
    const ids = [newId(), newId(), newId(), newId()];
    const [b2, b1, a1, a2] = ids;
    for (const [id, account] of [
      [b2, second],
      [b1, first],
      [a1, first],
      [a2, second],
    ] as const)
      await open(account, 10n, 10n, id);
    const closed: Promise<readonly string[]>[] = [];
    await world.once(async (tx) => {
      await tx.rows('SELECT FROM account_balance WHERE account_id = $1 FOR UPDATE', [second]);
      closed.push(world.once((one) => closeHolds(one, [b2 ?? '', b1 ?? ''], 'released')));
      await world.waiting(1);
      closed.push(world.once((one) => closeHolds(one, [a1 ?? '', a2 ?? ''], 'released')));
      await world.waiting(2);
    });
    expect((await Promise.all(closed)).flat().sort()).toEqual(ids);
  });

  it('forgets closed holds when asked, never open ones', async () => {
    const account = await world.payer(100n);
    const [openId, closedId] = [newId(), newId()];
    await open(account, 10n, 10n, openId);
    await open(account, 10n, 10n, closedId);
    await closeHolds(world.sql, [closedId], 'released');
    await purgeClosedHolds(world.sql, new Date(Date.now() + 60_000));
    expect(await world.sql.rows('SELECT id FROM hold WHERE id = ANY ($1)', [[openId, closedId]])).toEqual([
      { id: openId },
    ]);
    expect(await mismatches()).toEqual([]);
  });

  it('finds the balance row and the hold by primary key', async () => {
    await world.sql.run(
      `INSERT INTO ledger_account (kind, owner, currency) SELECT 'member', 'bulk' || n, 'USD' FROM generate_series(1, 2000) n`,
    );
    await world.sql.run(
      `INSERT INTO hold (id, account_id, purpose, amount_micros, closed_at, outcome)
       SELECT gen_random_uuid(), id, 'call', 1, now(), 'released' FROM ledger_account, generate_series(1, 10)`,
    );
    await world.sql.run('ANALYZE hold, account_balance, ledger_account');
    const lock = `SELECT available_micros(a, b) FROM account_balance b JOIN ledger_account a ON a.id = b.account_id
                   WHERE b.account_id = $1 AND b.shard = 0 FOR UPDATE OF b`;
    expect(await planOf(world.sql, lock, [5])).toEqual([
      'LockRows',
      'Nested Loop',
      'Index Scan account_balance_pkey',
      'Index Scan ledger_account_pkey',
    ]);
    const close = 'UPDATE hold SET closed_at = now() WHERE id = ANY ($1) AND closed_at IS NULL';
    expect((await planOf(world.sql, close, [[newId(), newId()]])).at(-1)).toMatch(/Index Scan hold_pkey/);
  });
});

const charge = (account: bigint, micros: bigint) => ({
  key: `charge:${newId()}`,
  kind: 'call-charge' as const,
  occurredAt: new Date(),
  entries: [debit(account, usd(micros)), credit(revenue, usd(micros))],
});

/** Accounts whose `held_micros` is not the sum of their open holds: must be none. */
const mismatches = () =>
  world.sql.rows(`
    SELECT b.account_id FROM account_balance b
     WHERE shard = 0 AND held_micros <>
       (SELECT COALESCE(sum(amount_micros), 0) FROM hold WHERE account_id = b.account_id AND closed_at IS NULL)`);
