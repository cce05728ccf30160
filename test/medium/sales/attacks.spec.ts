import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { EventPage } from '../../support/event-page.js';
import { type Buying, companyWish, formOf, must, ownWish, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());

const holderOf = async (key: string) =>
  (
    await shop.db.rows<{ id: string }>('SELECT holder_id AS id FROM number_assignment WHERE key = $1', [key])
  )[0]?.id;
const listed = async (route: string, { who }: Buying) =>
  ((await shop.ask(route, undefined, who)).body as { items: { id: string }[] }).items;
/** A company that has that number; `admin` is who bought it. */
async function company(number: string) {
  const admin = await shop.buyer();
  const { id } = await shop.selected(admin.who, companyWish(number), formOf('Acme'));
  await shop.fill(id, 44_000_000n);
  must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, admin.who));
  await shop.drain();
  const [contract] = await listed('GET /v1/number-contracts', admin);
  const { memberId } = await shop.order(id, admin.who);
  return { admin, orderId: id, contractId: contract?.id ?? '', companyId: memberId ?? '' };
}
const dismiss = ({ id }: Buying) =>
  shop.db.run(`UPDATE user_account SET company_id = NULL, roles = '{member}' WHERE id = $1`, [id]);
const emailOf = async ({ id }: Buying) =>
  (await shop.db.rows<{ email: string }>('SELECT email FROM user_account WHERE id = $1', [id]))[0]?.email;

describe('who left a company', () => {
  it('given_he_bought_its_number_when_he_asks_for_order_or_contract_then_there_is_none', async () => {
    const { admin, orderId, contractId } = await company('35002001');
    await dismiss(admin);
    expect(await listed('GET /v1/number-contracts', admin)).toEqual([]);
    expect(await listed('GET /v1/orders', admin)).toEqual([]);
    const offer = { to: 'mine@example.com', reason: 'mine' };
    const tried = [
      shop.ask(`GET /v1/orders/${orderId}`, undefined, admin.who),
      shop.ask(`POST /v1/number-contracts/${contractId}/ending`, {}, admin.who),
      shop.ask(`POST /v1/number-contracts/${contractId}/transfers`, offer, admin.who),
    ];
    expect((await Promise.all(tried)).map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it('given_he_bought_its_number_when_its_order_moves_then_he_hears_of_his_own_orders_only', async () => {
    const { admin, orderId } = await company('35002005');
    const before = await EventPage.open(shop.web.url, 'orders', admin.who.cookie);
    await dismiss(admin);
    // His pages end as his rights change, and are opened anew.
    await before.ended();
    const page = await EventPage.open(shop.web.url, 'orders', admin.who.cookie);
    must(await shop.ask(`POST /v1/shop/orders/${orderId}/refunds`, { reason: 'x' }, shop.operator));
    const own = must(await shop.ask('POST /v1/orders', ownWish('+82262003334'), admin.who));
    const heard = await page.next(({ told }) => told?.data['orderId'] === own.id);
    expect(heard.told?.data['state']).toBe('quoted');
    expect(page.messages.filter(({ told }) => told?.data['orderId'] === orderId)).toEqual([]);
    await page.leave();
  });

  it('given_he_offered_its_number_before_he_went_when_the_other_accepts_then_it_stays_with_the_company', async () => {
    const { admin, contractId, companyId } = await company('35002002');
    const friend = await shop.buyer();
    const to = await emailOf(friend);
    const offered = await shop.ask(
      `POST /v1/number-contracts/${contractId}/transfers`,
      { to, reason: 'mine' },
      admin.who,
    );
    expect(offered.status).toBe(202);
    await dismiss(admin);
    const [transfer] = await listed('GET /v1/number-transfers', friend);
    const { holder } = formOf('Friend');
    const accepted = await shop.ask(
      `POST /v1/number-transfers/${transfer?.id}/acceptance`,
      { holder: { name: holder.name, language: 'en' } },
      friend.who,
    );
    expect(accepted.status).toBe(404);
    expect(await holderOf('35002002#')).toBe(companyId);
  });

  it('given_he_proved_its_telephone_when_he_wants_it_as_his_number_then_the_proof_is_not_his', async () => {
    const { admin, companyId } = await company('35002003');
    const telephone = '+82262003333';
    await shop.db.run(
      `INSERT INTO control_proof (id, account_id, kind, space, subject, member_id, identity_id, method, language, state, expires_at,
                                  resend_after, proved_at)
       VALUES ($1, $2, 'contact-number', 'telephone', $3, $4, $5, 'call', 'en', 'proved', now(), now(), now())`,
      [newId(), admin.id, telephone, companyId, newId()],
    );
    await dismiss(admin);
    const { id } = must(await shop.ask('POST /v1/orders', ownWish(telephone), admin.who));
    must(await shop.ask(`POST /v1/orders/${id}/hold`, {}, admin.who));
    const applied = must(await shop.ask(`POST /v1/orders/${id}/application`, formOf('Ann'), admin.who));
    expect(applied.state).toBe('awaiting-verification');
  });
});

describe('offers that nobody goes on with', () => {
  it('given_an_account_with_50_that_wait_when_it_asks_for_one_more_then_not_before_one_is_over', async () => {
    const { id: buyer, who } = await shop.buyer();
    const { id } = must(await shop.ask('POST /v1/orders', companyWish('35002050'), who));
    await shop.db.run(
      `INSERT INTO shop_order SELECT gen_random_uuid(), kind, state, is_open, buyer_id, holder_id, holder_kind, country, language, seller_id,
              currency, net_micros, tax_micros, total_micros, price_lines, tax, billing, until
         FROM shop_order, generate_series(2, 50) WHERE id = $1`,
      [id],
    );
    const more = () => shop.ask('POST /v1/orders', companyWish('35002051'), who);
    expect(await more()).toMatchObject({ status: 429, body: { code: 'order.too-many' } });
    must(await shop.ask(`POST /v1/orders/${id}/cancellation`, {}, who));
    expect((await more()).status).toBe(201);
    const [open] = await shop.db.rows<{ count: string }>(
      'SELECT count(*) AS count FROM shop_order WHERE buyer_id = $1 AND is_open',
      [buyer],
    );
    expect(open?.count).toBe('50');
  });
});

describe('a proof that is gone when the order is paid', () => {
  const bought = async (telephone: string, wish: object) => {
    const { who, memberId } = await shop.memberWith(telephone);
    const { id } = await shop.selected(who, wish, { contact: telephone });
    await shop.fill(id, 44_000_000n);
    must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who));
    await shop.db.run('UPDATE contact_number SET verified_at = NULL WHERE member_id = $1', [memberId]);
    await shop.drain();
    return shop.order(id, who);
  };

  it('given_a_number_named_after_the_telephone_then_the_money_goes_back_and_nobody_has_it', async () => {
    const before = await shop.books();
    expect(await bought('+82262004444', ownWish('+82262004444'))).toMatchObject({
      state: 'refunded',
      reason: 'the money is in the wallet',
    });
    expect(await holderOf('0262004444082')).toBeUndefined();
    expect(await shop.books()).toEqual(before);
  });

  it('given_another_number_then_it_is_given_and_the_telephone_does_not_stand_for_it', async () => {
    expect((await bought('+82262005555', companyWish('35002004'))).state).toBe('active');
    expect(await shop.db.rows(`SELECT FROM number_shadow WHERE e164 = '+82262005555'`)).toEqual([]);
  });
});
