import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { companyWish, formOf, idWish, must, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());

/** A company number that was sold, and offered to somebody who may accept it now. */
async function offered(number: string) {
  const [seller, other] = [await shop.buyer(), await shop.buyer()];
  const { id: order } = await shop.selected(seller.who, companyWish(number));
  await shop.fill(order, 44_000_000n);
  must(await shop.ask(`POST /v1/orders/${order}/payments`, { method: 'wallet' }, seller.who));
  await shop.drain();
  const [row] = await shop.db.rows<{ contract: string; email: string }>(
    `SELECT c.id AS contract, a.email FROM number_contract c, user_account a WHERE c.order_id = $1 AND a.id = $2`,
    [order, other.id],
  );
  const offer = { to: row?.email, reason: 'sold' };
  await shop.ask(`POST /v1/number-contracts/${row?.contract}/transfers`, offer, seller.who);
  const list = await shop.ask('GET /v1/number-transfers', undefined, other.who);
  const transfer = (list.body as { items: { id: string }[] }).items[0]?.id;
  const accept = () =>
    shop.ask(
      `POST /v1/number-transfers/${transfer}/acceptance`,
      { holder: { name: 'New', language: 'en' } },
      other.who,
    );
  const refund = () => shop.ask(`POST /v1/shop/orders/${order}/refunds`, { reason: 'x' }, shop.operator);
  return { order, contract: row?.contract ?? '', accept, refund };
}

/** A session of this database waits for a lock. */
const somebodyWaits = async (): Promise<boolean> =>
  (
    await shop.db.rows(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
  ).length > 0;

describe('a number that is passed on while its order is paid back', () => {
  it('given_the_refund_has_the_order_when_accepted_then_nobody_waits_for_the_other_in_a_circle', async () => {
    const { order, contract, accept } = await offered('48120011');
    let accepting: ReturnType<typeof accept> | undefined;
    await shop.db.inTx(async (tx) => {
      await tx.rows('SELECT FROM shop_order WHERE id = $1 FOR UPDATE', [order]);
      accepting = accept();
      while (!(await somebodyWaits()));
      // What a refund locks next: it must still be there to be had.
      await tx.rows('SELECT FROM number_contract WHERE id = $1 FOR UPDATE NOWAIT', [contract]);
    });
    expect((await accepting)?.status).toBe(200);
  });

  it('given_both_at_once_when_done_then_one_of_them_is_and_the_other_is_refused', async () => {
    const one = await offered('48120052');
    const [accepted, refunded] = await Promise.all([one.accept(), one.refund()]);
    const states = await shop.db.rows<{ state: string }>(
      'SELECT state FROM number_contract WHERE order_id = $1 ORDER BY id',
      [one.order],
    );
    const told = [accepted.status, refunded.status, states.map(({ state }) => state)];
    expect([
      [200, 409, ['transferred', 'active']],
      [409, 200, ['ended']],
      [404, 200, ['ended']],
    ]).toContainEqual(told);
    expect((await shop.books()).sum).toBe('0');
  });
});

describe('one number and many buyers', () => {
  it('given_100_buyers_at_once_when_they_take_it_then_one_has_it_99_are_refused_and_nobody_else_is_charged', async () => {
    const buyers = await Promise.all(Array.from({ length: 100 }, () => shop.visitor()));
    const orders = await Promise.all(
      buyers.map(async ({ who }) => ({
        who,
        id: must(await shop.ask('POST /v1/orders', companyWish('68306831'), who)).id,
      })),
    );
    const held = await Promise.all(
      orders.map(({ id, who }) => shop.ask(`POST /v1/orders/${id}/hold`, {}, who)),
    );
    const lost = held.filter(({ status }) => status === 409);
    expect([held.filter(({ status }) => status === 200).length, lost.length]).toEqual([1, 99]);
    expect(new Set(lost.map(({ body }) => (body as { code: string }).code))).toEqual(
      new Set(['number.taken']),
    );
    const winner = orders[held.findIndex(({ status }) => status === 200)];
    if (winner === undefined) throw new Error('nobody has it');
    const { id, who } = winner;
    must(await shop.ask(`POST /v1/orders/${id}/application`, formOf('Winner'), who));
    must(await shop.ask(`POST /v1/shop/approvals/${id}/approval`, { reason: 'fine' }, shop.operator));
    must(await shop.ask(`POST /v1/orders/${id}/selection`, {}, who));
    for (const one of orders) await shop.fill(one.id, 1_000_000_000n);
    const paid = await Promise.all(
      orders.map((one) => shop.ask(`POST /v1/orders/${one.id}/payments`, { method: 'wallet' }, one.who)),
    );
    expect(paid.filter(({ status }) => status === 201)).toHaveLength(1);
    await shop.drain();
    const charged = await shop.db.rows(
      `SELECT key FROM posting WHERE key LIKE 'order:%' AND key = ANY ($1)`,
      [orders.map((one) => `order:${one.id}`)],
    );
    expect(charged).toEqual([{ key: `order:${id}` }]);
    expect(await shop.books()).toEqual({ sum: '0', held: '0' });
  });

  it('given_a_company_and_a_person_want_the_same_digits_when_both_take_them_then_one_does', async () => {
    const { who } = await shop.buyer();
    const { who: other } = await shop.buyer();
    const company = must(await shop.ask('POST /v1/orders', companyWish('0591777001'), who));
    const person = must(await shop.ask('POST /v1/orders', idWish('0591777001'), other));
    const held = await Promise.all([
      shop.ask(`POST /v1/orders/${company.id}/hold`, {}, who),
      shop.ask(`POST /v1/orders/${person.id}/hold`, {}, other),
    ]);
    expect(held.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});
