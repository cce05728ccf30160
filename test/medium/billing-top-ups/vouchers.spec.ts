import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { standingOf } from '../../../src/billing/accounts.service.js';
import { cancelBatch, makeVouchers, redeemVoucher } from '../../../src/billing/top-ups/vouchers.service.js';
import { currency, money } from '../../../src/kernel/money.js';
import { type BillingWorld, billingWorld, usd } from '../billing/billing-world.js';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world.remove());

const batch = (changes: { count?: number; expiresAt?: Date; code?: string } = {}) =>
  world.tx((tx) =>
    makeVouchers(tx, {
      about: 'kiosk',
      value: money(10_000_000n, currency(changes.code ?? 'USD')),
      count: changes.count ?? 1,
      expiresAt: changes.expiresAt ?? new Date('2036-01-01T00:00:00Z'),
      createdBy: 'test',
    }),
  );
const redeem = (text: string | undefined, account: bigint) =>
  world.tx((tx) => redeemVoucher(tx, { text: text ?? '', account, by: 'test' }));
const credit = async (account: bigint) => (await standingOf(world.sql, account))?.credit;

describe('vouchers', () => {
  it('given_50_tries_at_once_from_several_accounts_when_redeemed_then_exactly_one_gets_its_value', async () => {
    const { codes } = await batch();
    const accounts = await Promise.all(Array.from({ length: 5 }, () => world.payer(0n)));
    const tries = await Promise.all(
      Array.from({ length: 50 }, (_, n) => redeem(codes[0], accounts[n % 5] ?? 0n)),
    );
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = tries.flatMap((one) => (one.ok ? [] : [one.failure.code]));
    expect(new Set(refused)).toEqual(new Set(['voucher.unknown']));
    const credits = await Promise.all(accounts.map(credit));
    expect(credits.map((one) => one?.micros).sort()).toEqual([0n, 0n, 0n, 0n, 10_000_000n]);
  });

  it('keeps no code, only hashes', async () => {
    const { codes } = await batch({ count: 3 });
    const rows = await world.sql.rows<{ text: string }>('SELECT v::text AS text FROM voucher v');
    expect(codes).toHaveLength(3);
    for (const code of codes)
      for (const { text } of rows) expect(text.includes(code.replaceAll('-', ''))).toBe(false);
  });

  it('given_expired_cancelled_or_mistyped_codes_when_redeemed_then_the_answer_is_the_same', async () => {
    const account = await world.payer(0n);
    const expired = await batch({ expiresAt: new Date('2020-01-01T00:00:00Z') });
    const cancelled = await batch();
    await world.tx((tx) => cancelBatch(tx, cancelled.id));
    for (const code of [expired.codes[0], cancelled.codes[0], '0000-0000-0000-0000', 'rubbish'])
      expect(await redeem(code, account)).toMatchObject({ ok: false, failure: { code: 'voucher.unknown' } });
    expect(await credit(account)).toEqual(usd(0n));
  });

  it('given_a_voucher_in_another_currency_when_redeemed_then_it_is_refused_and_not_used_up', async () => {
    const { codes, id } = await batch({ code: 'KRW' });
    expect(await redeem(codes[0], await world.payer(0n))).toMatchObject({
      failure: { code: 'account.currency-mismatch' },
    });
    const rows = await world.sql.rows('SELECT FROM voucher WHERE batch_id = $1 AND redeemed_at IS NOT NULL', [
      id,
    ]);
    expect(rows).toEqual([]);
  });
});
