import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventPage } from '../../support/event-page.js';
import { SmtpSink } from '../../support/smtp-sink.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';
import { companyWish, idWish, must, ShopWorld } from './shop-world.js';

let redis: TestRedis;
let sink: SmtpSink;
let shop: ShopWorld;
beforeAll(async () => {
  redis = await testRedis();
  sink = await SmtpSink.open();
  shop = await ShopWorld.open({ redisUrl: redis.url, smtpUrl: sink.url });
});
afterAll(async () => {
  await shop.close();
  await sink.close();
  await redis.remove();
});

describe('the shop with its worker', () => {
  it('given_the_provider_tells_that_it_was_paid_when_a_page_follows_the_order_then_it_hears_it_become_active_and_the_receipt_is_mailed', async () => {
    const { who } = await shop.memberWith('+82262006601');
    const { id } = await shop.selected(who, idWish('0591660001'), { contact: '+82262006601' });
    const page = await EventPage.open(shop.web.url, 'orders', who.cookie);
    const paying = must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'direct' }, who));
    const event = await shop.decided(paying.payments[0]?.redirectUrl, 'paid');
    await Promise.all([shop.tell(event), shop.tell(event)]);
    await page.next(({ told }) => told?.data['state'] === 'active');
    await page.leave();
    expect(page.messages.flatMap(({ told }) => told?.data['state'] ?? [])).toEqual([
      'paid',
      'provisioning',
      'registered',
      'active',
    ]);
    expect(page.messages.every(({ told }) => told === undefined || told.data['orderId'] === id)).toBe(true);
    const receipt = await sink.mails.first('the receipt', ({ raw }) => raw.includes('Subject: Receipt'));
    expect(receipt.raw).toContain('Content-Type: application/pdf');
    expect((await shop.order(id, who)).next.action).toBe('register-phone');
  });

  it('given_another_buyer_when_he_listens_then_he_hears_nothing_of_it', async () => {
    const { who } = await shop.buyer();
    const { who: other } = await shop.buyer();
    const stranger = await EventPage.open(shop.web.url, 'orders', other.cookie);
    const operator = await EventPage.open(shop.web.url, 'shop-orders', shop.operator.cookie);
    const { id } = must(await shop.ask('POST /v1/orders', companyWish('46004602'), who));
    await operator.next(({ told }) => told?.data['orderId'] === id);
    // His own comes after it, on the same connection to PostgreSQL: what he has not heard by then he will not hear.
    const own = must(await shop.ask('POST /v1/orders', companyWish('46004603'), other));
    await stranger.next(({ told }) => told?.data['orderId'] === own.id);
    expect(stranger.messages.flatMap(({ told }) => told?.data['orderId'] ?? [])).toEqual([own.id]);
    await Promise.all([stranger.leave(), operator.leave()]);
  });
});
