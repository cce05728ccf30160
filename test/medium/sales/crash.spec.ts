import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { companyWish, must, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());

const countsOf = async (id: string, number: string) =>
  (
    await shop.db.rows<Record<string, string>>(
      `SELECT (SELECT count(*) FROM number_assignment WHERE key = $2) AS numbers,
              (SELECT count(*) FROM posting WHERE key = 'order:' || $1::uuid) AS captures,
              (SELECT count(*) FROM number_contract WHERE order_id = $1) AS contracts,
              (SELECT count(*) FROM member m JOIN shop_order o ON o.holder_id = m.id WHERE o.id = $1) AS members,
              (SELECT count(*) FROM hold h JOIN order_payment p ON p.id = h.id WHERE p.order_id = $1 AND h.closed_at IS NULL) AS holds`,
      [id, `${number}#`],
    )
  )[0];

describe('a crash on the way from paid to active', () => {
  it.each([
    ['before the money is noted as set aside', 'order.paid', '39001001'],
    ['while the number is being given', 'order.provisioning', '39001002'],
    ['before the buyer is told', 'number.assigned', '39001003'],
  ] as const)('%s heals: one number, one charge', async (_, topic, number) => {
    const { who } = await shop.buyer();
    const { id } = await shop.selected(who, companyWish(number));
    await shop.fill(id, 44_000_000n);
    must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who));
    const before = ['order.paid', 'order.provisioning', 'number.assigned'] as const;
    for (const earlier of before.slice(0, before.indexOf(topic))) await shop.drain(earlier);
    const state = (await shop.order(id, who)).state;
    await shop.crashIn(topic);
    await shop.crashIn(topic);
    // Nothing of the step that was cut off is left, and the money is still set aside or captured, never both.
    expect((await shop.order(id, who)).state).toBe(state);
    await shop.drain();
    expect((await shop.order(id, who)).state).toBe('active');
    expect(await countsOf(id, number)).toEqual({
      numbers: '1',
      captures: '1',
      contracts: '1',
      members: '1',
      holds: '0',
    });
    expect(await shop.books()).toEqual({ sum: '0', held: '0' });
  });

  it('given_an_event_is_delivered_again_when_everything_is_done_then_nothing_changes', async () => {
    const { who } = await shop.buyer();
    const { id } = await shop.selected(who, companyWish('39001004'));
    await shop.fill(id, 44_000_000n);
    must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who));
    await shop.drain();
    const { rows } = { rows: await shop.db.rows('SELECT * FROM order_move WHERE order_id = $1', [id]) };
    await shop.db.run(
      `INSERT INTO outbox (id, topic, payload) SELECT gen_random_uuid(), topic, payload FROM outbox
        WHERE topic IN ('order.paid', 'order.provisioning', 'number.assigned') AND payload ->> 'orderId' = $1`,
      [id],
    );
    expect((await shop.drain()).length).toBe(3);
    expect(await shop.db.rows('SELECT * FROM order_move WHERE order_id = $1', [id])).toEqual(rows);
    expect((await countsOf(id, '39001004'))?.['captures']).toBe('1');
  });

  it('given_the_number_went_elsewhere_while_it_was_paid_when_provisioned_then_the_money_goes_back', async () => {
    const { who } = await shop.buyer();
    const { id } = await shop.selected(who, companyWish('39001005'));
    await shop.fill(id, 44_000_000n);
    must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who));
    await shop.db.run(
      `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
       VALUES (gen_random_uuid(), '39001005#', 'vns', '082', 'KR', '39001005', '3900-1005#082', gen_random_uuid())`,
    );
    await shop.drain();
    expect(await shop.order(id, who)).toMatchObject({ state: 'refunded', payments: [{ state: 'released' }] });
    expect(await shop.books()).toEqual({ sum: '0', held: '0' });
  });
});
