import { describe, expect, it } from '@jest/globals';
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
    const third = await world.lab.samplePhone('lab-jp');
    await third.register();
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
});
