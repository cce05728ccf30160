import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublicTerminals } from '../../../src/exchange/phone/public-terminals.service.js';
import { CardActivations } from '../../../src/membership/cards/card-activations.service.js';
import { Cards } from '../../../src/membership/cards/cards.service.js';
import type { CardCode } from '../../../src/membership/cards/domain/card-number.js';
import { ask, type SignedIn } from '../../support/http-client.js';
import { PhoneWorld } from '../phone/phone-world.js';

const PLACE = { country: 'JP', locationNumber: '+81362001111' };
let world: PhoneWorld;
let holderId: string;
let card: CardCode & { readonly id: string };

beforeAll(async () => {
  world = await PhoneWorld.open();
  holderId = await world.member('Grace Hall', { username: 'd-grace00001' });
  const cards = world.app.get(Cards, { strict: false });
  const [made] = await cards.make(1);
  if (made === undefined) throw new Error('no card was made');
  const bound = await world.db.inTx((tx) => cards.bind(tx, made.serial, holderId));
  if (!bound.ok) throw new Error(bound.failure.message);
  card = { ...made, id: bound.value };
});
afterAll(() => world.close());

const start = (given: object, place: object = PLACE) =>
  ask(world.url, 'POST /v1/terminal/sessions', { body: { card: given, place } });

/** The page of a terminal where the card is in. */
async function putIn(): Promise<SignedIn> {
  const { status, body, headers } = await start({ number: card.number, pin: card.pin });
  expect(status).toBe(201);
  const said = headers.get('set-cookie') ?? '';
  // It goes with the browser: no age, no date.
  expect(said).toMatch(/HttpOnly/i);
  expect(said).not.toMatch(/max-age|expires/i);
  const cookie = { cookie: said.split(';')[0] ?? '' };
  const { csrfToken } = body as { csrfToken: string };
  return { cookie, page: { ...cookie, 'x-csrf-token': csrfToken } } as SignedIn;
}
/** What is in the database of public terminals. */
const left = async () => {
  const [row] = await world.db.rows<Record<string, string>>(
    `SELECT (SELECT count(*) FROM user_account WHERE roles = ARRAY['terminal']) AS accounts,
            (SELECT count(*) FROM user_session s JOIN user_account u ON u.id = s.account_id WHERE u.roles = ARRAY['terminal']) AS sessions,
            (SELECT count(*) FROM device WHERE kind = 'webrtc') AS devices,
            (SELECT count(*) FROM card_activation WHERE ended_at IS NULL) AS activations`,
  );
  return row;
};
const NOTHING = { accounts: '0', sessions: '0', devices: '0', activations: '0' };

describe('a public terminal', () => {
  it('given_a_card_and_its_pin_then_the_browser_is_the_holders_telephone_at_the_terminals_place_and_nothing_else', async () => {
    const guest = await putIn();
    expect(await world.ask(guest, 'GET /v1/terminal/card')).toMatchObject({
      status: 200,
      body: { card: { name: 'Grace Hall' } },
    });
    const opened = await world.ask(guest, 'PUT /v1/phone/session', { place: PLACE });
    expect(opened).toMatchObject({ status: 200, body: PLACE });
    const devices = await world.db.rows('SELECT member_id, location_number FROM device WHERE username = $1', [
      (opened.body as { username: string }).username,
    ]);
    expect(devices).toEqual([{ member_id: holderId, location_number: PLACE.locationNumber }]);
    // Nothing of the holder can be seen or changed from there.
    for (const route of [
      'GET /v1/phone/contacts',
      'GET /v1/phone/history',
      'GET /v1/cards',
      'GET /v1/phone/push',
      `GET /v1/members/${holderId}`,
      `GET /v1/members/${holderId}/devices`,
      'GET /v1/api-keys',
      'PATCH /v1/me',
    ])
      expect({
        route,
        status: (await world.ask(guest, route, route.startsWith('PATCH') ? {} : undefined)).status,
      }).toEqual({
        route,
        status: 403,
      });
    const stranger = { number: card.number, pin: card.pin };
    expect((await world.ask(guest, 'PUT /v1/terminal/card', stranger)).status).toBe(403);
    await world.ask(guest, 'DELETE /v1/terminal/card');
  });

  it('given_the_card_is_taken_out_then_nothing_of_its_holder_is_left', async () => {
    const guest = await putIn();
    expect((await world.ask(guest, 'DELETE /v1/terminal/card')).status).toBe(204);
    expect((await world.ask(guest, 'GET /v1/terminal/card')).status).toBe(401);
    expect(await left()).toEqual(NOTHING);
  });

  it('given_it_is_put_in_at_another_public_terminal_or_ends_otherwise_then_the_old_one_is_over', async () => {
    const activations = world.app.get(CardActivations, { strict: false });
    const first = await putIn();
    const second = await putIn();
    expect((await world.ask(first, 'GET /v1/terminal/card')).status).toBe(401);
    expect((await world.ask(second, 'GET /v1/terminal/card')).status).toBe(200);
    await world.db.run(
      "UPDATE card_activation SET expires_at = now() - interval '1 s' WHERE ended_at IS NULL",
    );
    await activations.sweep();
    expect((await world.ask(second, 'GET /v1/terminal/card')).status).toBe(401);
    await putIn();
    // The browser was closed: nothing is heard of it any more.
    await world.db.run("UPDATE browser_phone SET seen_at = now() - interval '2 minutes'");
    await activations.sweep();
    expect(await left()).toEqual(NOTHING);
  });

  it('given_six_browsers_when_they_race_with_one_card_then_it_is_in_at_exactly_one_and_the_others_are_none', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => start({ number: card.number, pin: card.pin })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await left()).toEqual({ accounts: '1', sessions: '1', devices: '1', activations: '1' });
    await world.db.inTx((tx) => tx.run('DELETE FROM card_attempt'));
    await world.db.run("DELETE FROM user_account WHERE roles = ARRAY['terminal']");
  });

  it('given_no_place_a_wrong_pin_or_too_many_attempts_then_it_stays_closed_with_one_answer', async () => {
    expect((await ask(world.url, 'POST /v1/terminal/sessions', { body: { card } })).status).toBe(400);
    const wrong = { number: card.number, pin: card.pin === '000000' ? '000001' : '000000' };
    const nobodys = { number: '100000000000', pin: '000000' };
    const answers = [await start(wrong), await start(nobodys)];
    for (let n = 0; n < 9; n++) answers.push(await start(wrong));
    // Now from this place even the right one is not taken.
    answers.push(await start({ number: card.number, pin: card.pin }));
    const [{ code, detail }] = answers.map(({ body }) => body) as [{ code: string; detail: string }];
    expect(code).toBe('card.refused');
    expect(
      answers.every(({ status, body }) => status === 422 && (body as { detail: string }).detail === detail),
    ).toBe(true);
    expect(await left()).toEqual(NOTHING);
  });

  it('given_a_start_that_a_crash_cut_off_when_swept_then_it_is_gone', async () => {
    await world.db.run(
      `INSERT INTO user_account (id, email, password_hash, roles, created_at)
       VALUES (gen_random_uuid(), 'terminal-x@terminal.invalid', 'x', ARRAY['terminal'], now() - interval '3 minutes')`,
    );
    await world.app.get(PublicTerminals, { strict: false }).sweep();
    expect(await left()).toEqual(NOTHING);
  });
});
