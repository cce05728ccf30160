import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId, balanceOf, standingOf } from '../../../src/billing/accounts.service.js';
import { credit, debit, type Posting, post } from '../../../src/billing/ledger.service.js';
import { currency, money } from '../../../src/kernel/money.js';
import { type BillingWorld, billingWorld, planOf, USD, usd } from './billing-world.js';

let world: BillingWorld;
let revenue: bigint;
let payer: bigint;
beforeAll(async () => {
  world = await billingWorld();
  revenue = await accountId(world.sql, { kind: 'revenue', owner: 'calls', currency: USD });
  payer = await world.payer(0n);
});
afterAll(() => world.remove());

const charge = (key: string, micros: bigint, from = payer): Posting => ({
  key,
  kind: 'call-charge',
  occurredAt: new Date('2026-11-23T12:00:00Z'),
  entries: [debit(from, usd(micros)), credit(revenue, usd(micros))],
});
const RAW_POSTING = `INSERT INTO posting (key, kind, occurred_at) VALUES ($1, 'opening', now()) RETURNING id`;
const RAW_ENTRY = `INSERT INTO entry (posting_id, line, account_id, currency, amount_micros) VALUES ($1, $2, $3, $4, $5)`;
async function rawPosting(key: string, lines: readonly (readonly [bigint, string, bigint])[]): Promise<void> {
  await world.tx(async (tx) => {
    const [posting] = await tx.rows<{ id: string }>(RAW_POSTING, [key]);
    for (const [line, [account, code, micros]] of lines.entries())
      await tx.run(RAW_ENTRY, [posting?.id, line, account, code, micros]);
  });
}

