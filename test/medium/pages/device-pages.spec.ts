import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accountId } from '../../../src/billing/accounts.service.js';
import { setPayer } from '../../../src/billing/parties.service.js';
import { wavOf } from '../../../src/exchange/voicemail/wav.fixture.js';
import { newId } from '../../../src/kernel/ids.js';
import { currency } from '../../../src/kernel/money.js';
import { looks, withBrowser } from '../../e2e/support/browser.js';
import { oneByOne, pressMore } from '../../e2e/support/pressing.js';
import { ask, type SignedIn } from '../../support/http-client.js';
import { agree } from '../../support/two-persons.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

describe("what a member's devices and voicemail do when pressed", () => {
  let desk: Desk;
  let spool: string;
  let who: SignedIn;
  const browser = withBrowser();
  const ara = memberNamed('Kim Ara');

  beforeAll(async () => {
    spool = await mkdtemp(join(tmpdir(), 'anydial-voice-'));
    desk = await openDesk({ spoolDir: spool });
    who = await desk.account('member', { memberId: ara });
  });
  afterAll(async () => {
    await desk.close();
    await rm(spool, { recursive: true, force: true });
  });

  const open = (path: string) => browser.open(path, { url: desk.url, ...who.cookie });
  const row = async <T>(sql: string, values: readonly unknown[]): Promise<T | undefined> =>
    (await desk.db.rows(sql, [...values]))[0] as T | undefined;

  test('given_a_device_when_each_of_its_buttons_is_pressed_then_it_is_done', async () => {
    const made = await desk.ask(
      `POST /v1/members/${ara}/devices`,
      { label: 'study', locationNumber: '+82262006100' },
      who,
    );
    const { id, username } = made.body as { id: string; username: string };
    const digest = async () =>
      (await row<{ digest: string }>('SELECT digest FROM device WHERE id = $1', [id]))?.digest;
    const page = await open('/member/devices');
    const card = page.getByRole('article', { name: 'study' });

    await card.getByRole('button', { name: 'Test call' }).click();
    await page.getByText('It rings now. Pick up and hear yourself.').first().waitFor();
    const orders = await desk.db.rows(`SELECT purpose FROM call_order WHERE ring_device_id = $1`, [id]);
    expect(orders).toEqual([{ purpose: 'test-call' }]);

    await card.getByRole('button', { name: 'Connect' }).click();
    await card.getByRole('button', { name: 'Show the code' }).click();
    const code = card.getByRole('img', { name: 'QR code for the app' });
    await code.waitFor();
    const width = await code.evaluate((shown) => {
      const image = shown as unknown as { decode(): Promise<void>; naturalWidth: number };
      return image.decode().then(() => image.naturalWidth);
    });
    expect(width).toBeGreaterThan(0);
    await card.getByRole('combobox', { name: 'Make' }).click();
    await page.getByRole('option', { name: /Yealink/ }).click();
    await card.getByLabel('MAC address (on its label)').fill('80:5e:c0:12:34:56');
    await card.getByRole('button', { name: 'Get the address' }).click();
    const url = (await card.locator('[data-value="Provisioning address"]').textContent()) ?? '';
    await looks(page, 'member-device-connect');
    const before = await digest();
    const file = await ask(desk.url, `GET ${new URL(url).pathname}805ec0123456.cfg`);
    expect(file.text).toContain(`account.1.user_name = ${username}`);
    expect(await digest()).not.toBe(before);

    const fetched = await digest();
    await card.getByRole('button', { name: 'New secret' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
    expect(await page.locator('[data-value="Account"]').textContent()).toBe(username);
    expect(await page.locator('[data-value="Secret"]').textContent()).toMatch(/^\S{20,}$/);
    expect(await digest()).not.toBe(fetched);

    await card.getByRole('switch', { name: 'In use' }).press('Space');
    await card.getByText('off', { exact: true }).waitFor();
    expect(await row('SELECT enabled FROM device WHERE id = $1', [id])).toEqual({ enabled: false });

    await card.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await card.waitFor({ state: 'detached' });
    expect(await digest()).toBeUndefined();
    expect(await page.locator('[data-value="Secret"]').count()).toBe(0);
  });

  test('given_a_voice_message_when_listened_to_then_it_sounds_and_is_heard_and_can_be_deleted', async () => {
    const id = newId();
    await mkdir(join(spool, 'recording', 'voicemail', ara), { recursive: true });
    await writeFile(join(spool, 'recording', 'voicemail', ara, `${id}.wav`), wavOf(300));
    await desk.db.rows(
      `INSERT INTO voice_message (id, mailbox, node, caller_number, caller_name, duration_ms, received_at)
       VALUES ($1, $2, 'n1', '+82262001234', 'Lee Bomin', 300, now())`,
      [id, ara],
    );
    const heard = async () =>
      (await row<{ at: Date | null }>('SELECT heard_at AS at FROM voice_message WHERE id = $1', [id]))?.at;
    const page = await open('/member/voicemail');
    const card = page.getByRole('article', { name: 'Lee Bomin' });
    await card.getByText('new', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Listen: Lee Bomin' }).click();
    // Played to its end it is heard, which nothing else has said.
    await card.getByRole('button', { name: 'Mark as new' }).waitFor();
    const seconds = await card
      .locator('audio')
      .evaluate((audio) => (audio as unknown as { duration: number }).duration);
    expect(seconds).toBeCloseTo(0.3, 1);
    const sought = await card.locator('audio').evaluate((audio) => {
      const player = audio as unknown as {
        currentTime: number;
        addEventListener(event: string, done: () => void): void;
      };
      return new Promise<number>((resolve) => {
        player.addEventListener('seeked', () => resolve(player.currentTime));
        player.currentTime = 0.1;
      });
    });
    expect(sought).toBeCloseTo(0.1, 2);
    expect(await heard()).toBeInstanceOf(Date);
    await looks(page, 'member-voicemail-heard');
    await card.getByRole('button', { name: 'Mark as new' }).click();
    await card.getByText('new', { exact: true }).waitFor();
    expect(await heard()).toBeNull();
    await card.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No messages.').waitFor();
    expect(await heard()).toBeUndefined();
  });

  test('given_a_prefix_when_prices_are_looked_up_then_they_are_those_of_the_prefix_and_can_be_saved', async () => {
    const finance = await desk.account('finance');
    const deck = { id: 'pages', name: 'pages', direction: 'sale', currency: 'USD' };
    await desk.ask('POST /v1/rate-decks', deck, finance);
    const made = await ask(desk.url, 'POST /v1/rate-decks/pages/versions', {
      headers: { ...finance.page, 'content-type': 'text/csv' },
      body: 'prefix,destination,per_minute\n8210,"Korea, mobile",0.06\n82,Korea,0.02\n81,Japan,0.05\n',
    });
    const { versionId } = made.body as { versionId: string };
    const activeFrom = '2026-01-01T00:00:00Z';
    const proposed = await desk.ask(`POST /v1/deck-versions/${versionId}/schedule`, { activeFrom }, finance);
    await agree(desk.url, proposed, await desk.account('approver'));
    await desk.db.inTx(async (tx) => {
      const account = await accountId(tx, { kind: 'member', owner: ara, currency: currency('USD') });
      await setPayer(tx, ara, { accountId: account, deckId: 'pages' });
    });
    const page = await open('/member/prices');
    await page.getByRole('cell', { name: /Japan/ }).waitFor();
    await page.getByLabel('Number or prefix').fill('+82 10');
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.getByText('+8210: Korea, mobile').waitFor();
    await page.getByText(/0\.06 a minute, .* a call; the first/).waitFor();
    expect(await page.getByRole('cell', { name: /Japan/ }).count()).toBe(0);
    await looks(page, 'member-prices-looked-up');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV file' }).click(),
    ]);
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^prefix,[^\n]*\n8210,/);
    await oneByOne(page, /price-list$/);
    await page.reload();
    await pressMore(page, page.locator('tbody tr'));
  });
});
