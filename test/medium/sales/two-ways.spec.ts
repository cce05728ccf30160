import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sweepTopUps } from '../../../src/billing/top-ups/top-up-sweep.service.js';
import { expireOrders } from '../../../src/sales/orders/expiry.service.js';
import type { SignedIn } from '../../support/http-client.js';
import { companyWish, must, type OrderBody, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
let numbers = 0;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());
afterEach(async () => expect((await shop.books()).sum).toBe('0'));

interface Selected {
  readonly id: string;
  readonly who: SignedIn;
}
/** 44 dollars are to be paid; the wallet has 30. */
async function selected(inWallet = 30_000_000n): Promise<Selected> {
  const { who } = await shop.buyer();
  const { id } = await shop.selected(who, companyWish(`4813${1000 + 43 * ++numbers}`));
  await shop.fill(id, inWallet);
  return { id, who };
}
const pay = async ({ id, who }: Selected, body: object) =>
  must(await shop.ask(`POST /v1/orders/${id}/payments`, body, who));
const both = { method: 'direct', walletFirst: true };
const partsOf = (order: OrderBody) =>
  Object.fromEntries(order.payments.map(({ method, amount, state }) => [method, `${amount} ${state}`]));
const redirectOf = (order: OrderBody) =>
  order.payments.find(({ redirectUrl }) => redirectUrl !== null)?.redirectUrl;
async function wallet({ id }: Selected): Promise<{ credit: string; held: string } | undefined> {
  const [row] = await shop.db.rows<{ credit: string; held: string }>(
    `SELECT (-b.balance_micros)::text AS credit, b.held_micros::text AS held
       FROM shop_order o JOIN ledger_account a ON a.owner = o.holder_id::text JOIN account_balance b ON b.account_id = a.id
      WHERE o.id = $1`,
    [id],
  );
  return row;
}

describe('paying partly from the wallet', () => {
  it('given_the_wallet_has_a_part_when_paid_wallet_first_then_the_provider_is_asked_for_the_rest_and_both_are_taken', async () => {
    const one = await selected();
    const asked = await pay(one, both);
    expect(partsOf(asked)).toEqual({ wallet: '30.00 held', direct: '14.00 asked' });
    // A double click sets nothing more aside and asks for the same.
    expect(partsOf(await pay(one, both))).toEqual(partsOf(asked));
    expect(await wallet(one)).toEqual({ credit: '30000000', held: '30000000' });
    const paid = await shop.decided(redirectOf(asked), 'paid');
    await Promise.all([shop.tell(paid), shop.tell(paid)]);
    await shop.drain();
    const order = await shop.order(one.id, one.who);
    expect([order.state, partsOf(order)]).toEqual([
      'active',
      { wallet: '30.00 captured', direct: '14.00 captured' },
    ]);
    expect(await wallet(one)).toEqual({ credit: '0', held: '0' });
  });

  it('given_it_was_paid_both_ways_when_given_back_then_each_part_goes_back_the_way_it_came', async () => {
    const one = await selected();
    const url = redirectOf(await pay(one, both));
    await shop.tell(await shop.decided(url, 'paid'));
    await shop.drain();
    must(await shop.ask(`POST /v1/shop/orders/${one.id}/refunds`, { reason: 'withdrawn' }, shop.operator));
    const due = await shop.order(one.id, one.who);
    expect([due.state, partsOf(due)]).toEqual([
      'refund-due',
      { wallet: '30.00 released', direct: '14.00 refunding' },
    ]);
    expect(await wallet(one)).toEqual({ credit: '44000000', held: '14000000' });
    const [refund] = await shop.db.rows<{ id: string }>(
      'SELECT refund_id AS id FROM order_payment WHERE order_id = $1 AND refund_id IS NOT NULL',
      [one.id],
    );
    const told = await shop.provider.decideRefund(url?.split('/').at(-1) ?? '', {
      id: refund?.id ?? '',
      amount: { micros: 14_000_000n, currency: 'USD' as never },
      outcome: 'refunded',
    });
    if (!told.ok) throw new Error(told.failure.message);
    await shop.tell(told.value);
    await shop.drain();
    const back = await shop.order(one.id, one.who);
    expect([back.state, partsOf(back)]).toEqual([
      'refunded',
      { wallet: '30.00 released', direct: '14.00 refunded' },
    ]);
    expect(await wallet(one)).toEqual({ credit: '30000000', held: '0' });
  });

  it.each(['cancelled', 'expired'] as const)(
    'given_the_rest_is_never_paid_when_the_order_is_%s_then_the_wallet_has_its_part_again',
    async (end) => {
      const one = await selected();
      await pay(one, both);
      if (end === 'cancelled') must(await shop.ask(`POST /v1/orders/${one.id}/cancellation`, {}, one.who));
      else {
        await shop.db.run(`UPDATE shop_order SET until = now() - interval '1 second' WHERE id = $1`, [
          one.id,
        ]);
        await expireOrders(shop.db);
      }
      expect((await shop.order(one.id, one.who)).state).toBe(end);
      expect(await wallet(one)).toEqual({ credit: '30000000', held: '0' });
    },
  );

  it('given_the_wallet_was_filled_meanwhile_when_paid_from_it_then_only_the_rest_is_taken_and_late_money_stays_in_it', async () => {
    const one = await selected();
    const url = redirectOf(await pay(one, both));
    await shop.fill(one.id, 20_000_000n);
    expect((await pay(one, { method: 'wallet' })).state).toBe('paid');
    await shop.drain();
    await shop.tell(await shop.decided(url, 'paid'));
    await shop.drain();
    expect((await shop.order(one.id, one.who)).state).toBe('active');
    expect((await wallet(one))?.held).toBe('0');
    expect(BigInt((await wallet(one))?.credit ?? 0)).toBeGreaterThanOrEqual(6_000_000n);
  });

  it('given_the_wallet_has_all_of_it_when_paid_wallet_first_then_no_provider_is_asked', async () => {
    const one = await selected(50_000_000n);
    const order = await pay(one, both);
    expect([order.state, partsOf(order)]).toEqual(['paid', { wallet: '44.00 held' }]);
    await shop.drain();
    expect((await shop.order(one.id, one.who)).state).toBe('active');
  });
});

