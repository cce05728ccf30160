import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expireOrders } from '../../../src/sales/orders/expiry.service.js';
import { ask, type SignedIn } from '../../support/http-client.js';
import { goodsWish, must, type OrderBody, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());

const intake = (csv: string) =>
  ask(shop.web.url, 'POST /v1/shop/stock', {
    headers: { ...shop.operator.page, 'content-type': 'text/csv' },
    body: csv,
  });
let macs = 0;
const fresh = async (count: number): Promise<readonly string[]> => {
  const serials = Array.from({ length: count }, () => `0015656000${(++macs).toString(16).padStart(2, '0')}`);
  expect(
    (await intake(`goods,serial\n${serials.map((one) => `desk-phone,${one}`).join('\n')}\n`)).body,
  ).toEqual({
    added: count,
    refused: [],
  });
  return serials;
};
const stock = async () =>
  (
    (await shop.ask('GET /v1/shop/goods?country=KR')).body as {
      items: { id: string; stock: string; most: number }[];
    }
  ).items[0];
const operator = (id: string, step: string, body: object = {}) =>
  shop.ask(`POST /v1/shop/orders/${id}/${step}`, body, shop.operator);
async function paid(who: SignedIn, count: number): Promise<OrderBody> {
  const order = must(await shop.ask('POST /v1/orders', goodsWish(count), who));
  await shop.fill(order.id, 1_000_000_000n);
  return must(await shop.ask(`POST /v1/orders/${order.id}/payments`, { method: 'wallet' }, who));
}

describe('what is sold, as its operator edits it', () => {
  const desk = async (path: string) =>
    (
      (await shop.ask(`GET /v1/shop/${path}`, undefined, shop.operator)).body as {
        items: (object & { id: string })[];
        nextCursor: string | null;
      }
    ).items;

  it('given_products_off_sale_and_in_two_languages_when_listed_for_the_desk_then_all_of_it_is_there_in_pages', async () => {
    const [product, ...others] = (await desk('products')) as ({ id: string; onSale: boolean } & object)[];
    expect(product).toMatchObject({
      id: 'pin-id-kr',
      title: { en: 'A number', ko: 'A number (ko)' },
      onSale: true,
    });
    const {
      id,
      prices,
      branch: _,
      ...same
    } = product as never as { id: string; prices: { tier: string }[]; branch: null };
    const edit = {
      ...same,
      onSale: false,
      prices: Object.fromEntries(prices.map(({ tier, ...price }) => [tier, price])),
    };
    expect((await shop.ask(`PUT /v1/shop/products/${id}`, edit, shop.operator)).status).toBe(204);
    expect((await desk('products'))[0]).toMatchObject({ id, onSale: false, prices });
    const sold = (await shop.ask('GET /v1/shop/catalogue')).body as { products: { id: string }[] };
    expect(sold.products.map((one) => one.id)).not.toContain(id);
    expect(
      (await shop.ask(`PUT /v1/shop/products/${id}`, { ...edit, onSale: true }, shop.operator)).status,
    ).toBe(204);
    const first = (await shop.ask('GET /v1/shop/products?limit=1', undefined, shop.operator)).body as {
      nextCursor: string;
    };
    expect((await desk(`products?cursor=${first.nextCursor}`)).map((one) => one.id)).toEqual(
      others.map((one) => one.id),
    );
  });

  it('given_a_text_when_written_and_removed_then_the_first_page_says_it_and_no_more', async () => {
    const said = async (lang: string) =>
      (
        (await shop.ask(`GET /v1/shop/catalogue?lang=${lang}`)).body as {
          info: { id: string; title: string }[];
        }
      ).info;
    const words = { en: 'Why us', ko: '왜 우리인가' };
    const put = (body: object) => shop.ask('PUT /v1/shop/texts/why-us', body, shop.operator);
    expect((await put({ position: 0, title: words, body: words })).status).toBe(204);
    expect((await said('ko'))[0]).toMatchObject({ id: 'why-us', title: '왜 우리인가' });
    expect((await said('fr'))[0]).toMatchObject({ title: 'Why us' });
    expect(await desk('texts')).toContainEqual({ id: 'why-us', position: 0, title: words, body: words });
    expect((await put({ position: 0, title: { ko: '영어 없음' }, body: words })).status).toBe(400);
    expect((await shop.ask('DELETE /v1/shop/texts/why-us', undefined, shop.operator)).status).toBe(204);
    expect((await said('en')).map(({ id }) => id)).not.toContain('why-us');
  });
});

