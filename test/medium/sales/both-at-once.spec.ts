import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { companyWish, must, ShopWorld } from './shop-world.js';

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
