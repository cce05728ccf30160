import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OutgoingMail } from '../../../src/infra/mail/outgoing-mail.js';
import { expireOrders } from '../../../src/sales/orders/expiry.service.js';
import type { SignedIn } from '../../support/http-client.js';
import { companyWish, idWish, must, type OrderBody, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
let numbers = 0;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());
afterEach(async () => expect((await shop.books()).sum).toBe('0'));

async function selected(): Promise<{ id: string; who: SignedIn; order: OrderBody }> {
  const { who } = await shop.buyer();
  const order = await shop.selected(who, companyWish(`4827${1000 + 41 * ++numbers}`));
  return { id: order.id, who, order };
}
const payDirectly = async (id: string, who: SignedIn): Promise<string> =>
  must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'direct' }, who)).payments[0]
    ?.redirectUrl ?? '';
const walletOf = async (id: string): Promise<{ credit: string; held: string }> => {
  const [row] = await shop.db.rows<{ credit: string; held: string }>(
    `SELECT (-b.balance_micros)::text AS credit, b.held_micros::text AS held
       FROM shop_order o JOIN ledger_account a ON a.owner = o.holder_id::text JOIN account_balance b ON b.account_id = a.id
      WHERE o.id = $1`,
    [id],
  );
  return row ?? { credit: '0', held: '0' };
};
/** The provider says what became of the refund that an order waits for. */
async function refundTold(id: string, url: string, outcome: 'refunded' | 'refund-failed'): Promise<void> {
  const [refund] = await shop.db.rows<{ id: string; micros: string }>(
    `SELECT r.id, r.amount_micros AS micros FROM order_payment p JOIN top_up_refund r ON r.id = p.refund_id WHERE p.order_id = $1`,
    [id],
  );
  const event = await shop.provider.decideRefund(url.split('/').at(-1) ?? '', {
    id: refund?.id ?? '',
    amount: { micros: BigInt(refund?.micros ?? 0), currency: 'USD' as never },
    outcome,
  });
  if (!event.ok) throw new Error(event.failure.message);
  await shop.tell(event.value);
  await shop.tell(event.value);
  await shop.drain();
}

describe('paying directly', () => {
  it('given_the_webhook_comes_twice_when_paid_then_the_order_is_paid_once_and_becomes_active', async () => {
    const { id, who } = await selected();
    const url = await payDirectly(id, who);
    expect(url).toContain('/test-payments/tp_');
    // A double click, or the back button: the same payment.
    expect(await payDirectly(id, who)).toBe(url);
    const event = await shop.decided(url, 'paid');
    await Promise.all([shop.tell(event), shop.tell(event)]);
    await shop.drain();
    await shop.tell(event);
    await shop.drain();
    expect(await shop.order(id, who)).toMatchObject({
      state: 'active',
      payments: [{ method: 'direct', state: 'captured', redirectUrl: null }],
    });
    expect(await walletOf(id)).toEqual({ credit: '0', held: '0' });
  });

  it('given_the_buyer_is_declined_when_told_then_he_may_pay_another_way', async () => {
    const { id, who } = await selected();
    const url = await payDirectly(id, who);
    await shop.tell(await shop.decided(url, 'declined'));
    await shop.drain();
    expect(await shop.order(id, who)).toMatchObject({ state: 'selected', payments: [{ state: 'failed' }] });
    const second = await payDirectly(id, who);
    expect(second).not.toBe(url);
    await shop.tell(await shop.decided(second, 'paid'));
    await shop.drain();
    expect((await shop.order(id, who)).state).toBe('active');
  });

  it('given_the_order_expired_when_the_money_comes_late_then_a_stranger_gets_it_back_the_way_it_came', async () => {
    const { id, who } = await selected();
    const url = await payDirectly(id, who);
    await shop.db.run(`UPDATE shop_order SET until = now() - interval '1 second' WHERE id = $1`, [id]);
    await expireOrders(shop.db);
    await shop.tell(await shop.decided(url, 'paid'));
    await shop.drain();
    expect(await shop.order(id, who)).toMatchObject({ state: 'expired', payments: [{ state: 'refunding' }] });
    await refundTold(id, url, 'refunded');
    expect(await shop.order(id, who)).toMatchObject({ state: 'expired', payments: [{ state: 'refunded' }] });
    expect(await walletOf(id)).toEqual({ credit: '0', held: '0' });
  });

  it('given_the_number_was_lost_in_the_last_moment_when_the_money_comes_then_nothing_stays_set_aside', async () => {
    const { id, who } = await selected();
    const url = await payDirectly(id, who);
    await shop.db.run(`UPDATE number_claim SET until = now() - interval '1 second' WHERE order_id = $1`, [
      id,
    ]);
    await shop.tell(await shop.decided(url, 'paid'));
    await shop.drain();
    expect(await shop.order(id, who)).toMatchObject({
      state: 'selected',
      payments: [{ state: 'refunding' }],
    });
    await refundTold(id, url, 'refunded');
    expect(await walletOf(id)).toEqual({ credit: '0', held: '0' });
  });

  it('given_the_order_was_paid_from_the_wallet_meanwhile_when_the_money_comes_then_a_member_finds_it_in_his_wallet', async () => {
    const { who } = await shop.memberWith('+82262007001');
    const { id } = await shop.selected(who, idWish('0591888001'), { contact: '+82262007001' });
    const url = await payDirectly(id, who);
    await shop.fill(id, 44_000_000n);
    await shop.db.run(`UPDATE shop_order SET holder_id = holder_id WHERE id = $1`, [id]);
    must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who));
    await shop.tell(await shop.decided(url, 'paid'));
    await shop.drain();
    const order = await shop.order(id, who);
    expect(order.state).toBe('active');
    expect(order.payments.map(({ state }) => state).sort()).toEqual(['captured', 'credited']);
    expect((await walletOf(id)).held).toBe('0');
    expect(BigInt((await walletOf(id)).credit)).toBeGreaterThan(0n);
  });
});

