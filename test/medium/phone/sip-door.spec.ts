import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BrowserPhone, BrowserPhones } from '../../../src/exchange/phone/browser-phones.service.js';
import { Guest, PhoneWorld } from './phone-world.js';

let world: PhoneWorld;
beforeAll(async () => {
  world = await PhoneWorld.open();
});
afterAll(() => world.close());

const register = (user: string) =>
  `REGISTER sip:anydial SIP/2.0\r\nFrom: <sip:${user}@anydial>;tag=1\r\nTo: <sip:${user}@anydial>\r\n\r\n`;

const opened = async (username: string) => {
  const memberId = await world.member('Kim', { username });
  const who = await world.account('member', { memberId });
  const { status, body } = await world.ask(who, 'PUT /v1/phone/session', {});
  expect(status).toBe(200);
  return { memberId, who, phone: body as BrowserPhone & { expiresAt: string } };
};
const rowsOf = (phone: { username: string }) =>
  world.db.rows<{ kind: string; digest: string; member_id: string; location_number: string }>(
    'SELECT kind, digest, member_id, location_number FROM device WHERE username = $1',
    [phone.username],
  );
const guest = (answer: Guest | number): Guest => {
  if (typeof answer === 'number') throw new Error(`the door stayed closed: ${answer}`);
  return answer;
};

describe('the telephone of a signed-in browser', () => {
  it('given_a_member_when_his_page_asks_then_it_has_a_device_of_his_with_a_secret_that_changes_each_time', async () => {
    const { memberId, who, phone } = await opened('d-one0000001');
    const [row] = await rowsOf(phone);
    expect(row).toMatchObject({ kind: 'webrtc', member_id: memberId, location_number: '+82262001111' });
    const again = await world.ask(who, 'PUT /v1/phone/session', {
      place: { country: 'JP', locationNumber: '+81362001111' },
    });
    expect(again.body).toMatchObject({ username: phone.username, country: 'JP', realm: 'anydial' });
    expect((again.body as BrowserPhone).secret).not.toBe(phone.secret);
    const [renewed] = await rowsOf(phone);
    expect(renewed?.digest).not.toBe(row?.digest);
    expect(renewed?.location_number).toBe('+81362001111');
  });

  it('given_nobody_knows_where_it_stands_when_it_asks_then_it_is_asked_for_the_place', async () => {
    const who = await world.account('member', { memberId: await world.member('Lee') });
    expect(await world.ask(who, 'PUT /v1/phone/session', {})).toMatchObject({
      status: 422,
      body: { code: 'phone.place-needed' },
    });
    const wrong = { place: { country: 'JP', locationNumber: '+82262001111' } };
    expect((await world.ask(who, 'PUT /v1/phone/session', wrong)).status).toBe(422);
  });

  it('given_the_session_ends_when_he_signs_out_then_the_device_is_gone', async () => {
    const { who, phone } = await opened('d-two0000002');
    expect((await world.ask(who, 'DELETE /v1/sessions/current')).status).toBe(204);
    expect(await rowsOf(phone)).toEqual([]);
  });

  it('given_a_page_that_asks_no_more_when_its_hour_is_over_then_the_device_is_swept', async () => {
    const { phone } = await opened('d-old0000001');
    await world.db.run("UPDATE browser_phone SET expires_at = now() - interval '1 s' WHERE device_id = $1", [
      phone.deviceId,
    ]);
    await world.app.get(BrowserPhones, { strict: false }).sweep();
    expect(await rowsOf(phone)).toEqual([]);
  });
});

describe('the SIP door', () => {
  it('given_a_telephone_when_it_knocks_then_asterisk_hears_it_and_it_hears_asterisk', async () => {
    const { who, phone } = await opened('d-three00003');
    const inside = guest(await world.knock({ who }));
    expect(await inside.says(register(phone.username))).toMatch(/^SIP\/2\.0 200 OK/);
    expect(world.heard.at(-1)).toBe(register(phone.username));
    await inside.leave();
  });

  it('given_another_origin_no_session_or_no_device_when_somebody_knocks_then_it_stays_closed', async () => {
    const { who } = await opened('d-four000004');
    expect(await world.knock({ who, origin: 'http://evil.example' })).toBe(403);
    expect(await world.knock({})).toBe(401);
    expect(await world.knock({ query: '?visit=guess' })).toBe(401);
    const noDevice = await world.account('member', { memberId: await world.member('Park') });
    expect(await world.knock({ who: noDevice })).toBe(409);
  });

  it('given_a_browser_inside_when_it_speaks_as_another_device_then_it_is_shown_out_unheard', async () => {
    const { who } = await opened('d-five000005');
    const inside = guest(await world.knock({ who }));
    const before = world.heard.length;
    inside.tell(register('d-three00003'));
    expect(await inside.closed).toBe(1008);
    expect(world.heard.length).toBe(before);
  });

  it('given_four_connections_of_one_session_when_a_fifth_knocks_then_it_is_refused', async () => {
    const { who } = await opened('d-six0000006');
    const inside = [];
    for (let count = 0; count < 4; count++) inside.push(guest(await world.knock({ who })));
    expect(await world.knock({ who })).toBe(429);
    await Promise.all(inside.map((one) => one.leave()));
  });
});
