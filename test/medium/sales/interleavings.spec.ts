import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expireOrders } from '../../../src/sales/orders/expiry.service.js';
import { type Buying, companyWish, formOf, type OrderBody, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
let buyers: readonly Buying[];
beforeAll(async () => {
  shop = await ShopWorld.open();
  buyers = await Promise.all([shop.buyer(), shop.buyer(), shop.buyer()]);
  for (const name of ['mostHolds', 'mostQuotes'])
    await shop.ask(`PUT /v1/shop/settings/${name}`, { value: 10_000 }, shop.operator);
});
afterAll(() => shop.close());

const deeds = [
  'order',
  'hold',
  'apply',
  'approve',
  'reject',
  'select',
  'pay',
  'pay-directly',
  'money-comes',
  'cancel',
  'time-passes',
  'events-are-handled',
  'refund',
] as const;
interface Deed {
  readonly what: (typeof deeds)[number];
  readonly buyer: number;
}
/** Most scripts go the way of a purchase, so that what is rare at random (two who have paid) is not rare here. */
const often = ['pay', 'pay', 'pay-directly', 'money-comes', 'money-comes'] as const;
const deed = fc.record<Deed>({
  what: fc.constantFrom(...deeds, ...often),
  buyer: fc.integer({ min: 0, max: 2 }),
});
const purchase = (buyer: number): readonly Deed[] =>
  (['order', 'hold', 'apply', 'approve', 'select'] as const).map((what) => ({ what, buyer }));
const script = fc.tuple(
  fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
  fc.array(fc.array(deed, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 }),
);

describe('any order of deeds, several at a time', () => {
  it('never gives a number two owners, and never keeps money without a number', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(script, async ([first, rounds]) => {
        const number = String(48_270_000 + 41 * ++run);
        const orders = new Map<number, string>();
        for (const step of Array.from({ length: 5 }, (_, at) => at))
          await Promise.all(first.map((buyer) => act(purchase(buyer)[step] as Deed, number, orders)));
        for (const round of rounds) {
          await Promise.all(round.map((one) => act(one, number, orders)));
          await holdsTrue(number);
        }
        await act({ what: 'events-are-handled', buyer: 0 }, number, orders);
        await holdsTrue(number);
        await atRest(number);
      }),
      {
        numRuns: 15,
        // A plain purchase and a race for one number first: whatever chance does, these ways are gone.
        examples: [
          [[[0], [[{ what: 'pay', buyer: 0 }]]]],
          [
            [
              [1, 2],
              [
                [
                  { what: 'pay', buyer: 1 },
                  { what: 'pay', buyer: 2 },
                ],
                [{ what: 'events-are-handled', buyer: 0 }],
              ],
            ],
          ],
        ],
      },
    );
    // Not in vain: some of those ways came to a number.
    const [ends] = await shop.db.rows<{ active: string }>(
      `SELECT count(*) AS active FROM shop_order WHERE state = 'active'`,
    );
    expect(Number(ends?.active)).toBeGreaterThan(0);
  });
});