describe('the ledger', () => {
  it('posts a key once, however often it is told', async () => {
    const before = await balanceOf(world.sql, revenue);
    expect(await world.tx((tx) => post(tx, [charge('once', 5n)]))).toEqual(new Set(['once']));
    expect(await world.tx((tx) => post(tx, [charge('once', 5n)]))).toEqual(new Set());
    expect(await balanceOf(world.sql, revenue)).toBe(before - 5n);
  });

  it('refuses a key that is used for something else', async () => {
    await world.tx((tx) => post(tx, [charge('reused', 5n)]));
    await expect(world.tx((tx) => post(tx, [charge('reused', 6n)]))).rejects.toThrow('other entries');
  });

  it('refuses what does not sum to 0, and writes nothing of the transaction', async () => {
    const lame: Posting = {
      ...charge('lame', 5n),
      entries: [debit(payer, usd(5n)), credit(revenue, usd(4n))],
    };
    await expect(
      world.tx(async (tx) => {
        await post(tx, [charge('rolled back', 1n)]);
        await post(tx, [lame]);
      }),
    ).rejects.toThrow('does not sum to 0');
    expect(await world.sql.rows(`SELECT FROM posting WHERE key = 'rolled back'`)).toHaveLength(0);
  });

  it('keeps the balance beside the entries, readable without them', async () => {
    const account = await world.payer(10_000n);
    await world.tx((tx) => post(tx, [charge('a', 2_500n, account), charge('b', 500n, account)]));
    expect(await standingOf(world.sql, account)).toEqual({
      credit: usd(7_000n),
      held: usd(0n),
      creditLimit: usd(0n),
      available: usd(7_000n),
    });
  });

  it('given_eight_sessions_posting_at_once_when_done_then_every_balance_is_the_sum_of_its_entries', async () => {
    const payers = await Promise.all([1, 2, 3, 4].map(() => world.payer(1_000_000n)));
    const batches = Array.from({ length: 40 }, (_, batch) =>
      payers
        .map((account, n) => charge(`parallel:${batch}:${n}`, BigInt(1 + ((batch * 7 + n) % 50)), account))
        .sort(() => (batch % 2 === 0 ? 1 : -1)),
    );
    // Every second batch is told twice at the same time.
    const told = batches.flatMap((batch, n) => (n % 2 === 0 ? [batch] : [batch, batch]));
    await Promise.all(told.map((batch) => world.once((tx) => post(tx, batch))));
    const [{ count } = { count: '' }] = await world.sql.rows<{ count: string }>(
      `SELECT count(*) FROM posting WHERE key LIKE 'parallel:%'`,
    );
    expect(count).toBe('160');
    expect(await differences()).toEqual([]);
  });

  it('given_two_sessions_posting_the_same_keys_in_opposite_order_then_neither_deadlocks', async () => {
    const [a, m, z] = [charge('order a', 1n), charge('order m', 1n), charge('order z', 1n)];
    const told: Promise<ReadonlySet<string>>[] = [];
    const rolledBack = world.once(async (tx) => {
      await post(tx, [m]);
      told.push(world.once((sql) => post(sql, [z, m, a])));
      await world.waiting(1);
      told.push(world.once((sql) => post(sql, [a, z])));
      await world.waiting(2);
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    expect((await Promise.all(told)).map((keys) => keys.size).sort()).toEqual([0, 3]);
  });
});

describe('the database itself', () => {
  it.each([
    [`UPDATE entry SET amount_micros = 1`],
    [`DELETE FROM entry`],
    [`TRUNCATE entry`],
    [`UPDATE posting SET key = 'x'`],
    [`DELETE FROM posting WHERE false`],
    [`TRUNCATE posting, entry`],
    [`DELETE FROM ledger_account`],
    [`TRUNCATE ledger_account, hold CASCADE`],
    [`DELETE FROM account_balance`],
    [`UPDATE account_balance SET balance_micros = 0`],
    [`UPDATE account_balance SET held_micros = 0`],
    [`INSERT INTO account_balance (account_id, shard, balance_micros) VALUES (1, 7, 5)`],
    [`UPDATE ledger_account SET currency = 'EUR'`],
    [`UPDATE ledger_account SET owner = 'thief'`],
  ])('refuses %s', async (statement) => {
    await expect(world.sql.run(statement)).rejects.toMatchObject({ code: '23000' });
  });

  it('refuses at COMMIT a posting whose entries do not sum to 0, in any currency, or are missing', async () => {
    const krw = await accountId(world.sql, { kind: 'bank', owner: 'test', currency: currency('KRW') });
    const refused = { code: '23514', message: expect.stringContaining('sum to 0') };
    await expect(rawPosting('raw 1', [[payer, 'USD', 5n]])).rejects.toMatchObject(refused);
    await expect(
      rawPosting('raw 2', [
        [payer, 'USD', 5n],
        [krw, 'KRW', -5n],
      ]),
    ).rejects.toMatchObject(refused);
    await expect(rawPosting('raw 3', [])).rejects.toMatchObject(refused);
  });

  it('refuses an entry that is added to a posting of the past', async () => {
    await world.tx((tx) => post(tx, [charge('closed', 5n)]));
    const [posting] = await world.sql.rows<{ id: string }>(`SELECT id FROM posting WHERE key = 'closed'`);
    await expect(world.sql.run(RAW_ENTRY, [posting?.id, 7, payer, 'USD', 5n])).rejects.toThrow(
      'same transaction',
    );
    await expect(world.sql.run(RAW_ENTRY, [99_999_999, 0, payer, 'USD', 5n])).rejects.toThrow(
      'same transaction',
    );
  });

  it('refuses an entry in another currency than its account, or for no account', async () => {
    const line = (account: bigint, code: string) => [
      [account, code, 5n] as const,
      [revenue, code, -5n] as const,
    ];
    await expect(rawPosting('raw 4', line(payer, 'EUR'))).rejects.toThrow('account that exists');
    await expect(rawPosting('raw 5', line(99_999_999n, 'USD'))).rejects.toThrow('account that exists');
  });

  it('stays exact beyond what a float can count', async () => {
    const big = 9_007_199_254_740_993n;
    const account = await world.payer(big);
    expect((await standingOf(world.sql, account))?.credit).toEqual(money(big, USD));
  });
});

describe('plans with 50,000 postings', () => {
  beforeAll(async () => {
    const account = await world.payer(0n);
    await world.tx(async (tx) => {
      await tx.run(
        `WITH p AS (INSERT INTO posting (key, kind, occurred_at)
                    SELECT 'bulk:' || n, 'opening', now() FROM generate_series(1, 50000) n RETURNING id)
         INSERT INTO entry (posting_id, line, account_id, currency, amount_micros)
         SELECT id, line, CASE line WHEN 0 THEN $1::bigint ELSE $2::bigint END, 'USD', 1 - 2 * line FROM p, generate_series(0, 1) line`,
        [account, revenue],
      );
    });
    for (let n = 0; n < 500; n++) await world.payer(0n);
    await world.sql.run('ANALYZE posting, entry, account_balance, ledger_account');
  });

  it('reads a balance and a standing by primary key', async () => {
    expect(
      await planOf(world.sql, 'SELECT sum(balance_micros) FROM account_balance WHERE account_id = $1', [
        payer,
      ]),
    ).toEqual(['Aggregate', expect.stringMatching(/^(Index|Bitmap Heap) Scan account_balance/)]);
  });

  it('reads an account’s newest entries by index, without sorting', async () => {
    const plan = await planOf(
      world.sql,
      'SELECT * FROM entry WHERE account_id = $1 ORDER BY posting_id DESC LIMIT 50',
      [revenue],
    );
    expect(plan).toEqual(['Limit', 'Index Scan entry_account']);
  });

  it('checks a posting’s balance by primary key', async () => {
    const plan = await planOf(
      world.sql,
      'SELECT sum(amount_micros) FROM entry WHERE posting_id = $1 GROUP BY currency',
      [1],
    );
    expect(plan.at(-1)).toBe('Index Scan entry_pkey');
  });
});

/** Accounts whose kept balance is not the sum of their entries: must be none. */
const differences = () =>
  world.sql.rows(`
    SELECT account_id FROM
      (SELECT account_id, sum(balance_micros) AS kept FROM account_balance GROUP BY 1) b
      FULL JOIN (SELECT account_id, sum(amount_micros) AS summed FROM entry GROUP BY 1) e USING (account_id)
     WHERE COALESCE(kept, 0) <> COALESCE(summed, 0)`);
