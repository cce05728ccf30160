import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { type Buying, companyWish, formOf, must, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());

const US = '+12128675309';
type Answer = { readonly by: string } & Readonly<Record<string, unknown>>;
const inUs = (answer: Answer) => ({ ...formOf('Acme'), branches: [{ country: 'US', answer }] });
/** A telephone that the buyer has proved before he is a member. */
const proves = ({ id }: Buying, e164: string) =>
  shop.db.run(
    `INSERT INTO control_proof (id, account_id, kind, space, subject, method, language, state, expires_at, resend_after, proved_at)
     VALUES ($1, $2, 'telephone', 'telephone', $3, 'call', 'en', 'proved', now(), now(), now())`,
    [newId(), id, e164],
  );

async function sold(number: string, answer: Answer, buyer: Buying) {
  const { id } = await shop.selected(buyer.who, companyWish(number, { countries: ['US'] }), inUs(answer));
  await shop.fill(id, 99_000_000n);
  must(await shop.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, buyer.who));
  await shop.drain();
  const { memberId, state } = await shop.order(id, buyer.who);
  expect(state).toBe('active');
  const answered = (await shop.ask(`GET /v1/numbers/${number}/branches`, undefined, buyer.who)).body as {
    items: { id: string; region: string; memberId: string }[];
  };
  const [us] = answered.items.filter(({ region }) => region === 'US');
  const home = answered.items.find(({ region }) => region === 'KR');
  expect(home?.memberId).toBe(memberId);
  return { company: memberId ?? '', branch: us?.id ?? '', member: us?.memberId ?? '' };
}

describe('who answers in the other countries of a company number', () => {
  it('given_nothing_special_when_sold_then_the_company_does', async () => {
    const { company, member } = await sold('48130015', { by: 'company' }, await shop.buyer());
    expect(member).toBe(company);
  });

  it('given_a_telephone_that_is_proved_when_sold_then_a_branch_rings_it_and_then_takes_messages', async () => {
    const buyer = await shop.buyer();
    await proves(buyer, US);
    const { company, member } = await sold('48130056', { by: 'telephone', e164: US }, buyer);
    const [branch] = await shop.db.rows<{ company: string; country: string; rings: string[] }>(
      `SELECT m.company_id AS company, m.country, ARRAY(SELECT coalesce(c.e164, f.kind) FROM find_me f
                LEFT JOIN contact_number c ON c.id = f.contact_number_id WHERE f.member_id = m.id ORDER BY f.position) AS rings
         FROM member m WHERE m.id = $1`,
      [member],
    );
    expect(branch).toEqual({ company, country: 'US', rings: [US, 'voicemail'] });
  });

  it('given_a_device_of_its_own_when_sold_then_the_branch_has_one_that_stands_there', async () => {
    const answer = { by: 'device', label: 'Reception', locationNumber: US };
    const { member } = await sold('48130097', answer, await shop.buyer());
    const devices = await shop.db.rows(
      `SELECT label, country, location_number AS place FROM device WHERE member_id = $1`,
      [member],
    );
    expect(devices).toEqual([{ label: 'Reception', country: 'US', place: US }]);
  });

  it('given_a_member_of_the_company_when_its_next_number_is_sold_then_he_does_and_can_be_changed_by_its_administrator', async () => {
    const buyer = await shop.buyer();
    const first = await sold('48130138', { by: 'device', label: 'Desk', locationNumber: US }, buyer);
    const again = await shop.buyer();
    await shop.db.run(
      `UPDATE user_account SET company_id = $2, roles = '{member,company-admin}' WHERE id = $1`,
      [again.id, first.company],
    );
    const next = await sold('48130179', { by: 'member', memberId: first.member }, again);
    expect(next.member).toBe(first.member);
    const route = `PATCH /v1/numbers/48130179/branches/${next.branch}`;
    expect((await shop.ask(route, { memberId: first.company }, again.who)).body).toMatchObject({
      memberId: first.company,
    });
    const strangers = await sold('48130261', { by: 'company' }, await shop.buyer());
    expect((await shop.ask(route, { memberId: strangers.company }, again.who)).status).toBe(404);
    const others = `PATCH /v1/numbers/48130261/branches/${strangers.branch}`;
    expect((await shop.ask(others, { memberId: first.company }, again.who)).status).toBe(404);
  });

  it.each<[string, Answer, number, string]>([
    ['a telephone that is not proved', { by: 'telephone', e164: US }, 409, 'telephone.not-allowed'],
    ['a member of somebody else', { by: 'member', memberId: newId() }, 422, 'branch.member.mismatch'],
    [
      'a device that stands elsewhere',
      { by: 'device', label: 'x', locationNumber: '+82262006200' },
      422,
      'number.shadow',
    ],
  ])('given_%s_when_asked_for_then_it_is_refused_and_nothing_is_kept', async (_, answer, status, code) => {
    const { who } = await shop.buyer();
    const { id } = must(
      await shop.ask('POST /v1/orders', companyWish('48130302', { countries: ['US'] }), who),
    );
    must(await shop.ask(`POST /v1/orders/${id}/hold`, {}, who));
    const refused = await shop.ask(`POST /v1/orders/${id}/application`, inUs(answer), who);
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([status, code]);
    const other = { ...formOf('Acme'), branches: [{ country: 'JP', answer: { by: 'company' } }] };
    expect((await shop.ask(`POST /v1/orders/${id}/application`, other, who)).status).toBe(422);
    expect((await shop.order(id, who)).state).toBe('held');
    must(await shop.ask(`POST /v1/orders/${id}/cancellation`, {}, who));
  });
});
