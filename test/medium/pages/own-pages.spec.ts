import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { newId } from '../../../src/kernel/ids.js';
import { looks, withBrowser } from '../../e2e/support/browser.js';
import { go, oneByOne, pressMore } from '../../e2e/support/pressing.js';
import { addAccount } from '../../support/accounts.js';
import { type SignedIn, signIn } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

const PASSWORD = 'correct horse battery';

describe("what a member's and a company's pages do when pressed", () => {
  let desk: Desk;
  let her: SignedIn;
  let boss: SignedIn;
  const browser = withBrowser();
  const ara = memberNamed('Kim Ara');
  const bomin = memberNamed('Lee Bomin');
  const hanbit = memberNamed('Hanbit');

  beforeAll(async () => {
    desk = await openDesk();
    her = await desk.account('member', { memberId: ara });
    boss = await desk.account('company-admin', { companyId: hanbit });
  });
  afterAll(() => desk.close());

  const open = (path: string, who: SignedIn) => browser.open(path, { url: desk.url, ...who.cookie });
  const confirm = (page: Page, name: string) =>
    page.getByRole('dialog').getByRole('button', { name }).click();

  const call = async (minute: number, more: object = {}): Promise<void> => {
    const row = {
      id: newId(),
      version: 1,
      node: 'n1',
      state: 'ended',
      origin: 'member',
      caller_channel: 'c',
      dialled: '02-6200-1234',
      started_at: `2026-11-01T10:0${minute}:00Z`,
      ended_at: `2026-11-01T10:0${minute}:59Z`,
      ended_by: 'caller',
      reason: 'hangup',
      trace: {},
      ...more,
    };
    await desk.db.rows(`INSERT INTO call SELECT * FROM json_populate_record(NULL::call, $1)`, [
      JSON.stringify(row),
    ]);
  };

  test('given_calls_made_got_and_missed_when_one_kind_is_chosen_then_it_alone_is_listed_page_by_page', async () => {
    await call(1, { member_id: ara, answered_at: '2026-11-01T10:01:30Z' });
    await call(2, { member_id: ara });
    const got = { origin: 'trunk', reading: 'pin', called: '0262006100082' };
    await call(3, { ...got, calling: '+82262007777' });
    await call(4, { ...got, calling: '+82262008888', answered_at: '2026-11-01T10:04:30Z' });
    const page = await open('/member/calls', her);
    await page.locator('[data-call]').nth(3).waitFor();
    await looks(page, 'member-calls-both');
    await page.getByRole('radiogroup', { name: 'Which calls' }).getByText('Incoming').click();
    await page.locator('[data-call=out]').first().waitFor({ state: 'detached' });
    const rows = page.locator('[data-call=in]');
    await rows.nth(1).waitFor();
    expect((await rows.allTextContents()).map((text) => text.replace(/Nov.*?[AP]M/, ' '))).toEqual([
      expect.stringMatching(/\+82262008888 .*0:29/),
      expect.stringMatching(/\+82262007777 .*missed/),
    ]);
    await oneByOne(page, /\/calls$/);
    await page.getByRole('radiogroup', { name: 'Which calls' }).getByText('Outgoing').click();
    await pressMore(page, page.locator('[data-call=out]'));
    await page.goBack();
    await rows.first().waitFor();
  });

  test('given_personal_data_when_saved_then_it_is_there_again', async () => {
    const page = await open('/member/personal-data', her);
    await page.getByLabel('Date of birth').fill('1990-05-17');
    await page.getByLabel('Street and house').fill('1 Sejong-daero');
    await page.getByLabel('Postcode').fill('04524');
    await page.getByLabel('City').fill('Seoul');
    await page.getByRole('combobox', { name: 'Country' }).fill('South Ko');
    await page.getByRole('option', { name: 'South Korea' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.reload();
    expect(await page.getByLabel('Date of birth').inputValue()).toBe('1990-05-17');
    expect((await desk.ask(`GET /v1/members/${ara}/personal-data`, undefined, her)).body).toMatchObject({
      postalAddress: { lines: ['1 Sejong-daero'], postcode: '04524', city: 'Seoul', country: 'KR' },
    });
  });

  const spoken = async (): Promise<string> => {
    const [order] = await desk.db.rows<{ digits: string }>(
      `SELECT wish ->> 'digits' AS digits FROM call_order ORDER BY id DESC LIMIT 1`,
    );
    return order?.digits ?? '';
  };
  const typeCode = async (page: Page, within: Locator, code: string) => {
    await within.locator('.mantine-PinInput-input').first().click();
    await page.keyboard.type(code);
    await within.getByRole('button', { name: 'Confirm' }).click();
  };

  test('given_claims_when_contested_failed_or_of_another_carrier_then_the_page_says_what_became_of_each_and_each_can_be_removed', async () => {
    await desk.db.rows(
      `INSERT INTO contact_number (id, member_id, e164, verified_at) VALUES ($1, $2, '+82262007100', now())`,
      [newId(), bomin],
    );
    const page = await open('/member/identities', her);
    const section = (name: string) => page.getByRole('region', { name });
    const phones = section('Telephones of other networks');
    const add = async (number: string) => {
      await phones.getByLabel('Telephone, with country code').fill(number);
      await phones.getByRole('button', { name: 'Add' }).click();
      await phones.getByText(number).waitFor();
      await phones.getByRole('button', { name: 'Call it now' }).click();
      await phones.getByText(/We are calling/).waitFor();
    };
    await add('+82262007100');
    await typeCode(page, phones, await spoken());
    await phones.getByText(/Somebody else has proved the same/).waitFor();
    await looks(page, 'member-identity-contested');
    await phones.getByRole('button', { name: 'Remove' }).first().click();
    await confirm(page, 'Remove');
    await phones.getByText('+82262007100').waitFor({ state: 'detached' });

    await add('+82262007200');
    const wrong = (await spoken()) === '000000' ? '111111' : '000000';
    for (const left of ['4 attempts', '3 attempts', '2 attempts', '1 attempt', undefined]) {
      await typeCode(page, phones, wrong);
      await phones.getByText(left === undefined ? /^Too many wrong codes/ : `${left} left`).waitFor();
    }
    await phones.getByRole('button', { name: 'Call it now' }).waitFor();
    await looks(page, 'member-identity-failed');
    await phones.getByRole('button', { name: 'Remove' }).first().click();
    await confirm(page, 'Remove');
    await phones.getByText('+82262007200').waitFor({ state: 'detached' });

    const carriers = section('Numbers at other companies');
    await carriers.getByRole('textbox', { name: /^Number/ }).fill('70123456');
    await carriers.getByRole('combobox', { name: 'Company' }).click();
    const company = page.getByRole('option').first();
    const name = (await company.textContent()) ?? '';
    await company.click();
    await carriers.getByRole('button', { name: 'Add' }).click();
    await carriers.getByText(`${name}: 70123456`).waitFor();
    await carriers.getByRole('button', { name: 'Call it now' }).click();
    await carriers.getByText(/We are calling/).waitFor();
    await typeCode(page, carriers, await spoken());
    await carriers.getByText('proved', { exact: true }).waitFor();
    await carriers.getByRole('button', { name: 'Remove' }).click();
    await confirm(page, 'Remove');
    await carriers.getByText(`${name}: 70123456`).waitFor({ state: 'detached' });

    const domains = section('Domains');
    await domains.getByLabel('Domain').fill('ara.example');
    await domains.getByRole('button', { name: 'Add' }).click();
    await domains.getByRole('button', { name: 'Remove' }).click();
    await confirm(page, 'Remove');
    await domains.getByText('ara.example').waitFor({ state: 'detached' });
    for (const kind of ['contact-numbers', 'carrier-numbers', 'domains'])
      expect((await desk.ask(`GET /v1/members/${ara}/${kind}`, undefined, her)).body).toMatchObject({
        items: [],
      });
  });

  test('given_a_branch_made_on_the_page_when_its_devices_are_opened_then_they_are_the_branchs', async () => {
    const page = await open('/company/branches', boss);
    await page.getByLabel('Name').fill('Hanbit Busan');
    await page.getByLabel('Area code').fill('051');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('article', { name: 'Hanbit Busan' }).getByRole('link', { name: 'Devices' }).click();
    await page.getByText('No device yet').waitFor();
    expect(await page.getByRole('combobox', { name: 'Whose' }).inputValue()).toBe('Hanbit Busan');
    await looks(page, 'company-branch-devices');
  });

  test('given_people_when_invited_and_given_roles_then_the_list_and_the_rights_follow', async () => {
    const email = 'agent-kim@example.com';
    const account = await addAccount(desk.db, email, PASSWORD, ['member']);
    await desk.db.rows('UPDATE user_account SET company_id = $2 WHERE id = $1', [account, hanbit]);
    const page = await open('/company/people', boss);
    await page.getByLabel('E-mail address').fill('bo@example.com');
    await page.getByLabel('Name').fill('Bo');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await page.getByText(/bo@example.com · until/).waitFor();
    await looks(page, 'company-people');
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText(/bo@example.com · until/).waitFor({ state: 'detached' });

    const person = page.getByRole('article', { name: email });
    await person.locator('.mantine-MultiSelect-input').click();
    const answered = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await page.getByRole('option', { name: 'Agent' }).click();
    expect((await answered).status()).toBe(200);
    await page.keyboard.press('Escape');
    const agent = await signIn(desk.url, email, PASSWORD);
    expect((await desk.ask('GET /v1/me', undefined, agent)).body).toMatchObject({
      account: { roles: expect.arrayContaining(['member', 'agent']) },
    });
    await person.getByRole('button', { name: 'Remove' }).click();
    await confirm(page, 'Remove');
    await person.waitFor({ state: 'detached' });
    const [left] = await desk.db.rows('SELECT company_id FROM user_account WHERE id = $1', [account]);
    expect(left).toEqual({ company_id: null });
  });

  test('given_lists_longer_than_a_page_when_more_is_pressed_then_the_next_come', async () => {
    for (const label of ['one', 'two']) {
      await desk.ask(`POST /v1/members/${ara}/devices`, { label, locationNumber: '+82262006100' }, her);
      const claim = { address: `${label}@ara.example` };
      await desk.ask(`POST /v1/members/${ara}/emails`, claim, her);
      const branch = { name: `Hanbit ${label}`, country: 'JP', language: 'ja' };
      await desk.ask(`POST /v1/companies/${hanbit}/branches`, branch, boss);
      const account = await addAccount(desk.db, `${label}@hanbit.example`, PASSWORD, ['member']);
      await desk.db.rows('UPDATE user_account SET company_id = $2 WHERE id = $1', [account, hanbit]);
    }
    const lists = /\/(devices|emails|branches|people|sessions|invitations)$/;
    const page = await open('/account', her);
    await oneByOne(page, lists);
    await go(page, '/member/devices');
    await pressMore(page, page.getByRole('article'));
    await go(page, '/member/identities');
    const mails = page.getByRole('region', { name: 'E-mail addresses' });
    await pressMore(mails, mails.getByRole('button', { name: 'Remove' }));
    const theirs = await open('/account', boss);
    await oneByOne(theirs, lists);
    await go(theirs, '/company/branches');
    await pressMore(theirs, theirs.getByRole('article'));
    await go(theirs, '/company/people');
    await pressMore(theirs, theirs.getByRole('article'));
  });
});