describe('a payment whose beginning is lost', () => {
  /** The provider is told, or not, and no answer comes back. */
  async function silently<T>(reaches: boolean, work: () => Promise<T>): Promise<T> {
    const begin = shop.provider.begin.bind(shop.provider);
    shop.provider.begin = async (order) => {
      if (reaches) await begin(order);
      throw new Error('killed');
    };
    try {
      return await work();
    } finally {
      shop.provider.begin = begin;
    }
  }
  const ask = ({ id, who }: Selected) =>
    shop.ask(`POST /v1/orders/${id}/payments`, { method: 'direct' }, who);

  it.each([true, false])(
    'given_we_died_while_the_provider_was_told_(%s)_when_asked_again_then_it_is_the_same_payment',
    async (reaches) => {
      const one = await selected();
      await silently(reaches, () => ask(one)).catch(() => undefined);
      expect(partsOf(await shop.order(one.id, one.who))).toEqual({ direct: '44.00 asked' });
      const again = must(await ask(one));
      expect(again.payments).toHaveLength(1);
      const made = await shop.db.rows(
        `SELECT FROM test_payment p JOIN order_payment o ON o.top_up_id::text = p.key WHERE o.order_id = $1`,
        [one.id],
      );
      expect(made).toHaveLength(1);
      await shop.tell(await shop.decided(redirectOf(again), 'paid'));
      await shop.drain();
      expect((await shop.order(one.id, one.who)).state).toBe('active');
    },
  );

  it('given_nobody_asks_again_when_a_day_has_passed_then_the_payment_has_failed_and_another_may_begin', async () => {
    const one = await selected();
    await silently(false, () => ask(one)).catch(() => undefined);
    await shop.db.run(`UPDATE top_up SET asked_at = now() - interval '25 hours' WHERE state = 'asked'`);
    await sweepTopUps(shop.db.inTx.bind(shop.db), shop.db, shop.provider);
    await shop.drain();
    expect(partsOf(await shop.order(one.id, one.who))).toEqual({ direct: '44.00 failed' });
    expect(must(await ask(one)).payments).toHaveLength(2);
  });
});
