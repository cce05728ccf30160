import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { Secret } from '../../src/kernel/secret.js';
import { cardFileText } from '../../src/membership/cards/domain/card-file.js';
import { newCardCode } from '../../src/membership/cards/domain/card-number.js';
import { hashPin } from '../../src/membership/cards/pin-code.js';
import { header, uriOf } from '../lab/sip-message.js';
import { becomes, expectAccessible, picture, signInOn, withBrowser } from './support/browser.js';
import { callOn, dialOn, lineReady } from './support/browser-phone.js';
import { orderEnded, spokenIn } from './support/call-order.js';
import { qrVideo } from './support/qr-video.js';
import { SPOKEN_MS } from './support/voicemail.js';
import { forgetAccount, type WebAccount, webAccount } from './support/web-account.js';
import { inWorld } from './support/world.js';

const EMAIL = 'hanbit.terminal@e2e.example';
const card = newCardCode();
let account: WebAccount;
/** Sato Jun, Tokyo, 03-6200-6300-081, holds the card; A and B are other people's telephones in Seoul. */
const world = inWorld({
  rows: async (db) => {
    account = await webAccount(db, EMAIL, 'Lee Bomin');
    await db.query(
      `INSERT INTO flash_card (id, serial, number, pin_hash, member_id, state)
       SELECT $1, 'FC9999999999', $2, $3, id, 'ready' FROM member WHERE name = 'Sato Jun'`,
      [newId(), card.number, await hashPin(card.pin)],
    );
  },
  noRows: async (db) => {
    await db.query("DELETE FROM flash_card WHERE serial = 'FC9999999999'");
    await forgetAccount(db, EMAIL);
  },
});
/** The card's QR code is held before the camera. */
const browser = withBrowser({
  sees: () =>
    qrVideo(cardFileText({ number: card.number, issue: 1 }, new Secret(process.env['CARD_FILE_KEY'] ?? ''))),
});
const wrongPin = String((Number(card.pin) + 1) % 1_000_000).padStart(6, '0');

/** Dials a code and listens to the end of what is said. */
async function dials(code: string): Promise<void> {
  const call = await world.phoneA.dial(code);
  await call.answered();
  expect(await call.ended({ within: SPOKEN_MS })).toMatchObject({ by: 'far', cause: 16 });
}
const terminals = async () =>
  (
    await world.records.client.query<{ kind: string; username: string }>(
      `SELECT d.kind, d.username FROM card_activation a JOIN device d ON d.id = a.device_id
        JOIN flash_card c ON c.id = a.card_id WHERE a.ended_at IS NULL AND c.number = $1`,
      [card.number],
    )
  ).rows;

it('given_the_code_of_page_links_and_a_number_dialled_then_the_link_is_mailed_to_the_caller', async () => {
  const since = new Date();
  await world.records.client.query(
    "INSERT INTO email_identity (id, member_id, address, verified_at) SELECT $1, id, 'kim@e2e.example', now() FROM member WHERE name = 'Kim Ara'",
    [newId()],
  );
  try {
    await dials('*130262006200082');
    const { rows } = await world.records.client.query(
      "SELECT FROM outgoing_mail WHERE created_at >= $1 AND id LIKE 'link-%-0262006200082-%'",
      [since],
    );
    expect(rows).toHaveLength(1);
  } finally {
    await world.records.client.query("DELETE FROM email_identity WHERE address = 'kim@e2e.example'");
    await world.records.client.query("DELETE FROM outgoing_mail WHERE id LIKE 'link-%'");
  }
});

