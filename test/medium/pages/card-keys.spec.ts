import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CDPSession, Page } from 'playwright-core';
import { newId } from '../../../src/kernel/ids.js';
import { Cards } from '../../../src/membership/cards/cards.service.js';
import { expectAccessible, looks, withBrowser } from '../../e2e/support/browser.js';
import { ask } from '../../support/http-client.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';
import { PhoneWorld } from '../phone/phone-world.js';

/** Security keys are bound to a name; an address (127.0.0.1) is none. */
const HOST = 'localhost';
const PLACE = { country: 'JP', locationNumber: '+81362001111' };

let redis: TestRedis;
let world: PhoneWorld;
let url: string;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('flash cards, numbers on the web and the telephone, on their pages', () => {
  const browser = withBrowser();
  beforeAll(async () => {
    redis = await testRedis();
    const port = await freePort();
    url = `http://${HOST}:${port}`;
    world = await PhoneWorld.open(
      ['web'],
      ({ http }) => ({ http: { ...http, publicUrl: url } }),
      redis.url,
      port,
    );
  });
  afterAll(async () => {
    await world.close();
    await redis.remove();
  });

  /** The holder of a new card, with his cards before him. */
  async function holderOn(name: string, phone: string, more: { readonly language?: string } = {}) {
    const memberId = await world.member(name, { username: phone });
    const cards = world.app.get(Cards, { strict: false });
    const [made] = await cards.make(1);
    if (made === undefined) throw new Error('no card was made');
    await world.db.inTx((tx) => cards.bind(tx, made.serial, memberId));
    const who = await world.account('member', { memberId });
    const page = await browser.open('/cards', { url, cookie: who.cookie.cookie, ...more });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    return { memberId, page, cdp };
  }
  const plugIn = async (cdp: CDPSession, isUserVerified = true) => {
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'usb',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified,
        automaticPresenceSimulation: true,
      },
    });
    return authenticatorId;
  };
  /** Where his cards are in. */
  const activations = (memberId: string) =>
    world.db.rows<{ kind: string; place: string }>(
      `SELECT d.kind, d.location_number AS place FROM card_activation a JOIN device d ON d.id = a.device_id
        WHERE a.member_id = $1 AND a.ended_at IS NULL`,
      [memberId],
    );
  const addOn = (page: Page) => page.getByRole('button', { name: 'Add a USB security key' }).click();
  /** An internet cafe's browser, which knows where it stands, with the same key in its own USB socket. */
  async function cafeWith(from: CDPSession, key: string) {
    const page = await browser.open('/terminal', { url });
    await page.evaluate(`localStorage.setItem('anydial.phone.place', '${JSON.stringify(PLACE)}')`);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const authenticatorId = await plugIn(cdp);
    const { credentials } = await from.send('WebAuthn.getCredentials', { authenticatorId: key });
    for (const credential of credentials)
      await cdp.send('WebAuthn.addCredential', { authenticatorId, credential });
    return page;
  }
  async function putInOn(page: Page): Promise<void> {
    await page.goto('/terminal');
    await page.getByRole('tab', { name: 'USB key' }).click();
    await page.getByRole('button', { name: 'Use the security key' }).click();
  }

  test('given_a_key_registered_for_a_card_when_used_at_a_terminal_then_the_card_is_in_until_the_key_is_removed', async () => {
    const { memberId, page, cdp } = await holderOn('Grace Hall', 'd-grace000001');
    const key = await plugIn(cdp);
    await addOn(page);
    await page.locator('[data-card-key]').waitFor();
    await expectAccessible(page);
    await putInOn(page);
    await page.locator('[data-card-in="Grace Hall"]').waitFor();
    expect(await activations(memberId)).toMatchObject([{ kind: 'webrtc' }]);
    // The key has counted, and so have we: a copy of it would be found out.
    const [{ credentials }, rows] = await Promise.all([
      cdp.send('WebAuthn.getCredentials', { authenticatorId: key }),
      world.db.rows<{ counter: string }>(
        'SELECT counter FROM card_key k JOIN flash_card c ON c.id = k.card_id WHERE c.member_id = $1',
        [memberId],
      ),
    ]);
    expect(rows.map(({ counter }) => Number(counter))).toEqual([credentials[0]?.signCount]);
    expect(credentials[0]?.signCount).toBeGreaterThan(0);

    // Where nobody is signed in the key alone is the sign-in, and the card leaves here.
    const cafe = await cafeWith(cdp, key);
    const posted = cafe.waitForRequest((request) => request.method() === 'POST');
    await putInOn(cafe);
    await cafe.locator('[data-card-in="Grace Hall"]').waitFor();
    await expectAccessible(cafe);
    await page.getByText('The card is in elsewhere').waitFor();
    expect(await activations(memberId)).toEqual([{ kind: 'webrtc', place: PLACE.locationNumber }]);
    await cafe.getByRole('button', { name: 'Take the card out' }).click();
    await cafe.locator('[data-public-terminal]').waitFor();
    expect(await activations(memberId)).toEqual([]);
    // Who has overheard it can do nothing with it, also of a key that does not count.
    await world.db.run('UPDATE card_key SET counter = 0');
    const again = { body: (await posted).postDataJSON() as object };
    expect(await ask(world.url, 'POST /v1/terminal/sessions', again)).toMatchObject({
      status: 422,
      body: { code: 'card.refused' },
    });

    await page.goto('/cards');
    await page.getByRole('button', { name: 'Remove the security key' }).click();
    await page.locator('[data-card-key]').waitFor({ state: 'detached' });
    await putInOn(page);
    await page.getByText('This card cannot be used.').waitFor();
    await putInOn(cafe);
    await cafe.getByText('This card cannot be used.').waitFor();
    expect(await activations(memberId)).toEqual([]);
  });

  test.each([
    ['ko-KR', 'ko'],
    ['ja-JP', 'ja'],
  ])('given_each_page_when_shown_in_%s_then_nothing_is_inaccessible_in_any_look', async (language, name) => {
    const { memberId, page } = await holderOn(`Kim ${name}`, `d-kim${name}00001`, { language });
    const number = `026200${name === 'ko' ? '71' : '72'}00082`;
    await world.db.run(
      `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
       VALUES ($1, $2, 'pin', '082', 'KR', left($2, 10), $3, $4)`,
      [newId(), number, number.replace(/^(..)(....)(....)(...)$/, '$1-$2-$3-$4'), memberId],
    );
    await world.db.run(
      "INSERT INTO number_page (assignment_id, shows, title) SELECT id, 'call', 'Kim' FROM number_assignment WHERE key = $1",
      [number],
    );
    await world.db.run('UPDATE user_account SET language = $2 WHERE member_id = $1', [memberId, name]);
    for (const path of ['cards', 'numbers', 'phone', 'phone/check', 'terminal', 'n', `n/${number}`]) {
      await page.goto(`/${path}`);
      await looks(page, `${name}-${path.replace(/\/.*(?<!check)$/, '-number').replace('/', '-')}`);
    }
    const nobody = await browser.open('/terminal', { url, language });
    await looks(nobody, `${name}-terminal-public`);
  });

  test('given_a_key_whose_user_is_not_proved_when_used_then_the_page_says_that_nothing_was_done', async () => {
    const { memberId, page, cdp } = await holderOn('Ann Lee', 'd-ann00000001');
    const authenticatorId = await plugIn(cdp);
    await addOn(page);
    await page.locator('[data-card-key]').waitFor();
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await putInOn(page);
    await page.getByRole('alert').waitFor();
    expect(await activations(memberId)).toEqual([]);
  });
});
