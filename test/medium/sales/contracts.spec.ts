import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keepContracts } from '../../../src/sales/contracts/renewal.service.js';
import type { SignedIn } from '../../support/http-client.js';
import { companyWish, formOf, must, ownWish, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());

interface ContractBody {
  readonly id: string;
  readonly state: string;
  readonly endsOn: string | null;
  readonly paidThrough: string;
}
const contracts = async (who: SignedIn) =>
  ((await shop.ask('GET /v1/number-contracts', undefined, who)).body as { items: ContractBody[] }).items;
async function sold(number: string, interval: 'month' | 'year', more = 0n) {
  const { who } = await shop.buyer();
  const { id } = await shop.selected(who, companyWish(number, { interval }));
  await shop.fill(id, 44_000_000n + more);
  must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, who));
  await shop.drain();
  const [contract] = await contracts(who);
  if (contract === undefined) throw new Error('no contract');
  return { who, id, contract };
}
const due = (id: string, days: number) =>
  shop.db.run(
    `UPDATE number_contract SET paid_through = current_date - $2::int, ends_on = CASE WHEN ends_on IS NULL THEN NULL ELSE current_date END WHERE id = $1`,
    [id, days],
  );
const holder = async (key: string) =>
  (
    await shop.db.rows<{ id: string }>('SELECT holder_id AS id FROM number_assignment WHERE key = $1', [key])
  )[0]?.id;

describe('a number after its sale', () => {
  it('given_a_yearly_fee_and_money_when_its_year_is_over_then_it_is_renewed_once', async () => {
    const { who, contract } = await sold('35001001', 'year', 100_000_000n);
    await due(contract.id, 0);
    expect(await keepContracts(shop.db)).toBe(1);
    expect(await keepContracts(shop.db)).toBe(0);
    const [after] = await contracts(who);
    expect(after?.state).toBe('active');
    expect(Number(after?.paidThrough.slice(0, 4))).toBe(new Date().getUTCFullYear() + 1);
    const [fee] = await shop.db.rows<{ count: string }>(
      `SELECT count(*) AS count FROM posting WHERE key LIKE 'contract:' || $1 || ':%'`,
      [contract.id],
    );
    expect(fee?.count).toBe('1');
    expect(await shop.books()).toEqual({ sum: '0', held: '0' });
  });

  it('given_others_that_stay_overdue_when_more_are_due_than_are_read_at_once_then_all_have_their_turn', async () => {
    const poor = await sold('35001021', 'year');
    await due(poor.contract.id, 5);
    await keepContracts(shop.db);
    expect((await contracts(poor.who))[0]?.state).toBe('overdue');
    const { who, contract } = await sold('35001022', 'year');
    await due(contract.id, 0);
    await keepContracts(shop.db, 1);
    expect((await contracts(who))[0]?.state).toBe('overdue');
  });

  it('given_the_owner_gives_it_up_when_its_term_is_over_then_it_ends_then_and_not_before', async () => {
    const { who, contract } = await sold('35001003', 'year');
    const ending = must(
      await shop.ask(`POST /v1/number-contracts/${contract.id}/ending`, { reason: 'moved' }, who),
    );
    expect(ending).toMatchObject({ state: 'ending', endsOn: contract.paidThrough });
    expect(await keepContracts(shop.db)).toBe(0);
    must(await shop.ask(`POST /v1/number-contracts/${contract.id}/resumption`, {}, who));
    expect((await contracts(who))[0]).toMatchObject({ state: 'active', endsOn: null });
    must(await shop.ask(`POST /v1/number-contracts/${contract.id}/ending`, {}, who));
    await due(contract.id, 0);
    await keepContracts(shop.db);
    expect((await contracts(who))[0]?.state).toBe('ended');
    expect(await holder('35001003#')).toBeUndefined();
  });

  it('given_a_monthly_fee_when_sold_and_given_up_then_billing_charges_it_from_the_first_day_to_the_last', async () => {
    const { who, contract } = await sold('35001004', 'month');
    const fee = async () =>
      (
        await shop.db.rows<{ started: string; ended: string | null; micros: string }>(
          `SELECT s.started_on::text AS started, s.ended_on::text AS ended, s.fee_micros AS micros
             FROM subscription s JOIN number_contract c ON c.subscription_id = s.id WHERE c.id = $1`,
          [contract.id],
        )
      )[0];
    expect(await fee()).toEqual({
      started: new Date().toISOString().slice(0, 10),
      ended: null,
      micros: '3300000',
    });
    must(await shop.ask(`POST /v1/number-contracts/${contract.id}/ending`, {}, who));
    await due(contract.id, 0);
    await keepContracts(shop.db);
    expect((await fee())?.ended).not.toBeNull();
  });

  it('given_somebody_elses_number_when_asked_for_then_it_is_not_there', async () => {
    const { contract } = await sold('35001005', 'year');
    const { who: stranger } = await shop.buyer();
    expect(await contracts(stranger)).toEqual([]);
    expect((await shop.ask(`POST /v1/number-contracts/${contract.id}/ending`, {}, stranger)).status).toBe(
      404,
    );
  });
});