/** Does what is asked where it can be; a refusal is as good an answer as any. */
async function act({ what, buyer }: Deed, number: string, orders: Map<number, string>): Promise<void> {
  const { who } = buyers[buyer] as Buying;
  const id = orders.get(buyer);
  if (what === 'order') {
    const answer = await shop.ask('POST /v1/orders', companyWish(number), who);
    if (answer.status === 201) orders.set(buyer, (answer.body as OrderBody).id);
    return expected(answer.status);
  }
  if (what === 'events-are-handled') return void (await shop.drain());
  if (id === undefined) return;
  const asked = async (route: string, body: object = {}, as = who) =>
    expected((await shop.ask(route, body, as)).status);
  switch (what) {
    case 'hold':
      return asked(`POST /v1/orders/${id}/hold`);
    case 'apply':
      return asked(`POST /v1/orders/${id}/application`, formOf('Company'));
    case 'approve':
      return asked(`POST /v1/shop/approvals/${id}/approval`, { reason: 'fine' }, shop.operator);
    case 'reject':
      return asked(`POST /v1/shop/approvals/${id}/rejection`, { reason: 'no' }, shop.operator);
    case 'select':
      return asked(`POST /v1/orders/${id}/selection`);
    case 'pay':
      await shop.fill(id, 44_000_000n);
      return asked(`POST /v1/orders/${id}/payments`, { method: 'wallet' });
    case 'pay-directly':
      return asked(`POST /v1/orders/${id}/payments`, { method: 'direct' });
    case 'money-comes': {
      const [payment] = (await shop.order(id, who)).payments.filter(
        ({ redirectUrl }) => redirectUrl !== null,
      );
      if (payment === undefined) return;
      const event = await shop.decided(payment.redirectUrl, 'paid');
      return void (await Promise.all([shop.tell(event), shop.tell(event)]));
    }
    case 'cancel':
      return asked(`POST /v1/orders/${id}/cancellation`);
    case 'time-passes':
      await shop.db.run(
        `UPDATE shop_order SET until = now() - interval '1 second' WHERE id = $1 AND until IS NOT NULL`,
        [id],
      );
      return void (await expireOrders(shop.db));
    case 'refund':
      return asked(`POST /v1/shop/orders/${id}/refunds`, { reason: 'back' }, shop.operator);
  }
}

/** Never a surprise: 5xx would be one. */
const expected = (status: number): void => expect(status).toBeLessThan(500);

/** At any moment. */
async function holdsTrue(number: string): Promise<void> {
  const [row] = await shop.db.rows<Record<string, string>>(
    `SELECT (SELECT count(*) FROM number_assignment WHERE area_number = $1) AS owners,
            (SELECT count(*) FROM number_contract WHERE key = $1 || '#' AND state IN ('active', 'ending', 'overdue', 'suspended')) AS contracts,
            (SELECT count(*) FROM shop_order o JOIN number_order n ON n.order_id = o.id
              WHERE n.key = $1 || '#' AND o.state IN ('paid', 'provisioning', 'registered', 'active')) AS winners,
            (SELECT count(*) FROM shop_order o JOIN number_order n ON n.order_id = o.id JOIN order_payment p ON p.order_id = o.id
              WHERE n.key = $1 || '#' AND p.state IN ('held', 'captured')
                AND o.state NOT IN ('paid', 'provisioning', 'registered', 'active')) AS kept,
            (SELECT COALESCE(sum(balance_micros), 0)::text FROM account_balance) AS sum`,
    [number],
  );
  expect(Number(row?.['owners'])).toBeLessThanOrEqual(1);
  expect(Number(row?.['contracts'])).toBeLessThanOrEqual(1);
  expect(Number(row?.['winners'])).toBeLessThanOrEqual(1);
  expect(row).toMatchObject({ kept: '0', sum: '0' });
}

/** When all events are handled: who was charged has the number, or it was posted back; nothing is set aside. */
async function atRest(number: string): Promise<void> {
  const orders = await shop.db.rows<{ state: string; charged: boolean; back: boolean; owns: boolean }>(
    `SELECT o.state, EXISTS (SELECT FROM posting WHERE key = 'order:' || o.id) AS charged,
            EXISTS (SELECT FROM posting WHERE key = 'order-refund:' || o.id) AS back,
            EXISTS (SELECT FROM number_assignment a WHERE a.key = n.key AND a.holder_id = o.holder_id) AS owns
       FROM shop_order o JOIN number_order n ON n.order_id = o.id WHERE n.key = $1 || '#'`,
    [number],
  );
  for (const { state, charged, back, owns } of orders) {
    if (state === 'active')
      expect({ charged, back, owns }).toEqual({ charged: true, back: false, owns: true });
    else expect(charged).toBe(back);
    expect(['paid', 'provisioning', 'registered']).not.toContain(state);
  }
  const [held] = await shop.db.rows<{ count: string }>(
    `SELECT count(*) AS count FROM hold h JOIN order_payment p ON p.id = h.id JOIN number_order n ON n.order_id = p.order_id
      WHERE n.key = $1 || '#' AND h.closed_at IS NULL`,
    [number],
  );
  expect(held?.count).toBe('0');
}
