import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expireOrders } from '../../../src/sales/orders/expiry.service.js';
import { companyWish, formOf, idWish, must, type OrderBody, ownWish, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());

const late = (id: string) =>
  shop.db.run(`UPDATE shop_order SET until = now() - interval '1 second' WHERE id = $1`, [id]);
const holderOf = async (key: string) =>
  (
    await shop.db.rows<{ id: string }>('SELECT holder_id AS id FROM number_assignment WHERE key = $1', [key])
  )[0]?.id;
const moves = async (id: string, who: Parameters<ShopWorld['order']>[1]) =>
  (
    (await shop.ask(`GET /v1/orders/${id}/history`, undefined, who)).body as {
      items: { event: string; to: string }[];
    }
  ).items.map(({ event, to }) => `${event} ${to}`);

describe('buying a number', () => {
  it('given_a_proved_telephone_when_it_is_kept_as_ones_number_then_it_is_approved_paid_assigned_and_rings', async () => {
    const { who, memberId } = await shop.memberWith('+82262001111');
    const selected = await shop.selected(who, ownWish('+82262001111'));
    expect(selected).toMatchObject({ state: 'selected', next: { action: 'pay' }, price: { total: '44.00' } });
    await shop.fill(selected.id, 100_000_000n);
    const paid = must(await shop.ask(`POST /v1/orders/${selected.id}/payments`, { method: 'wallet' }, who));
    expect(paid).toMatchObject({
      state: 'paid',
      payments: [{ method: 'wallet', state: 'held', amount: '44.00' }],
    });
    expect(await shop.drain()).toEqual(['order.paid', 'order.provisioning', 'number.assigned', 'order.told']);
    expect(await shop.order(selected.id, who)).toMatchObject({
      state: 'active',
      next: { action: 'register-phone', until: null },
      memberId,
      payments: [{ state: 'captured' }],
    });
    expect(await holderOf('0262001111082')).toBe(memberId);
    expect(
      await shop.db.rows(
        `SELECT s.country, s.e164, s.verified_at IS NOT NULL AS verified FROM number_shadow s
           JOIN number_assignment a ON a.id = s.assignment_id WHERE a.key = '0262001111082'`,
      ),
    ).toEqual([{ country: 'KR', e164: '+82262001111', verified: true }]);
    // One phone in the books, whose emergency calls carry the proved telephone.
    expect(
      await shop.db.rows('SELECT kind, location_number AS place FROM device WHERE member_id = $1', [
        memberId,
      ]),
    ).toEqual([{ kind: 'sip', place: '+82262001111' }]);
    expect(await moves(selected.id, who)).toEqual([
      'order quoted',
      'hold held',
      'apply approved',
      'select selected',
      'pay paid',
      'provision provisioning',
      'register registered',
      'activate active',
    ]);
    expect(await shop.books()).toEqual({ sum: '0', held: '0' });
    const revenue = await shop.db.rows(
      `SELECT a.kind, a.owner, sum(e.amount_micros)::text AS micros FROM posting p JOIN entry e ON e.posting_id = p.id
         JOIN ledger_account a ON a.id = e.account_id WHERE p.key = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
      [`order:${selected.id}`],
    );
    expect(revenue).toEqual([
      { kind: 'member', owner: memberId, micros: '44000000' },
      { kind: 'revenue', owner: 'numbers', micros: '-40000000' },
      { kind: 'tax', owner: 'KR', micros: '-4000000' },
    ]);
  });

  it('given_somebody_without_a_member_when_a_company_number_is_paid_then_the_company_is_registered_with_its_branches', async () => {
    const { id: accountId, who } = await shop.buyer();
    const order = await shop.selected(
      who,
      companyWish('61006101', { countries: ['KR', 'US'] }),
      formOf('Acme'),
    );
    await shop.fill(order.id, 1_000_000_000n);
    must(await shop.ask(`POST /v1/orders/${order.id}/payments`, { method: 'wallet' }, who));
    await shop.drain();
    const active = await shop.order(order.id, who);
    expect(active.state).toBe('active');
    const [account] = await shop.db.rows<{ company: string; roles: string[] }>(
      'SELECT company_id AS company, roles FROM user_account WHERE id = $1',
      [accountId],
    );
    expect(account).toEqual({ company: active.memberId, roles: ['member', 'company-admin'] });
    expect(await holderOf('61006101#')).toBe(active.memberId);
    expect(await shop.db.rows('SELECT kind, name FROM member WHERE id = $1', [active.memberId])).toEqual([
      { kind: 'company', name: 'Acme' },
    ]);
    expect(
      await shop.db.rows(
        `SELECT b.region, b.is_default AS "isDefault" FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id
          WHERE a.key = '61006101#' ORDER BY b.region`,
      ),
    ).toEqual([
      { region: 'KR', isDefault: true },
      { region: 'US', isDefault: true },
    ]);
    // Whoever is its administrator now finds the order; somebody else does not.
    const { who: stranger } = await shop.buyer();
    expect((await shop.ask(`GET /v1/orders/${order.id}`, undefined, stranger)).status).toBe(404);
  });

  it('given_the_telephone_is_not_proved_when_applied_then_the_order_waits_for_the_proof_and_goes_on_by_it', async () => {
    const { who, memberId } = await shop.memberWith('+82262009999');
    const { id } = must(await shop.ask('POST /v1/orders', ownWish('+82262002222'), who));
    must(await shop.ask(`POST /v1/orders/${id}/hold`, {}, who));
    const waits = must(await shop.ask(`POST /v1/orders/${id}/application`, formOf('Ann'), who));
    expect(waits).toMatchObject({ state: 'awaiting-verification', next: { action: 'prove' } });
    expect(must(await shop.ask(`POST /v1/orders/${id}/verification`, {}, who)).state).toBe(
      'awaiting-verification',
    );
    await shop.prove(memberId, '+82262002222');
    expect(must(await shop.ask(`POST /v1/orders/${id}/verification`, {}, who)).state).toBe('approved');
  });

  it('given_a_premium_number_when_applied_then_an_operator_decides_and_the_buyer_hears_why', async () => {
    const { who } = await shop.buyer();
    const { id } = must(await shop.ask('POST /v1/orders', companyWish('77707770'), who));
    must(await shop.ask(`POST /v1/orders/${id}/hold`, {}, who));
    must(await shop.ask(`POST /v1/orders/${id}/application`, formOf('Seven'), who));
    const queue = (await shop.ask('GET /v1/shop/approvals', undefined, shop.operator)).body as {
      items: OrderBody[];
    };
    expect(queue.items.find((one) => one.id === id)).toMatchObject({
      application: { name: 'Seven' },
      why: 'short and very easy numbers are looked at by a person',
    });
    expect((await shop.ask(`POST /v1/shop/approvals/${id}/rejection`, {}, shop.operator)).status).toBe(400);
    expect((await shop.ask(`POST /v1/shop/approvals/${id}/rejection`, { reason: 'x' }, who)).status).toBe(
      403,
    );
    must(
      await shop.ask(`POST /v1/shop/approvals/${id}/rejection`, { reason: 'not for resale' }, shop.operator),
    );
    expect(await shop.order(id, who)).toMatchObject({
      state: 'rejected',
      reason: 'not for resale',
      next: { action: 'none' },
    });
    expect(
      (await shop.ask('GET /v1/shop/numbers/availability?product=vns-kr&number=77707770')).body,
    ).toMatchObject({
      available: true,
    });
  });

  it('given_steps_out_of_order_when_asked_then_they_are_refused_with_what_can_be_done', async () => {
    const { who } = await shop.buyer();
    const { id } = must(await shop.ask('POST /v1/orders', idWish('0591234567'), who));
    for (const [step, body] of [
      ['selection', {}],
      ['payments', { method: 'wallet' }],
      ['application', formOf('Ann')],
    ] as const)
      expect(await shop.ask(`POST /v1/orders/${id}/${step}`, body, who)).toMatchObject({
        status: 409,
        body: { code: 'order.not-allowed', hint: expect.stringContaining('next') },
      });
    expect((await shop.order(id, who)).state).toBe('quoted');
  });

  it('given_the_price_comes_from_the_browser_when_ordered_then_the_order_is_refused', async () => {
    const { who } = await shop.buyer();
    const wish = { ...companyWish('61006107'), price: '0.01' };
    expect((await shop.ask('POST /v1/orders', wish, who)).status).toBe(400);
  });

  it('given_a_double_click_when_ordered_then_there_is_one_order_and_one_payment', async () => {
    const { who, memberId } = await shop.memberWith('+82262003333');
    const key = { 'idempotency-key': `double-${memberId}` };
    const [one, two] = await Promise.all(
      [1, 2].map(() => shop.ask('POST /v1/orders', idWish('0591234999'), who, key)),
    );
    const ids = new Set(
      [one, two]
        .filter((answer) => answer?.status === 201)
        .map((answer) => (answer?.body as OrderBody | undefined)?.id),
    );
    expect(ids.size).toBe(1);
    const order = await shop.selected(who, idWish('0591234998'), { contact: '+82262003333' });
    await shop.fill(order.id, 1_000_000_000n);
    const paid = await Promise.all(
      Array.from({ length: 5 }, () =>
        shop.ask(`POST /v1/orders/${order.id}/payments`, { method: 'wallet' }, who),
      ),
    );
    expect(paid.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(paid.filter(({ status }) => status === 409)).toHaveLength(4);
    await shop.drain();
    expect((await shop.order(order.id, who)).payments).toHaveLength(1);
  });
});

describe('an order that nobody goes on with', () => {
  it('given_its_time_is_over_when_looked_after_then_it_expires_and_its_number_is_free', async () => {
    const { who } = await shop.buyer();
    const { id } = must(await shop.ask('POST /v1/orders', companyWish('61006108'), who));
    must(await shop.ask(`POST /v1/orders/${id}/hold`, {}, who));
    await late(id);
    expect(await shop.ask(`POST /v1/orders/${id}/application`, formOf('Ann'), who)).toMatchObject({
      status: 410,
      body: { code: 'order.gone' },
    });
    expect(await expireOrders(shop.db)).toBe(1);
    expect(await expireOrders(shop.db)).toBe(0);
    expect(await shop.order(id, who)).toMatchObject({ state: 'expired' });
    const { who: next } = await shop.buyer();
    const again = must(await shop.ask('POST /v1/orders', companyWish('61006108'), next));
    expect(must(await shop.ask(`POST /v1/orders/${again.id}/hold`, {}, next)).state).toBe('held');
  });

  it('given_the_hold_ran_out_and_another_took_the_number_when_paid_then_nothing_is_charged', async () => {
    const { who } = await shop.memberWith('+82262004444');
    const order = await shop.selected(who, idWish('0591555001'), { contact: '+82262004444' });
    await shop.fill(order.id, 1_000_000_000n);
    await shop.db.run(`UPDATE number_claim SET until = now() - interval '1 second' WHERE order_id = $1`, [
      order.id,
    ]);
    const { who: other } = await shop.buyer();
    const second = must(await shop.ask('POST /v1/orders', idWish('0591555001'), other));
    must(await shop.ask(`POST /v1/orders/${second.id}/hold`, {}, other));
    expect((await shop.ask(`POST /v1/orders/${order.id}/payments`, { method: 'wallet' }, who)).status).toBe(
      410,
    );
    expect((await shop.order(order.id, who)).payments).toEqual([]);
    expect((await shop.books()).held).toBe('0');
  });
});

describe('an account that holds more than it pays for', () => {
  it('given_10_orders_at_once_hold_numbers_when_it_wants_an_11th_then_it_is_refused_until_it_lets_one_go', async () => {
    const { who } = await shop.buyer();
    const ids: string[] = [];
    for (let n = 0; n < 13; n++)
      ids.push(must(await shop.ask('POST /v1/orders', companyWish(String(59_120_000 + 37 * n)), who)).id);
    const held = await Promise.all(ids.map((id) => shop.ask(`POST /v1/orders/${id}/hold`, {}, who)));
    expect(held.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = ids.find((_, at) => held[at]?.status === 429) ?? '';
    const holds = ids.find((_, at) => held[at]?.status === 200) ?? '';
    must(await shop.ask(`POST /v1/orders/${holds}/cancellation`, {}, who));
    expect((await shop.ask(`POST /v1/orders/${refused}/hold`, {}, who)).status).toBe(200);
  });
});
