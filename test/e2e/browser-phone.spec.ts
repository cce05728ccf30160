import { beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { Page } from 'playwright-core';
import { becomes, expectAccessible, picture, signInOn, withBrowser } from './support/browser.js';
import {
  CARRIED,
  callOn,
  dialOn,
  hearsTone,
  lineReady,
  PEERS,
  plainSound,
  SOUND,
  WATCHED,
} from './support/browser-phone.js';
import { PushService } from './support/push-service.js';
import { pushedTo } from './support/service-worker.js';
import { forgetAccount, type WebAccount, webAccount } from './support/web-account.js';
import { inWorld } from './support/world.js';

const EMAIL = 'kim.phone@e2e.example';
const BROWSER_HZ = 700;
const PHONE_HZ = 900;
/** The melody of waiting begins with it (scripts/lib/asterisk.sh). */
const HOLD_HZ = 440;
let account: WebAccount;
let push: PushService;
/** Grace Hall, New York: her desk phone is not plugged in. */
const GRACE = 'grace.phone@e2e.example';
let grace: WebAccount;
const world = inWorld({
  rows: async (db) => {
    push = await PushService.open();
    account = await webAccount(db, EMAIL, 'Kim Ara');
    grace = await webAccount(db, GRACE, 'Grace Hall');
    // She works for the house as well, and listens where its rule lets her.
    await db.query("UPDATE user_account SET roles = '{member,operator}' WHERE email = $1", [GRACE]);
    await db.query(
      "INSERT INTO recording_rule (company_id, country, mode, keep_days) VALUES (NULL, 'KR', 'announced', 30)",
    );
    await haveEachOther(db);
    await db.query(
      "INSERT INTO email_identity (id, member_id, address, verified_at) SELECT gen_random_uuid(), id, 'bomin@phone.example', now() FROM member WHERE name = 'Lee Bomin'",
    );
    await db.query(
      "INSERT INTO domain_identity (id, member_id, domain, verified_at) SELECT gen_random_uuid(), id, 'jun.phone.example', now() FROM member WHERE name = 'Sato Jun'",
    );
  },
  noRows: async (db) => {
    await push.close();
    await db.query("DELETE FROM phone_contact WHERE digits IN ('0262006100082', '0262006200082')");
    await db.query("DELETE FROM email_identity WHERE address = 'bomin@phone.example'");
    await db.query("DELETE FROM domain_identity WHERE domain = 'jun.phone.example'");
    await db.query('DELETE FROM recording_rule WHERE company_id IS NULL');
    await db.query('DELETE FROM operator_wish');
    await forgetAccount(db, EMAIL);
    await forgetAccount(db, GRACE);
  },
  environment: () => push.environment,
});

/** Kim and Lee are in each other's telephone book. */
const haveEachOther = (db: pg.Client) =>
  db.query(
    `INSERT INTO phone_contact (id, member_id, name, target, digits)
     SELECT gen_random_uuid(), m.id, c.name, c.digits, c.digits FROM member m
       JOIN (VALUES ('Kim Ara', 'Bomin', '0262006200082'), ('Lee Bomin', 'Ara', '0262006100082'))
            AS c (owner, name, digits) ON c.owner = m.name
     ON CONFLICT DO NOTHING`,
  );
const browser = withBrowser({ hertz: BROWSER_HZ });

let third: Awaited<ReturnType<typeof world.lab.samplePhone>>;
beforeAll(async () => {
  third = await world.lab.samplePhone('lab-jp');
  await third.register();
});

async function phoning(width: 360 | 1440 = 1440): Promise<Page> {
  const page = await browser.open('/sign-in', { width });
  await page.addInitScript(PEERS);
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
    await callOn(page, 'ringing').filter({ hasText: '0262006200082' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Answer' }).click();
    await call.answered();
    await call.playTone(PHONE_HZ);
    await Promise.all([hearsTone(page, PHONE_HZ), call.hearsTone(BROWSER_HZ)]);
    // Also from a telephone that has G.711 only.
    expect(await page.evaluate(CARRIED)).toMatchObject({ codec: 'audio/opus' });
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
    expect(await page.evaluate(CARRIED)).toEqual({
      codec: 'audio/opus',
      encrypted: 'connected',
      profile: 'UDP/TLS/RTP/SAVPF',
      path: 'succeeded',
    });
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
    // By e-mail address and by domain: each is its owner's telephone.
    await dialOn(page, 'bomin@phone.example');
    const first = await world.phoneB.incoming();
    await first.answer();
    await callOn(page, 'talking').waitFor();
    await dialOn(page, 'jun.phone.example');
    // Whom one talks with waits while one calls somebody else.
    await first.hearsTone(HOLD_HZ);
    const second = await third.incoming();
    await second.answer();
    await second.answered();
    const consulted = page.locator('[data-call=talking]').filter({ hasText: 'jun.phone.example' });
    await consulted.getByRole('button', { name: 'Transfer' }).click();
    await consulted.getByRole('button', { name: 'Connect with bomin@phone.example' }).click();
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

  it('given_the_sound_check_when_used_then_the_microphone_moves_the_bar_and_the_echo_gives_the_voice_back_by_the_chosen_devices', async () => {
    const page = await phoning(360);
    await page.goto('/phone/check');
    await page.getByLabel('Microphone', { exact: true }).selectOption('Fake Audio Input 1');
    await page.getByLabel('Speaker', { exact: true }).selectOption('Fake Audio Output 1');
    // They are remembered.
    await page.reload();
    await lineReady(page);
    await page.getByRole('button', { name: 'Listen to the microphone' }).click();
    await page.locator('[data-level]:not([data-level="0.00"])').waitFor();
    await expectAccessible(page);
    await picture(page, 'phone-check-360');
    await page.getByRole('button', { name: 'Call the echo' }).click();
    await hearsTone(page, BROWSER_HZ);
    expect(await page.evaluate(SOUND)).toBe('Fake Audio Input 1 live, Fake Audio Output 1');
    // Others are used by the talk that goes on.
    await page.getByLabel('Microphone', { exact: true }).selectOption('Fake Audio Input 2');
    await page.getByLabel('Speaker', { exact: true }).selectOption('Fake Audio Output 2');
    await becomes(page, `${SOUND} === 'Fake Audio Input 2 live, Fake Audio Output 2'`);
    await hearsTone(page, BROWSER_HZ);
    await page.getByRole('button', { name: 'Hang up' }).click();
    await callOn(page, 'ended').waitFor();
    // No microphone listens any more.
    await becomes(page, `${SOUND} === 'Fake Audio Input 2 ended, Fake Audio Output 2'`);
  });

  it('given_the_connection_is_lost_in_a_talk_then_the_talk_goes_on_and_the_page_registers_again_and_can_be_called', async () => {
    const page = await browser.open('/sign-in', { width: 1440 });
    await page.addInitScript(PEERS);
    let cut: () => Promise<unknown> = () => Promise.reject(new Error('there was no connection'));
    await page.routeWebSocket(/\/sip/, (socket) => {
      const server = socket.connectToServer();
      cut = () => Promise.all([server.close({ code: 1012 }), socket.close({ code: 1012 })]);
    });
    await signInOn(page, account.email, account.password);
    await plainSound(page);
    await page.goto('/phone');
    await lineReady(page);
    const talk = await world.phoneB.dial('02-6200-6100-082');
    await page.getByRole('button', { name: 'Answer' }).click();
    await talk.answered();
    await talk.playTone(PHONE_HZ);
    await hearsTone(page, PHONE_HZ);
    await page.evaluate(
      "window.healed = false; peers.at(-1).addEventListener('icegatheringstatechange', () => { window.healed = true; }); 0",
    );
    await cut();
    await page.locator('[data-line=lost]').waitFor();
    await lineReady(page);
    // The way of the sound was looked for anew, by a re-INVITE over the new connection; both go on hearing each other.
    await becomes(page, 'healed');
    await Promise.all([hearsTone(page, PHONE_HZ), talk.hearsTone(BROWSER_HZ)]);
    await talk.hangup();
    await callOn(page, 'ended').waitFor();
    await callOn(page, 'ended').waitFor({ state: 'detached' });
    const call = await world.phoneB.dial('02-6200-6100-082');
    await page.getByRole('button', { name: 'Answer' }).click();
    await call.answered();
    await call.hangup();
    await callOn(page, 'ended').waitFor();
  });

  it('given_contacts_when_one_of_them_plugs_out_is_called_and_talks_then_the_page_shows_it_at_once', async () => {
    const { phoneB } = world;
    const page = await phoning(360);
    const bomin = (presence: string) =>
      page.locator(`[data-contact=Bomin][data-presence=${presence}]`).waitFor();
    await bomin('available');
    const call = await world.phoneA.dial('02-6200-6200-082');
    const arrived = await phoneB.incoming();
    await arrived.ring();
    await bomin('ringing');
    await arrived.answer();
    await bomin('talking');
    await expectAccessible(page);
    await picture(page, 'phone-contacts-360');
    await call.hangup();
    await bomin('available');
    await phoneB.unregister();
    await bomin('offline');
    await phoneB.register();
    await bomin('available');

    // Added, changed, removed.
    await page.getByLabel('Name').fill('Shop');
    await page.getByLabel('Number or address of the contact').fill('shop.example');
    await page.getByRole('button', { name: 'Save contact' }).click();
    await page.getByRole('button', { name: 'Change Shop' }).click();
    await page.getByLabel('Number or address of the contact').fill('orders@shop.example');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('orders@shop.example').waitFor();
    await page.getByRole('button', { name: 'Remove Shop' }).click();
    await page.getByText('orders@shop.example').waitFor({ state: 'detached' });
  });

  it('given_an_operator_whose_telephone_is_the_browser_when_she_listens_to_a_call_then_she_hears_it_there_and_nobody_hears_her', async () => {
    const page = await browser.open('/sign-in', { width: 1440 });
    await signInOn(page, grace.email, grace.password);
    await plainSound(page);
    await page.goto('/phone');
    await lineReady(page);
    const console = await browser.anotherTab(page, '/console/registrations');
    await console.getByRole('cell', { name: /Grace Hall/ }).waitFor();
    const call = await world.phoneA.dial('02-6200-6200-082');
    const arrived = await world.phoneB.incoming();
    await arrived.answer();
    await call.answered();
    await Promise.all([call.playTone(PHONE_HZ), arrived.playTone('0/1000')]);
    await console.goto('/console/calls');
    await console.getByRole('button', { name: 'Listen' }).click();
    const dialog = console.getByRole('dialog', { name: 'Listen' });
    await dialog.getByLabel('Reason').fill('the caller wrote of bad sound');
    await dialog.getByRole('button', { name: 'Listen' }).click();
    await page.bringToFront();
    await page.getByRole('button', { name: 'Answer' }).click();
    await hearsTone(page, PHONE_HZ);
    await expect(arrived.hearsTone(BROWSER_HZ, { within: 1_000 })).rejects.toThrow('did not come');
    await page.getByRole('button', { name: 'Hang up' }).click();
    await callOn(page, 'ended').waitFor();
    await call.hangup();
    await arrived.ended();
  });

  it('given_no_page_is_open_when_called_then_a_push_message_tells_and_the_telephone_that_it_brings_rings_in_the_same_call', async () => {
    const page = await browser.open('/sign-in');
    await signInOn(page, grace.email, grace.password);
    await plainSound(page);
    await page.context().grantPermissions(['notifications', 'microphone']);
    await page.goto('/phone');
    await lineReady(page);
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    // No page of ours is open any more, but the browser has our service worker.
    const worker = await pushedTo(page);
    await page.goto('about:blank');
    await push.subscribe(world.records.client, GRACE);
    const since = new Date();
    const told = push.message();
    const call = await world.phoneB.dial('212-867-5300-001');
    const message = await told;
    expect(JSON.parse(message)).toMatchObject({ from: '0262006200082' });
    await worker.deliver(message);
    expect(await worker.notified()).toContain('0262006200082');
    // What touching it does.
    await page.goto('/phone');
    await page.getByRole('button', { name: 'Answer' }).click();
    await call.answered();
    await call.playTone(PHONE_HZ);
    await Promise.all([hearsTone(page, PHONE_HZ), call.hearsTone(BROWSER_HZ)]);
    await call.hangup();
    await callOn(page, 'ended').waitFor();
    expect(await world.records.only(since)).toMatchObject({ called: '2128675300001', reason: 'hangup' });
  });

  it('given_the_telephone_was_installed_when_there_is_no_connection_then_a_page_says_so_and_what_to_do', async () => {
    const page = await phoning(360);
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    const { icons } = (await (await page.request.get('/manifest.webmanifest')).json()) as {
      icons: { src: string; type: string }[];
    };
    for (const { src, type } of icons)
      expect((await page.request.get(src)).headers()['content-type']).toContain(type);
    const [worker] = page.context().serviceWorkers();
    await worker?.evaluate("self.fetch = () => Promise.reject(new TypeError('no network'))");
    await page.goto('/phone');
    await page.getByText('There is no connection.').waitFor();
    await expectAccessible(page);
    await picture(page, 'phone-offline-360');
    await worker?.evaluate('delete self.fetch');
    await page.getByRole('link', { name: 'Try again' }).click();
    await lineReady(page);
  });

  it('given_another_window_in_front_when_called_then_the_browser_tells_who_it_is_until_the_caller_gives_up', async () => {
    const page = await browser.open('/sign-in', { width: 1440 });
    await page.context().grantPermissions(['notifications']);
    await page.addInitScript(WATCHED);
    await signInOn(page, account.email, account.password);
    await page.goto('/phone');
    await lineReady(page);
    const call = await world.phoneB.dial('02-6200-6100-082');
    await callOn(page, 'ringing').filter({ hasText: '0262006200082' }).waitFor();
    expect(await page.evaluate('told.map(({ title, body }) => `${title}|${body}`).join()')).toContain(
      '0262006200082',
    );
    await call.hangup();
    await callOn(page, 'ended').waitFor();
    await page.waitForFunction('told.length === 1 && told[0].gone');
  });
});
