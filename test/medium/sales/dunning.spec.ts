import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Directory } from '../../../src/exchange/directory.js';
import { OutgoingMail } from '../../../src/infra/mail/outgoing-mail.js';
import { keepContracts, reviveContracts } from '../../../src/sales/contracts/renewal.service.js';
import type { SignedIn } from '../../support/http-client.js';
import { companyWish, must, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());

interface Sold {
  readonly who: SignedIn;
  readonly order: string;
  readonly contract: string;
  readonly number: string;
}

async function sold(number: string, interval: 'month' | 'year'): Promise<Sold> {
  const { who } = await shop.buyer();
  const { id: order } = await shop.selected(who, companyWish(number, { interval }));
  await shop.fill(order, interval === 'year' ? 44_000_000n : 11_000_000n);
  must(await shop.ask(`POST /v1/orders/${order}/payments`, { method: 'wallet' }, who));
  await shop.drain();
  const list = await shop.ask('GET /v1/number-contracts', undefined, who);
  const [{ id: contract }] = (list.body as { items: [{ id: string }] }).items;
  return { who, order, contract, number };
}
const stateOf = async ({ who }: Sold) =>
  ((await shop.ask('GET /v1/number-contracts', undefined, who)).body as { items: { state: string }[] })
    .items[0]?.state;
/** The fee falls due: of a year today, of a month as billing charges it when the month is over. */
async function feeIsDue({ contract, order }: Sold, interval: 'month' | 'year'): Promise<void> {
  if (interval === 'year')
    await shop.db.run('UPDATE number_contract SET paid_through = current_date WHERE id = $1', [contract]);
  else {
    await shop.fill(order, -3_300_000n);
    await shop.db.run(
      `UPDATE subscription SET charged_through = current_date WHERE id = (SELECT subscription_id FROM number_contract WHERE id = $1)`,
      [contract],
    );
  }
}
const daysPass = ({ contract }: Sold, days: number) =>
  shop.db.run('UPDATE number_contract SET overdue_since = current_date - $2::int WHERE id = $1', [
    contract,
    days,
  ]);
/** What was mailed since the last look. */
async function mails(): Promise<readonly { readonly to: string; readonly subject: string }[]> {
  await shop.drain();
  const outgoing = shop.web.app.get(OutgoingMail, { strict: false });
  const taken = [];
  for (let mail = await outgoing.take(); mail !== undefined; mail = await outgoing.take()) taken.push(mail);
  return taken.filter(({ id }) => id?.startsWith('contract.'));
}
/** Whether the exchange would ring the number now. */
async function isSuspended(number: string): Promise<boolean | undefined> {
  const directory = new Directory(shop.db, { warn: () => undefined, error: () => undefined });
  const keys = { assignmentKeys: [`${number}#`], e164s: [], domains: [], emails: [] };
  const { found } = await directory.lookUp({ keys, memberIds: [], country: 'KR' });
  return found.assignments.get(`${number}#`)?.suspended;
}

describe('a fee that is not paid', () => {
  it.each(['month', 'year'] as const)(
    'given_a_%sly_fee_and_an_empty_wallet_when_time_passes_then_he_is_told_reminded_out_of_service_and_at_last_it_is_given_up',
    async (interval) => {
      const sale = await sold(interval === 'month' ? '35003001' : '35003002', interval);
      expect(await keepContracts(shop.db)).toBe(0);
      await feeIsDue(sale, interval);
      await shop.db.run(`UPDATE user_account SET language = 'ko' WHERE company_id IS NOT NULL`);
      await mails();
      await keepContracts(shop.db);
      expect(await stateOf(sale)).toBe('overdue');
      expect(await mails()).toMatchObject([{ subject: expect.stringMatching(/이용료 미납$/) }]);
      await daysPass(sale, 10);
      expect(await keepContracts(shop.db)).toBe(0);
      await daysPass(sale, 11);
      expect([await keepContracts(shop.db), await keepContracts(shop.db)]).toEqual([1, 0]);
      expect(await mails()).toMatchObject([{ subject: expect.stringContaining('알림') }]);
      expect(await isSuspended(sale.number)).toBe(false);
      await daysPass(sale, 14);
      await keepContracts(shop.db);
      expect([await stateOf(sale), await isSuspended(sale.number)]).toEqual(['suspended', true]);
      expect(await mails()).toMatchObject([{ subject: expect.stringContaining('정지') }]);
      await daysPass(sale, 29);
      expect(await keepContracts(shop.db)).toBe(0);
      await daysPass(sale, 30);
      expect(await keepContracts(shop.db)).toBe(1);
      expect([await stateOf(sale), await isSuspended(sale.number)]).toEqual(['ended', undefined]);
      expect((await shop.order(sale.order, sale.who)).state).toBe('closed');
      expect(await mails()).toMatchObject([{ subject: expect.stringMatching(/해지$/) }]);
      const { who: next } = await shop.buyer();
      const wish = companyWish(sale.number);
      expect(await shop.ask('POST /v1/orders', wish, next)).toMatchObject({ status: 409 });
      await shop.db.run(`UPDATE number_claim SET until = now() - interval '1 second' WHERE key = $1`, [
        `${sale.number}#`,
      ]);
      expect((await shop.ask('POST /v1/orders', wish, next)).status).toBe(201);
    },
  );

  it.each([
    ['month', 0, 'overdue'],
    ['month', 14, 'suspended'],
    ['year', 29, 'suspended'],
  ] as const)(
    'given_a_%sly_fee_missed_%s_days_ago_when_the_money_comes_then_the_number_works_again_at_once',
    async (interval, days, state) => {
      const sale = await sold(
        `3571${interval === 'month' ? 4 : 5}${String(days).padStart(2, '0')}7`,
        interval,
      );
      await feeIsDue(sale, interval);
      await keepContracts(shop.db);
      await daysPass(sale, days);
      await keepContracts(shop.db);
      expect(await stateOf(sale)).toBe(state);
      expect(await reviveContracts(shop.db)).toBe(0);
      await mails();
      await shop.fill(sale.order, 33_000_000n);
      expect([await reviveContracts(shop.db), await reviveContracts(shop.db)]).toEqual([1, 0]);
      expect([await stateOf(sale), await isSuspended(sale.number)]).toEqual(['active', false]);
      expect(await mails()).toHaveLength(1);
      const moves = await shop.db.rows<{ move: string }>(
        `SELECT event AS move FROM contract_move WHERE contract_id = $1 ORDER BY version`,
        [sale.contract],
      );
      expect(moves.map(({ move }) => move)).toEqual(
        state === 'overdue' ? ['miss', 'renew'] : ['miss', 'suspend', 'renew'],
      );
      expect(await shop.books()).toMatchObject({ sum: '0' });
    },
  );

  it('given_a_number_out_of_service_when_its_owner_gives_it_up_then_it_rests_at_once', async () => {
    const sale = await sold('35006001', 'month');
    await feeIsDue(sale, 'month');
    await keepContracts(shop.db);
    await daysPass(sale, 14);
    await keepContracts(shop.db);
    must(await shop.ask(`POST /v1/number-contracts/${sale.contract}/ending`, {}, sale.who));
    expect([await stateOf(sale), await isSuspended(sale.number)]).toEqual(['ended', undefined]);
    expect((await shop.order(sale.order, sale.who)).state).toBe('closed');
  });
});
