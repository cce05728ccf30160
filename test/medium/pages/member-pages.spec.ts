import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { looks, picture, withBrowser } from '../../e2e/support/browser.js';
import { go } from '../../e2e/support/pressing.js';
import type { SignedIn } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

const NUMBER = '0262006100082';

describe("a member's pages", () => {
  let desk: Desk;
  let her: SignedIn;
  const browser = withBrowser();
  const ara = memberNamed('Kim Ara');

  beforeAll(async () => {
    desk = await openDesk();
    her = await desk.account('member', { memberId: ara });
    await desk.db.rows(
      `INSERT INTO call (id, version, node, state, origin, caller_channel, member_id, dialled, started_at, answered_at,
                         ended_at, ended_by, reason, trace)
       VALUES ($1, 1, 'n1', 'ended', 'member', 'c', $2, '02-6200-1234', now(), now(), now() + interval '83 seconds', 'caller', 'hangup', '{}')`,
      [newId(), ara],
    );
    await desk.db.rows(
      `INSERT INTO voice_message (id, mailbox, node, caller_number, caller_name, duration_ms, received_at)
       VALUES ($1, $2, 'n1', '+82262001234', 'Lee Bomin', 12000, now())`,
      [newId(), ara],
    );
  });
  afterAll(() => desk.close());

  const open = (path: string, language = 'en-GB') =>
    browser.open(path, { url: desk.url, language, ...her.cookie });

  const PAGES = [
    'numbers',
    'devices',
    'find-me',
    'settings',
    'calls',
    'voicemail',
    'identities',
    'wallet',
    'bills',
    'prices',
    'personal-data',
  ];
  test('given_each_page_when_shown_in_korean_then_nothing_is_inaccessible_in_any_look', async () => {
    await desk.db.rows("UPDATE user_account SET language = 'ko' WHERE member_id = $1", [ara]);
    const page = await open('/account', 'ko-KR');
    for (const name of PAGES) {
      await go(page, `/member/${name}`);
      await looks(page, `member-${name}`);
    }
    await go(page, '/account');
    await looks(page, 'account');
    await desk.db.rows("UPDATE user_account SET language = 'en' WHERE member_id = $1", [ara]);
  });

  test('given_no_mouse_when_the_order_is_changed_by_keys_then_it_is_saved_and_said', async () => {
    await desk.ask(`PUT /v1/members/${ara}/find-me`, { steps: [] });
    const page = await open('/member/find-me');
    const add = async (name: string) => {
      await page.getByRole('combobox', { name: 'Add' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('option', { name }).waitFor();
      await page.keyboard.type(name.slice(0, 3));
      await page.getByRole('option', { name }).click();
    };
    await add('Voicemail');
    await add('All my devices');
    await page.getByRole('button', { name: 'Earlier: Voicemail' }).isDisabled();
    const rows = page.getByRole('listitem');
    expect(await rows.allTextContents()).toEqual([
      expect.stringContaining('1. All my devices'),
      expect.stringContaining('2. Voicemail'),
    ]);
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByText('Saved.').waitFor();
    const saved = await desk.ask(`GET /v1/members/${ara}/find-me`);
    expect(saved.body).toMatchObject({ steps: [{ kind: 'devices' }, { kind: 'voicemail' }] });
    // Somebody else changes it while the page is open: his change is not overwritten, and the page says so.
    await desk.ask(`PUT /v1/members/${ara}/find-me`, { steps: [{ kind: 'voicemail' }] });
    await page.getByRole('button', { name: 'Remove: Voicemail' }).press('Enter');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByText('Somebody else has changed this').waitFor();
    const theirs = await desk.ask(`GET /v1/members/${ara}/find-me`);
    expect(theirs.body).toMatchObject({ steps: [{ kind: 'voicemail' }] });
  });

  test('given_a_new_device_when_made_twice_in_a_row_quickly_then_there_is_one_and_its_secret_is_shown_once', async () => {
    const page = await open('/member/devices');
    await page.getByLabel('Name').fill('kitchen');
    await page.getByLabel('Telephone number of the place').fill('+82 2 6200 6100');
    await page.getByRole('button', { name: 'Add' }).dblclick();
    const secret = page.locator('[data-value="Secret"]');
    expect(await secret.textContent()).toMatch(/^\S{20,}$/);
    await picture(page, 'member-device-secret-360-light');
    const { body } = await desk.ask(`GET /v1/members/${ara}/devices`);
    expect(
      (body as { items: { label: string }[] }).items.filter(({ label }) => label === 'kitchen'),
    ).toHaveLength(1);
    await page.getByRole('button', { name: 'I have entered it' }).click();
    await page.reload();
    await page.getByRole('article', { name: 'kitchen' }).waitFor();
    expect(await secret.count()).toBe(0);
  });

  test('given_her_number_when_she_chooses_what_the_web_shows_then_whoever_looks_it_up_gets_that_or_nothing', async () => {
    await desk.db.rows(
      `INSERT INTO email_identity (id, member_id, address, verified_at)
       VALUES ($1, $3, 'letters@ara.example', now()), ($2, $3, 'claimed@ara.example', NULL)`,
      [newId(), newId(), ara],
    );
    const looked = async () => (await desk.ask(`GET /v1/resolve/${NUMBER}`)).body;
    const page = await open(`/member/numbers/${NUMBER}/page`, 'ja-JP');
    await looks(page, 'member-number-page');
    await page
      .getByRole('button', { name: 'Language' })
      .or(page.getByRole('button', { name: '言語' }))
      .click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    const save = async () => {
      const answered = page.waitForResponse((answer) => answer.url().endsWith(`${NUMBER}/page`));
      await page.getByRole('button', { name: 'Save' }).click();
      return (await answered).status();
    };
    await page.getByLabel('A form for letters to you').check();
    await page.getByLabel('Name that is shown').fill('Ara');
    await page.getByRole('combobox', { name: 'E-mail address that gets the letters' }).click();
    expect(await page.getByRole('option').allTextContents()).toEqual(['letters@ara.example']);
    await page.getByRole('option').click();
    expect(await save()).toBe(200);
    expect(await looked()).toEqual({ shows: 'mail', title: 'Ara' });

    await page.getByLabel('The way to your home page').check();
    await page.getByLabel('Address of the home page').fill('https://evil.example/');
    expect(await save()).toBe(422);
    await page.getByRole('alert').getByText('That is not proved to be yours.').waitFor();
    await looks(page, 'member-number-page-refused');
    expect(await looked()).toEqual({ shows: 'mail', title: 'Ara' });

    await page.getByLabel('A button that calls you').check();
    expect(await save()).toBe(200);
    expect(await looked()).toEqual({ shows: 'call', title: 'Ara' });
    await page.getByLabel('Nothing (as if').check();
    expect(await save()).toBe(204);
    expect(await looked()).toEqual({ shows: 'nothing' });
  });

  test('given_changed_call_settings_when_the_page_is_opened_again_then_they_are_there', async () => {
    const page = await open('/member/settings');
    await page.getByRole('switch', { name: 'Do not disturb' }).press('Space');
    await page.getByLabel('When busy to').fill('02-6200-6200-082');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.reload();
    expect(await page.getByLabel('When busy to').inputValue()).toBe('02-6200-6200-082');
    expect(await page.getByRole('switch', { name: 'Do not disturb' }).isChecked()).toBe(true);
  });
});