describe('a flash card', () => {
  it('given_a_wrong_pin_when_keyed_in_then_nothing_changes_and_no_record_shows_the_pin', async () => {
    const since = new Date();
    await dials(`*11*${card.number}*${wrongPin}#`);
    expect(await terminals()).toEqual([]);
    const record = await world.records.only(since);
    expect(record).toMatchObject({ dialled: '*11', reason: 'served' });
    const { rows } = await world.records.client.query(
      'SELECT to_jsonb(c)::text AS text FROM call c WHERE id = $1',
      [record.id],
    );
    expect(rows[0].text).not.toContain(wrongPin);
  });

  it('given_it_is_put_in_at_a_desk_phone_when_calls_are_made_and_come_then_they_are_the_holders_and_help_is_sent_to_the_phone', async () => {
    const { phoneA, phoneB, lab, records } = world;
    const { rows: whose } = await records.client.query("SELECT id FROM member WHERE name = 'Sato Jun'");
    await dials(`*11*${card.number}*${card.pin}#`);
    expect(await terminals()).toEqual([{ kind: 'sip', username: 'lab-a' }]);

    // What is called from there is his: his bill, his number.
    let since = new Date();
    const out = await phoneA.dial('0262001234');
    const far = await lab.role('gw-kr').incoming();
    expect(uriOf(header(await far.invite(), 'from') ?? '').user).not.toContain('62006100');
    await out.answered();
    await out.hangup();
    await far.ended();
    const call = await records.only(since);
    expect(call).toMatchObject({ device: 'lab-a', calling: '0362006300081' });
    const { rows: paid } = await records.client.query('SELECT member_id FROM call WHERE id = $1', [call.id]);
    expect(paid).toEqual([{ member_id: whose[0].id }]);
    expect(await records.charged(call.id)).toBeGreaterThan(0n);
    const { rows: bills } = await records.client.query(
      'SELECT DISTINCT a.owner FROM charge c JOIN ledger_account a ON a.id = c.account_id WHERE c.call_id = $1',
      [call.id],
    );
    expect(bills).toEqual([{ owner: whose[0].id }]);

    // Who calls him rings there.
    const call2 = await phoneB.dial('03-6200-6300-081');
    const arrived = await phoneA.incoming();
    await arrived.answer();
    await call2.answered();
    await call2.hangup();
    await arrived.ended();

    // Emergency calls say where the telephone stands.
    since = new Date();
    const help = await phoneA.dial('119');
    const station = await lab.role('gw-kr').incoming();
    expect(uriOf(header(await station.invite(), 'from') ?? '').user).toContain('262006100');
    await help.answered();
    await help.hangup();
    await station.ended();
    expect(await records.only(since)).toMatchObject({ calling: '+82262006100' });
  });

  it('given_it_is_revoked_while_its_finder_talks_and_is_rung_at_a_terminal_then_both_end_there_at_once', async () => {
    const { phoneA, phoneB, lab, records } = world;
    const talk = await phoneA.dial('0262001234');
    const far = await lab.role('gw-kr').incoming();
    await talk.answered();
    const call = await phoneB.dial('03-6200-6300-081');
    const arrived = await phoneA.incoming();
    await arrived.ring();
    // What revoking it does, without making it useless for the tests that follow.
    await records.client.query(
      "UPDATE card_activation SET ended_at = now(), ended_by = 'revoked' WHERE ended_at IS NULL AND card_id = (SELECT id FROM flash_card WHERE number = $1)",
      [card.number],
    );
    await records.client.query("UPDATE flash_card SET state = 'ready' WHERE number = $1", [card.number]);
    expect(await arrived.ended()).toMatchObject({ by: 'far' });
    expect(await talk.ended()).toMatchObject({ by: 'far' });
    await far.ended();
    await call.hangup();
    await call.ended();
    await dials(`*11*${card.number}*${card.pin}`);
  });

  it('given_it_is_in_at_a_desk_phone_when_it_is_put_in_at_a_browser_then_calls_follow_it_there_and_back', async () => {
    const { phoneA, phoneB, records } = world;
    const page = await browser.open('/sign-in');
    await signInOn(page, account.email, account.password);
    await page.goto('/terminal');
    await lineReady(page);
    await expectAccessible(page);
    await picture(page, 'terminal-360');
    await page.getByLabel('Card number').fill(card.number);
    await page.getByLabel('PIN code').fill(wrongPin);
    await page.getByRole('button', { name: 'Put the card in' }).click();
    await page.getByText('This card cannot be used.').waitFor();
    await page.getByLabel('PIN code').fill(card.pin);
    await page.getByRole('button', { name: 'Put the card in' }).click();
    await page.locator('[data-card-in="Sato Jun"]').waitFor();
    await expectAccessible(page);
    await picture(page, 'terminal-in-360');
    expect(await terminals()).toMatchObject([{ kind: 'webrtc' }]);

    // The desk phone that it was in is rung, and told in its owner's language.
    const notice = await phoneA.incoming();
    const { rows: orders } = await records.client.query<{ id: string; call: string }>(
      "SELECT id, call_id AS call FROM call_order WHERE purpose = 'card-left' ORDER BY created_at DESC LIMIT 1",
    );
    // Listened to from before the answer, so that nothing of it is missed.
    const spoken = spokenIn(orders[0]?.call ?? '', notice.ended({ within: SPOKEN_MS }));
    await notice.answer();
    expect(await spoken).toEqual(
      // Said twice, which is heard as one.
      ['order-card-left', 'goodbye'].map((name) => `ko sound:anydial/${name}`),
    );
    await orderEnded(records.client, orders[0]?.id ?? '');

    const since = new Date();
    await dialOn(page, '02-6200-6100-082');
    const arrived = await phoneA.incoming();
    expect(uriOf(header(await arrived.invite(), 'from') ?? '').user).toBe('0362006300081');
    await arrived.answer();
    await callOn(page, 'talking').waitFor();
    await arrived.hangup();
    expect(await records.only(since)).toMatchObject({ calling: '0362006300081' });

    const caller = await phoneB.dial('03-6200-6300-081');
    await page.getByRole('button', { name: 'Answer' }).click();
    await caller.answered();
    await caller.hangup();
    await callOn(page, 'ended').first().waitFor();

    // Back to the desk phone: the browser's page is told at once.
    await dials(`*11*${card.number}*${card.pin}`);
    await page.getByText('The card is in elsewhere').waitFor();
    expect(await terminals()).toMatchObject([{ username: 'lab-a' }]);
    await dials('*12');
    expect(await terminals()).toEqual([]);
  });

  it('given_a_public_terminal_when_the_cards_code_is_held_before_its_camera_then_it_is_the_holders_telephone_until_the_card_is_gone', async () => {
    const { phoneA, phoneB, lab, records } = world;
    const page = await browser.open('/terminal');
    await page.getByRole('combobox', { name: 'Country' }).fill('South Korea');
    await page.getByRole('option', { name: 'South Korea' }).click();
    await page.getByLabel('A telephone number of this place').fill('+82262001234');
    await expectAccessible(page);
    await picture(page, 'terminal-place-360');
    await page.getByRole('button', { name: 'Save the place' }).click();
    await page.getByRole('tab', { name: 'File or QR' }).click();
    await page.getByRole('button', { name: 'Scan with the camera' }).click();
    // Read off the picture, in a worker, under the page's own policy.
    await becomes(
      page,
      `[...document.querySelectorAll('input')].some(({ value }) => value.includes('${card.number}'))`,
    );
    await expectAccessible(page);
    await picture(page, 'terminal-qr-360');
    await page.getByLabel('PIN code').fill(card.pin);
    await page.getByRole('button', { name: 'Put the card in' }).click();
    await page.locator('[data-card-in="Sato Jun"]').waitFor();
    await lineReady(page);
    await expectAccessible(page);
    await picture(page, 'terminal-public-in-360');

    // What comes for him rings there; what he calls is his, and help is sent to the terminal.
    const caller = await phoneB.dial('03-6200-6300-081');
    await page.getByRole('button', { name: 'Answer' }).click();
    await caller.answered();
    await caller.hangup();
    await callOn(page, 'ended').first().waitFor();
    let since = new Date();
    await dialOn(page, '02-6200-6100-082');
    const arrived = await phoneA.incoming();
    expect(uriOf(header(await arrived.invite(), 'from') ?? '').user).toBe('0362006300081');
    await arrived.answer();
    await callOn(page, 'talking').waitFor();
    await arrived.hangup();
    expect(await records.only(since)).toMatchObject({ calling: '0362006300081' });
    since = new Date();
    await dialOn(page, '119');
    const station = await lab.role('gw-kr').incoming();
    expect(uriOf(header(await station.invite(), 'from') ?? '').user).toContain('262001234');
    await callOn(page, 'talking').waitFor();
    await page.getByRole('button', { name: 'Hang up' }).click();
    await station.ended();
    expect(await records.only(since)).toMatchObject({ calling: '+82262001234' });

    // Lost and revoked at once would end it the same way: here it is put in at a desk phone, and this page is nobody's again.
    await dials(`*11*${card.number}*${card.pin}`);
    await page.getByText('The card is in elsewhere').waitFor();
    await page.locator('[data-public-terminal]').waitFor();
    await expectAccessible(page);
    await picture(page, 'terminal-left-360');
    await dials('*12');
    const cookies = await page.context().cookies();
    const { status } = await page.request.get('/v1/me').then((answer) => ({ status: answer.status() }));
    expect({ status, kept: cookies.map(({ expires }) => expires) }).toEqual({ status: 401, kept: [-1] });
    expect(await page.evaluate('Object.keys(localStorage).join()')).toBe('anydial.phone.place');
    const { rows } = await records.client.query(
      "SELECT FROM user_account WHERE roles = ARRAY['terminal'] UNION ALL SELECT FROM device WHERE kind = 'webrtc' AND member_id = (SELECT id FROM member WHERE name = 'Sato Jun')",
    );
    expect(rows).toEqual([]);
  });
});
