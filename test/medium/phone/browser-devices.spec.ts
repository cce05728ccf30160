import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BrowserPhone, BrowserPhones } from '../../../src/exchange/phone/browser-phones.service.js';
import { FindMeWithoutBrowsers1765700006000 } from '../../../src/membership/migrations/1765700006000-find-me-without-browsers.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';
import { PhoneWorld } from './phone-world.js';

const MOST_DEVICES = 10;
let redis: TestRedis;
let world: PhoneWorld;
let members = 0;
beforeAll(async () => {
  redis = await testRedis();
  world = await PhoneWorld.open(['web'], undefined, redis.url);
});
afterAll(async () => {
  await world.close();
  await redis.remove();
});

/** A member with a desk phone, signed in on a browser that is a telephone. */
async function phoning() {
  const memberId = await world.member(`Member ${++members}`);
  const deskId = await world.device(memberId, `d-desk${String(members).padStart(6, '0')}`);
  const who = await world.account('member', { memberId });
  const { body } = await world.ask(who, 'PUT /v1/phone/session', {});
  return { memberId, deskId, who, phone: body as BrowserPhone };
}
type Phoning = Awaited<ReturnType<typeof phoning>>;

const findMe = ({ who, memberId }: Phoning, ...targets: readonly string[]) =>
  world.ask(who, `PUT /v1/members/${memberId}/find-me`, {
    steps: targets.map((target) => ({ kind: 'device', target, ringSeconds: 20, withPrevious: false })),
  });
const isThere = async ({ phone }: Phoning) =>
  (await world.db.rows('SELECT FROM device WHERE id = $1', [phone.deviceId])).length === 1;

describe("the telephone of a browser session among a member's devices", () => {
  it('given_as_many_desk_phones_as_one_may_have_when_browsers_are_added_then_they_do_not_count_and_desk_phones_do', async () => {
    const one = await phoning();
    const make = () =>
      world.ask(one.who, `POST /v1/members/${one.memberId}/devices`, {
        label: 'another',
        locationNumber: '+82262001111',
      });
    for (let made = 1; made < MOST_DEVICES; made++) expect((await make()).status).toBe(201);
    const refused = await make();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ code: 'device.too-many' });
  });

  it('given_a_browser_when_the_find_me_order_names_it_then_that_is_refused_and_says_what_to_do_instead', async () => {
    const one = await phoning();
    const refused = await findMe(one, one.deskId, one.phone.deviceId);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: 'find-me.target-mismatch',
      detail: expect.stringContaining('Step 2 names a browser'),
    });
    expect((await findMe(one, one.deskId)).status).toBe(200);
  });

  it('given_a_find_me_order_when_he_signs_out_then_the_browser_is_gone_and_the_order_is_as_before', async () => {
    const one = await phoning();
    await findMe(one, one.deskId);
    expect((await world.ask(one.who, 'DELETE /v1/sessions/current')).status).toBe(204);
    expect(await isThere(one)).toBe(false);
    const steps = await world.db.rows('SELECT FROM find_me WHERE member_id = $1', [one.memberId]);
    expect(steps).toHaveLength(1);
  });

  it('given_an_order_of_before_that_names_a_browser_when_migrated_then_the_telephone_goes_when_it_expires', async () => {
    const one = await phoning();
    await world.db.run(
      "INSERT INTO find_me (member_id, position, kind, device_id) VALUES ($1, 1, 'device', $2), ($1, 2, 'device', $3)",
      [one.memberId, one.deskId, one.phone.deviceId],
    );
    const db = { query: (sql: string) => world.db.run(sql, []) };
    await new FindMeWithoutBrowsers1765700006000().up(db as never);
    await world.db.run('UPDATE browser_phone SET expires_at = now() WHERE device_id = $1', [
      one.phone.deviceId,
    ]);
    await world.app.get(BrowserPhones, { strict: false }).sweep();
    expect(await isThere(one)).toBe(false);
    expect(
      await world.db.rows('SELECT device_id AS id FROM find_me WHERE member_id = $1', [one.memberId]),
    ).toEqual([{ id: one.deskId }]);
  });
});