describe('passing a number on', () => {
  const accept = (transfer: string, who: SignedIn, contact: string | null = null) =>
    shop.ask(
      `POST /v1/number-transfers/${transfer}/acceptance`,
      { holder: { name: 'New Owner', language: 'en' }, contact },
      who,
    );
  const offers = async (who: SignedIn) =>
    (
      (await shop.ask('GET /v1/number-transfers', undefined, who)).body as {
        items: { id: string; state: string; mine: string }[];
      }
    ).items;
  const emailOf = async (id: string) =>
    (await shop.db.rows<{ email: string }>('SELECT email FROM user_account WHERE id = $1', [id]))[0]?.email ??
    '';

  it('given_both_sides_agree_when_a_company_number_is_passed_on_then_the_other_has_it_once_with_what_was_paid', async () => {
    const { id, who, contract } = await sold('35002001', 'year');
    const { id: newOwner, who: other } = await shop.buyer();
    const body = { to: await emailOf(newOwner), reason: 'sold the business' };
    expect((await shop.ask(`POST /v1/number-contracts/${contract.id}/transfers`, body, who)).status).toBe(
      202,
    );
    expect((await shop.ask(`POST /v1/number-contracts/${contract.id}/transfers`, body, who)).status).toBe(
      409,
    );
    const [offer] = await offers(other);
    expect(offer).toMatchObject({ state: 'offered', mine: 'asked' });
    expect((await accept(offer?.id ?? '', who)).status).toBe(404);
    const both = await Promise.all([accept(offer?.id ?? '', other), accept(offer?.id ?? '', other)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await contracts(who))[0]?.state).toBe('transferred');
    expect((await contracts(other))[0]).toMatchObject({ state: 'active', paidThrough: contract.paidThrough });
    const [account] = await shop.db.rows<{ company: string }>(
      'SELECT company_id AS company FROM user_account WHERE id = $1',
      [newOwner],
    );
    expect(await holder('35002001#')).toBe(account?.company);
    // Paid back now, the first order would take the number from its new owner.
    expect((await shop.order(id, who)).state).toBe('closed');
    expect(
      (await shop.ask(`POST /v1/shop/orders/${id}/refunds`, { reason: 'x' }, shop.operator)).status,
    ).toBe(409);
  });

  it('given_a_number_named_after_a_telephone_when_passed_on_then_only_whoever_proves_the_telephone_gets_it', async () => {
    const seller = await shop.memberWith('+82262005555');
    const order = await shop.selected(seller.who, ownWish('+82262005555'), formOf('Ann'));
    await shop.fill(order.id, 44_000_000n);
    must(await shop.ask(`POST /v1/orders/${order.id}/payments`, { method: 'wallet' }, seller.who));
    await shop.drain();
    const [contract] = await contracts(seller.who);
    const buyer = await shop.memberWith('+82262005556');
    const body = { to: await emailOf(buyer.id), reason: 'moved out' };
    await shop.ask(`POST /v1/number-contracts/${contract?.id}/transfers`, body, seller.who);
    const [offer] = await offers(buyer.who);
    expect(await accept(offer?.id ?? '', buyer.who)).toMatchObject({
      status: 409,
      body: { code: 'telephone.not-allowed' },
    });
    expect(await holder('0262005555082')).toBe(seller.memberId);
    // Proving it anew takes it from whoever had proved it before.
    await shop.db.run(`DELETE FROM contact_number WHERE e164 = '+82262005555'`);
    await shop.prove(buyer.memberId, '+82262005555');
    must(await accept(offer?.id ?? '', buyer.who));
    expect(await holder('0262005555082')).toBe(buyer.memberId);
  });

  it('given_an_address_that_nobody_has_when_offered_then_the_answer_is_the_same', async () => {
    const { who, contract } = await sold('35002003', 'year');
    const body = { to: 'nobody@example.com', reason: 'x' };
    expect((await shop.ask(`POST /v1/number-contracts/${contract.id}/transfers`, body, who)).status).toBe(
      202,
    );
    expect(await offers(who)).toMatchObject([{ state: 'offered', mine: 'offered' }]);
  });
});