describe('the stock', () => {
  it('given_a_delivery_with_mistakes_when_taken_in_then_the_good_ones_are_in_stock_and_the_others_named', async () => {
    const csv =
      'goods;serial\ndesk-phone;00:15:65:AA:00:01\ndesk-phone;nonsense\ntoaster;001565aa0002\ndesk-phone;001565aa0001\n';
    expect(await intake(csv)).toMatchObject({
      status: 200,
      body: {
        added: 1,
        refused: [
          { line: 3, reason: 'a MAC address has 12 hexadecimal digits' },
          { line: 4, reason: 'there are no such goods' },
          { line: 5, reason: 'this piece is in the books already' },
        ],
      },
    });
    expect(await intake('a,b\n')).toMatchObject({ status: 400, body: { code: 'stock-file.malformed' } });
    expect(await stock()).toMatchObject({ stock: 'few', most: 1 });
    expect((await shop.ask('GET /v1/shop/stock', undefined, shop.operator)).body).toMatchObject({
      items: [{ id: 'desk-phone', inStock: 1, setAside: 0, prices: [{ country: 'KR', price: '50.00' }] }],
    });
    await shop.db.run('DELETE FROM goods_piece');
  });

  it('given_5_pieces_and_20_buyers_at_once_when_they_order_then_5_have_one_and_15_are_refused', async () => {
    await fresh(5);
    const many = await Promise.all([shop.buyer(), shop.buyer(), shop.buyer()]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => shop.ask('POST /v1/orders', goodsWish(1), many[at % 3]?.who)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(15);
    expect(await stock()).toMatchObject({ stock: 'sold-out', most: 0 });
    await shop.db.run(`UPDATE shop_order SET until = now() - interval '1 second' WHERE state = 'held'`);
    expect(await expireOrders(shop.db)).toBe(5);
    expect(await stock()).toMatchObject({ stock: 'in-stock', most: 5 });
  });

  it('given_not_enough_when_more_are_ordered_then_nothing_is_set_aside', async () => {
    const { who } = await shop.buyer();
    const before = await stock();
    expect(await shop.ask('POST /v1/orders', goodsWish(99), who)).toMatchObject({
      status: 409,
      body: { code: 'goods.taken' },
    });
    expect(await stock()).toEqual(before);
  });
});

describe('goods on their way', () => {
  it('given_a_paid_order_when_packed_then_the_scanned_pieces_are_the_members_and_the_money_is_ours', async () => {
    const [, , third] = await fresh(3);
    const { id: accountId, who } = await shop.buyer();
    const order = await paid(who, 1);
    expect(
      (await operator(order.id, 'packing', { serials: [{ goods: 'desk-phone', serial: 'ffffffffffff' }] }))
        .status,
    ).toBe(422);
    const packed = must(
      await operator(order.id, 'packing', { serials: [{ goods: 'desk-phone', serial: third }] }),
    );
    expect(packed).toMatchObject({ state: 'packed', lines: [{ goods: 'desk-phone', serials: [third] }] });
    const [account] = await shop.db.rows<{ member: string }>(
      'SELECT member_id AS member FROM user_account WHERE id = $1',
      [accountId],
    );
    expect(packed.memberId).toBe(account?.member);
    expect(
      await shop.db.rows('SELECT serial FROM goods_piece WHERE member_id = $1', [account?.member]),
    ).toEqual([{ serial: third }]);
    expect(
      await shop.db.rows(
        `SELECT payload FROM outbox WHERE topic = 'terminal.sold' AND payload ->> 'orderId' = $1`,
        [order.id],
      ),
    ).toEqual([
      {
        payload: {
          orderId: order.id,
          memberId: account?.member,
          kind: 'phone',
          serial: third,
          goods: 'desk-phone',
          vendor: 'yealink',
        },
      },
    ]);
    must(await operator(order.id, 'shipment', { carrier: 'Post', tracking: 'RR1' }));
    expect(
      (await operator(order.id, 'packing', { serials: [{ goods: 'desk-phone', serial: third }] })).status,
    ).toBe(409);
    const delivered = must(await operator(order.id, 'delivery'));
    expect(delivered).toMatchObject({ state: 'delivered', shipment: { carrier: 'Post', tracking: 'RR1' } });
    expect((await shop.books()).sum).toBe('0');
  });

  it('given_a_delivered_order_when_sent_back_then_the_money_goes_back_and_the_piece_is_sold_again_only_after_its_intake', async () => {
    const [serial = ''] = await fresh(1);
    const { who } = await shop.buyer();
    const order = await paid(who, 1);
    must(await operator(order.id, 'packing', { serials: [{ goods: 'desk-phone', serial }] }));
    must(await operator(order.id, 'shipment', { carrier: 'Post', tracking: 'RR2' }));
    must(await operator(order.id, 'delivery'));
    must(await shop.ask(`POST /v1/orders/${order.id}/return`, { reason: 'too heavy' }, who));
    must(await operator(order.id, 'returned', { reason: 'as new' }));
    expect(await shop.order(order.id, who)).toMatchObject({
      state: 'refunded',
      payments: [{ state: 'released' }],
    });
    const before = (await stock())?.most ?? 0;
    expect((await intake(`goods,serial\ndesk-phone,${serial}\n`)).body).toMatchObject({ added: 1 });
    expect((await stock())?.most).toBe(Math.min(10, before + 1));
    expect(await shop.books()).toEqual({ sum: '0', held: '0' });
  });

  it('given_a_paid_order_when_cancelled_before_the_packing_then_pieces_and_money_are_back', async () => {
    await fresh(1);
    const { who } = await shop.buyer();
    const before = await stock();
    const order = await paid(who, 1);
    expect(must(await shop.ask(`POST /v1/orders/${order.id}/cancellation`, {}, who))).toMatchObject({
      state: 'refunded',
    });
    expect(await stock()).toEqual(before);
  });

  it('given_somebody_elses_order_when_asked_for_then_it_is_not_there', async () => {
    const { who } = await shop.buyer();
    const { who: stranger } = await shop.buyer();
    await fresh(1);
    const { id } = must(await shop.ask('POST /v1/orders', goodsWish(1), who));
    for (const route of [
      `GET /v1/orders/${id}`,
      `GET /v1/orders/${id}/history`,
      `POST /v1/orders/${id}/cancellation`,
    ])
      expect((await shop.ask(route, route.startsWith('POST') ? {} : undefined, stranger)).status).toBe(404);
    expect((await shop.ask('GET /v1/orders', undefined, stranger)).body).toEqual({
      items: [],
      nextCursor: null,
    });
    expect((await shop.ask('GET /v1/shop/orders', undefined, who)).status).toBe(403);
  });
});
