import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible, picture, signInOn, withBrowser } from './support/browser.js';
import { callOn, dialOn, hearsTone, lineReady, plainSound } from './support/browser-phone.js';
import { forgetAccount, type WebAccount, webAccount } from './support/web-account.js';
import { inWorld } from './support/world.js';

const EMAIL = 'kim.phone@e2e.example';
const BROWSER_HZ = 700;
const PHONE_HZ = 900;
/** The melody of waiting begins with it (scripts/lib/asterisk.sh). */
const HOLD_HZ = 440;
let account: WebAccount;
const world = inWorld({
  rows: async (db) => {
    account = await webAccount(db, EMAIL, 'Kim Ara');
  },
  noRows: async (db) => void (await forgetAccount(db, EMAIL)),
});
const browser = withBrowser({ hertz: BROWSER_HZ });

let third: Awaited<ReturnType<typeof world.lab.samplePhone>>;
beforeAll(async () => {
  third = await world.lab.samplePhone('lab-jp');
  await third.register();
});

async function phoning(width: 360 | 1440 = 1440): Promise<Page> {
  const page = await browser.open('/sign-in', { width });
  await signInOn(page, account.email, account.password);
  await plainSound(page);
  await page.goto('/phone');
  await lineReady(page);
  return page;
}

describe('a browser as a telephone', () => {
  it('given_a_call_to_the_member_when_it_is_answered_on_the_page_then_both_hear_each_other_keys_and_hold_work', async () => {
    const page = await phoning();
    await expectAccessible(page);
    await picture(page, 'phone-1440');
    const call = await world.phoneB.dial('02-6200-6100-082');
    await page.getByText('0262006200082').first().waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Answer' }).click();
    await call.answered();
    await call.playTone(PHONE_HZ);
    await Promise.all([hearsTone(page, PHONE_HZ), call.hearsTone(BROWSER_HZ)]);
    await page.locator('[data-quality=good]').waitFor();
    await page.getByRole('button', { name: 'Keys' }).click();
    for (const key of ['5', '#']) await callOn(page, 'talking').locator(`[data-key="${key}"]`).click();
    await call.hearsDtmf('5#');
    await expectAccessible(page);
    await picture(page, 'phone-talking-1440');
    await page.getByRole('button', { name: 'Hold' }).click();
    await call.hearsTone(HOLD_HZ);
    await page.getByRole('button', { name: 'Hold' }).click();
    await call.hangup();
    await callOn(page, 'ended').waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Incoming').first().waitFor();
  });

  it('given_a_number_typed_when_called_then_the_desk_phone_rings_and_its_owner_is_shown_who_calls', async () => {
    const page = await phoning(360);
    await expectAccessible(page);
    await picture(page, 'phone-360');
    const since = new Date();
    await dialOn(page, '02-6200-6200-082');
    const arrived = await world.phoneB.incoming();
    await arrived.ring();
    await callOn(page, 'ringing').waitFor();
    await arrived.answer();
    await arrived.playTone(PHONE_HZ);
    await Promise.all([hearsTone(page, PHONE_HZ), arrived.hearsTone(BROWSER_HZ)]);
    await expectAccessible(page);
    await picture(page, 'phone-talking-360');
    await page.getByRole('button', { name: 'Hang up' }).click();
    await arrived.ended();
    expect(await world.records.only(since)).toMatchObject({
      origin: 'member',
      called: '0262006200082',
      calling: '0262006100082',
      reason: 'hangup',
    });
  });

  it('given_two_talks_when_one_is_connected_with_the_other_then_they_talk_and_the_browser_is_out', async () => {
    const page = await phoning();
    await dialOn(page, '02-6200-6200-082');
    const first = await world.phoneB.incoming();
    await first.answer();
    await callOn(page, 'talking').waitFor();
    await dialOn(page, '03-6200-6300-081');
    // Whom one talks with waits while one calls somebody else.
    await first.hearsTone(HOLD_HZ);
    const second = await third.incoming();
    await second.answer();
    await second.answered();
    const consulted = page.locator('[data-call=talking]').filter({ hasText: '03-6200-6300-081' });
    await consulted.getByRole('button', { name: 'Transfer' }).click();
    await consulted.getByRole('button', { name: 'Connect with 02-6200-6200-082' }).click();
    await Promise.all([first.playTone(600), second.playTone(800)]);
    await Promise.all([first.hearsTone(800), second.hearsTone(600)]);
    await page.locator('[data-call=talking]').first().waitFor({ state: 'detached' });
    await first.hangup();
    await second.ended();
  });

  it('given_a_talk_when_it_is_put_through_without_asking_then_the_two_talk_and_the_browser_is_out', async () => {
    const page = await phoning();
    await dialOn(page, '02-6200-6200-082');
    const first = await world.phoneB.incoming();
    await first.answer();
    await callOn(page, 'talking').getByRole('button', { name: 'Transfer' }).click();
    await page.getByLabel('Put through to').fill('03-6200-6300-081');
    await page.getByRole('button', { name: 'Put through now' }).click();
    const second = await third.incoming();
    await second.answer();
    await second.answered();
    await Promise.all([first.playTone(600), second.playTone(800)]);
    await Promise.all([first.hearsTone(800), second.hearsTone(600)]);
    await callOn(page, 'talking').waitFor({ state: 'detached' });
    await first.hangup();
    await second.ended();
  });

  it('given_the_sound_check_when_used_then_the_microphone_moves_the_bar_and_the_echo_gives_the_voice_back', async () => {
    const page = await phoning(360);
    await page.goto('/phone/check');
    await lineReady(page);
    await page.getByRole('button', { name: 'Listen to the microphone' }).click();
    await page.locator('[data-level]:not([data-level="0.00"])').waitFor();
    await expectAccessible(page);
    await picture(page, 'phone-check-360');
    await page.getByRole('button', { name: 'Call the echo' }).click();
    await hearsTone(page, BROWSER_HZ);
    await page.getByRole('button', { name: 'Hang up' }).click();
    await callOn(page, 'ended').waitFor();
  });

  it('given_the_connection_is_closed_from_the_servers_side_then_the_page_registers_again_and_can_be_called', async () => {
    const page = await browser.open('/sign-in', { width: 1440 });
    let cut: () => Promise<unknown> = () => Promise.reject(new Error('there was no connection'));
    await page.routeWebSocket(/\/sip/, (socket) => {
      const server = socket.connectToServer();
      cut = () => Promise.all([server.close({ code: 1012 }), socket.close({ code: 1012 })]);
    });
    await signInOn(page, account.email, account.password);
    await page.goto('/phone');
    await lineReady(page);
    await cut();
    await page.locator('[data-line=lost]').waitFor();
    await lineReady(page);
    const call = await world.phoneB.dial('02-6200-6100-082');
    await page.getByRole('button', { name: 'Answer' }).click();
    await call.answered();
    await call.hangup();
    await callOn(page, 'ended').waitFor();
  });

  it('given_another_window_in_front_when_called_then_the_browser_tells_who_it_is_until_the_caller_gives_up', async () => {
    const page = await browser.open('/sign-in', { width: 1440 });
    await page.context().grantPermissions(['notifications']);
    await page.addInitScript(WATCHED);
    await signInOn(page, account.email, account.password);
    await page.goto('/phone');
    await lineReady(page);
    const call = await world.phoneB.dial('02-6200-6100-082');
    await page.getByText('0262006200082').first().waitFor();
    expect(await page.evaluate('told.map(({ title, body }) => `${title}|${body}`).join()')).toContain(
      '0262006200082',
    );
    await call.hangup();
    await callOn(page, 'ended').waitFor();
    await page.waitForFunction('told.length === 1 && told[0].gone');
  });
});

/** Another window is in front (a headless browser has none), and what the page tells the system is seen. */
const WATCHED = `
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  window.told = [];
  window.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      told.push(this);
    }
    close() {
      this.gone = true;
      super.close();
    }
  };`;