describe('giving money back', () => {
  it('given_the_wallet_is_short_when_paid_then_it_says_what_is_missing_and_nothing_is_held', async () => {
    const { id, who } = await selected();
    await shop.fill(id, 1_000_000n);
    expect(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who)).toMatchObject({
      status: 402,
      body: { code: 'wallet.payment-required', detail: expect.stringContaining('43.00 USD') },
    });
    expect(await shop.order(id, who)).toMatchObject({ state: 'selected', payments: [] });
    expect(await walletOf(id)).toEqual({ credit: '1000000', held: '0' });
  });

  it('given_it_was_paid_from_the_wallet_when_rejected_then_the_money_is_there_again_and_the_number_is_free', async () => {
    const { id, who } = await selected();
    await shop.fill(id, 44_000_000n);
    must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who));
    expect(await walletOf(id)).toEqual({ credit: '44000000', held: '44000000' });
    must(await shop.ask(`POST /v1/shop/orders/${id}/refunds`, { reason: 'fraud' }, shop.operator));
    expect(await shop.order(id, who)).toMatchObject({ state: 'refunded', payments: [{ state: 'released' }] });
    expect(await walletOf(id)).toEqual({ credit: '44000000', held: '0' });
    // What the events of the payment lead to now finds nothing to do.
    await shop.drain();
    expect((await shop.order(id, who)).state).toBe('refunded');
  });

  it('given_it_was_paid_directly_when_cancelled_then_it_goes_back_by_the_provider_who_says_when', async () => {
    const { id, who } = await selected();
    const url = await payDirectly(id, who);
    await shop.tell(await shop.decided(url, 'paid'));
    await shop.drain('top-up.settled');
    expect((await shop.order(id, who)).state).toBe('paid');
    const cancelled = must(await shop.ask(`POST /v1/orders/${id}/cancellation`, { reason: 'too late' }, who));
    expect(cancelled).toMatchObject({ state: 'refund-due', payments: [{ state: 'refunding' }] });
    await refundTold(id, url, 'refunded');
    expect(await shop.order(id, who)).toMatchObject({ state: 'refunded', payments: [{ state: 'refunded' }] });
    expect(await walletOf(id)).toEqual({ credit: '0', held: '0' });
  });

  it('given_the_provider_cannot_give_it_back_when_told_then_it_is_in_the_wallet', async () => {
    const { id, who } = await selected();
    const url = await payDirectly(id, who);
    await shop.tell(await shop.decided(url, 'paid'));
    await shop.drain('top-up.settled');
    must(await shop.ask(`POST /v1/orders/${id}/cancellation`, {}, who));
    await refundTold(id, url, 'refund-failed');
    expect(await shop.order(id, who)).toMatchObject({
      state: 'refunded',
      reason: 'the money is in the wallet',
      payments: [{ state: 'credited' }],
    });
    expect((await walletOf(id)).held).toBe('0');
    expect(BigInt((await walletOf(id)).credit)).toBeGreaterThan(0n);
  });

  it('given_the_number_works_already_when_paid_back_then_the_sale_is_posted_back_and_the_number_rests', async () => {
    const { id, who } = await selected();
    await shop.fill(id, 44_000_000n);
    must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who));
    await shop.drain();
    const refund = () =>
      shop.ask(`POST /v1/shop/orders/${id}/refunds`, { reason: 'withdrawn' }, shop.operator);
    must(await refund());
    expect((await refund()).status).toBe(409);
    expect(await shop.order(id, who)).toMatchObject({ state: 'refunded' });
    expect(await walletOf(id)).toEqual({ credit: '44000000', held: '0' });
    const { number } = (await shop.order(id, who)) as OrderBody & { number: string };
    expect(await shop.db.rows('SELECT FROM number_assignment WHERE key = $1', [`${number}#`])).toEqual([]);
    expect(
      (await shop.ask(`GET /v1/shop/numbers/availability?product=vns-kr&number=${number}`)).body,
    ).toMatchObject({
      available: false,
    });
  });
});

describe('the receipt', () => {
  it('given_an_order_in_korean_when_it_is_active_then_it_is_mailed_once_with_a_pdf_and_can_be_fetched', async () => {
    const { who } = await shop.buyer();
    const { id } = await shop.selected(who, companyWish('48279001', { language: 'ko' }));
    expect((await shop.ask(`GET /v1/orders/${id}/receipt`, undefined, who)).status).toBe(404);
    await shop.fill(id, 44_000_000n);
    must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who));
    await shop.drain();
    const fetched = await shop.ask(`GET /v1/orders/${id}/receipt`, undefined, who);
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(fetched.text.startsWith('%PDF-')).toBe(true);
    const { who: stranger } = await shop.buyer();
    expect((await shop.ask(`GET /v1/orders/${id}/receipt`, undefined, stranger)).status).toBe(404);
    const outgoing = shop.web.app.get(OutgoingMail, { strict: false });
    for (let mail = await outgoing.take(); mail !== undefined; mail = await outgoing.take())
      if (mail.id === `order.${id}.receipt`) {
        const [pdf] = mail.attachments ?? [];
        expect(mail.subject).toBe('영수증: 4827-9001#082');
        expect(
          Buffer.from((pdf as { content: string }).content, 'base64')
            .subarray(0, 5)
            .toString(),
        ).toBe('%PDF-');
        return;
      }
    throw new Error('no receipt was mailed');
  });
});
