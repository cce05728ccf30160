import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { looks, withBrowser } from '../../e2e/support/browser.js';
import { oneByOne, pressMore } from '../../e2e/support/pressing.js';
import { type SignedIn, signIn } from '../../support/http-client.js';
import { TxtServer } from '../../support/txt-server.js';
import { Customers, itemsOf, PASSWORD } from '../membership/customers.js';

const NEW_PASSWORD = 'another good one';

describe("what an account's pages do when pressed", () => {
  let dns: TxtServer;
  let customers: Customers;
  const browser = withBrowser();
  beforeAll(async () => {
    dns = await TxtServer.open();
    customers = await Customers.open({ dnsServer: dns.address });
  });
  afterAll(async () => {
    await customers.close();
    dns.close();
  });

  const open = (path: string, who?: SignedIn) =>
    browser.open(path, { url: customers.web.url, ...who?.cookie });
  type Page = Awaited<ReturnType<typeof open>>;
  const typeCode = async (page: Page, code: string) => {
    await page.locator('.mantine-PinInput-input').first().click();
    await page.keyboard.type(code);
    await page.getByRole('button', { name: 'Confirm' }).click();
  };
  const header = (page: Page) => page.locator('header [data-account]').waitFor();
  const other = (code: string) => `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`;

  test('given_a_forgotten_password_when_the_mailed_code_is_typed_then_the_new_one_signs_in', async () => {
    const { email } = await customers.account('forgot@example.com');
    const page = await open('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'Set a new password' }).waitFor();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Mail me a code' }).click();
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await looks(page, 'account-reset');
    await typeCode(page, await customers.post.codeTo(email));
    await header(page);
    await signIn(customers.web.url, email, NEW_PASSWORD);
  });

  test('given_a_stranger_when_signing_up_then_what_is_missing_is_said_and_another_code_comes_not_at_once', async () => {
    const page = await open('/sign-up');
    await page.getByLabel('E-mail address').fill('stranger@example.com');
    await page.getByLabel('Password').first().fill('short');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('[role=alert]:focus').getByText('It must have at least 10 characters.').waitFor();
    await looks(page, 'account-sign-up-errors');
    await page.getByLabel('Password').first().fill(PASSWORD);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Mail another code' }).click();
    await page.getByRole('alert').getByText('Another code can be sent once a minute.').waitFor();
    await customers.db.run(
      `UPDATE mailed_code SET resend_after = now() WHERE email = 'stranger@example.com'`,
    );
    const first = await customers.post.codeTo('stranger@example.com');
    const sent = page.waitForResponse((answer) => answer.url().endsWith('/code') && answer.ok());
    await page.getByRole('button', { name: 'Mail another code' }).click();
    await sent;
    const second = await customers.post.codeTo('stranger@example.com');
    expect(second).not.toBe(first);
    await typeCode(page, second);
    await header(page);
  });

  test('given_an_invitation_when_its_link_is_opened_then_it_makes_an_account_of_the_company', async () => {
    const admin = await customers.member('admin@example.com', { kind: 'company', name: 'Hanbit' });
    const wanted = { email: 'bo@example.com', name: 'Bo', roles: ['agent'], language: 'en' };
    await customers.ask(`POST /v1/companies/${admin.id}/invitations`, wanted, admin);
    const [mail] = await customers.post.to('bo@example.com');
    const page = await open(`/invitations#${/invitations#([\w-]+)/.exec(mail?.text ?? '')?.[1]}`);
    await page.getByText('Hanbit invites bo@example.com.').waitFor();
    await looks(page, 'account-invitation');
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Join' }).click();
    await header(page);
    await signIn(customers.web.url, 'bo@example.com', NEW_PASSWORD);
    const people = await customers.ask(`GET /v1/companies/${admin.id}/people`, undefined, admin);
    expect(itemsOf<{ email: string }>(people).map(({ email }) => email)).toContain('bo@example.com');
  });

  test('given_another_address_when_the_code_mailed_there_is_typed_then_it_signs_in_and_the_old_one_does_not', async () => {
    const who = await customers.account('old@example.com');
    const page = await open('/account', who);
    const section = page.getByRole('region', { name: 'E-mail address' });
    await section.getByText('old@example.com').waitFor();
    await section.getByLabel('New e-mail address').fill('new@example.com');
    await section.locator('input[type=password]').fill('wrong password');
    await section.getByRole('button', { name: 'Mail me a code' }).click();
    await section.getByRole('alert').waitFor();
    await section.getByLabel('New e-mail address').fill('typo@example.com');
    await section.locator('input[type=password]').fill(PASSWORD);
    await section.getByRole('button', { name: 'Mail me a code' }).click();
    await section.getByText(/mailed to typo@example.com/).waitFor();
    await section.getByRole('button', { name: 'Another address' }).click();
    await section.getByLabel('New e-mail address').fill('new@example.com');
    await section.locator('input[type=password]').fill(PASSWORD);
    await section.getByRole('button', { name: 'Mail me a code' }).click();
    await section.getByText(/mailed to new@example.com/).waitFor();
    await looks(page, 'account-new-email');
    const code = await customers.post.codeTo('new@example.com');
    await typeCode(page, other(code));
    await section.getByRole('alert').waitFor();
    await typeCode(page, code);
    await section.getByText('Your address is new@example.com now.').waitFor();
    await signIn(customers.web.url, 'new@example.com', PASSWORD);
    await expect(signIn(customers.web.url, 'old@example.com', PASSWORD)).rejects.toThrow('401');
  });

  test('given_another_browser_when_signed_out_there_and_the_password_changed_then_only_the_new_one_counts', async () => {
    const who = await customers.account('careful@example.com');
    const elsewhere = await signIn(customers.web.url, who.email, PASSWORD);
    const page = await open('/account', who);
    await page.getByRole('button', { name: 'Sign out there' }).click();
    await page.getByRole('button', { name: 'Sign out there' }).waitFor({ state: 'detached' });
    expect((await customers.ask('GET /v1/me', undefined, elsewhere)).status).toBe(401);
    await page.getByRole('switch', { name: 'News and offers by mail' }).press('Space');
    await page.getByRole('switch', { name: 'News and offers by mail', checked: true }).waitFor();
    const consents = await customers.ask('GET /v1/me/consents', undefined, who);
    expect(itemsOf(consents)).toMatchObject([{ purpose: 'marketing', given: true }]);
    const profile = page.getByRole('region', { name: 'Profile' });
    await profile.getByLabel('Name').fill('Careful Kim');
    await profile.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: '한국어' }).click();
    // The page speaks it before the account has it.
    const kept = page.waitForResponse(
      (answer) => answer.ok() && (answer.request().postData() ?? '').includes('"language"'),
    );
    await profile.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: '계정 설정' }).waitFor();
    await kept;
    expect((await customers.ask('GET /v1/me', undefined, who)).body).toMatchObject({
      account: { name: 'Careful Kim', language: 'ko' },
    });
    await page.getByRole('button', { name: '언어' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    const section = page.getByRole('region', { name: 'Password', exact: true });
    await section.locator('input[type=password]').first().fill(PASSWORD);
    await section.locator('input[type=password]').last().fill(NEW_PASSWORD);
    await section.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password has been changed.').waitFor();
    await signIn(customers.web.url, who.email, NEW_PASSWORD);
    await expect(signIn(customers.web.url, who.email, PASSWORD)).rejects.toThrow('401');
    await oneByOne(page, /\/sessions$/);
    await page.reload();
    const places = page.getByRole('region', { name: 'Where you are signed in' });
    await pressMore(places, places.getByText(/here|Sign out there/));
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
    const sessions = await customers.db.rows('SELECT FROM user_session WHERE account_id = $1', [
      who.accountId,
    ]);
    expect(sessions).toEqual([]);
  });

  test('given_a_member_when_his_data_is_downloaded_and_erased_then_the_file_has_it_and_the_account_is_gone', async () => {
    const who = await customers.member('leaves@example.com', { name: 'Leaving Ann' });
    const page = await open('/account', who);
    const data = page.getByRole('region', { name: 'Your data' });
    await data.locator('input[type=password]').fill(PASSWORD);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      data.getByRole('button', { name: 'Download my data' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('anydial-export.json');
    expect(await readFile(await file.path(), 'utf8')).toContain('Leaving Ann');
    await data.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase my account' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await expect(signIn(customers.web.url, who.email, PASSWORD)).rejects.toThrow('401');
    const rows = await customers.db.rows('SELECT FROM member WHERE name = $1', ['Leaving Ann']);
    expect(rows).toEqual([]);
  });

  test('given_claims_when_proved_by_call_mail_and_dns_then_each_counts_and_can_be_removed', async () => {
    const who = await customers.member('claims@example.com');
    const claims = async (kind: string) =>
      itemsOf<{ verifiedAt: string | null }>(
        await customers.ask(`GET /v1/members/${who.id}/${kind}`, undefined, who),
      ).map(({ verifiedAt }) => verifiedAt !== null);
    const page = await open('/member/identities', who);
    const section = (name: string) => page.getByRole('region', { name });
    const proved = (name: string) => section(name).getByText('proved', { exact: true }).waitFor();

    const phones = section('Telephones of other networks');
    await phones.getByLabel('Telephone, with country code').fill('+82 2 6200 7001');
    await phones.getByLabel('Label').fill('home');
    await phones.getByRole('button', { name: 'Add' }).click();
    await phones.getByRole('button', { name: 'Call it now' }).click();
    await phones.getByText(/We are calling/).waitFor();
    const [order] = await customers.db.rows<{ digits: string }>(
      `SELECT wish ->> 'digits' AS digits FROM call_order WHERE e164 = '+82262007001'`,
    );
    const spoken = order?.digits ?? '';
    await typeCode(page, other(spoken));
    await phones.getByRole('alert').waitFor();
    await phones.getByText('4 attempts left').waitFor();
    await looks(page, 'member-identity-call');
    await typeCode(page, spoken);
    await proved('Telephones of other networks');
    expect(await claims('contact-numbers')).toEqual([true]);

    const mails = section('E-mail addresses');
    await mails.getByLabel('E-mail address').fill('call-me@example.com');
    await mails.getByRole('button', { name: 'Add' }).click();
    await mails.getByRole('button', { name: 'Mail a code' }).click();
    await mails.getByText(/mailed a code/).waitFor();
    await typeCode(page, await customers.post.codeTo('call-me@example.com'));
    await proved('E-mail addresses');
    expect(await claims('emails')).toEqual([true]);

    const domains = section('Domains');
    await domains.getByLabel('Domain').fill('hanbit.example');
    await domains.getByRole('button', { name: 'Add' }).click();
    await domains.getByRole('button', { name: 'Show the DNS record' }).click();
    const value = (await domains.locator('[data-value="Value"]').textContent()) ?? '';
    const name = (await domains.locator('[data-value="TXT record"]').textContent()) ?? '';
    await domains.getByRole('button', { name: 'Look now' }).click();
    await domains.getByRole('alert').waitFor();
    dns.records.set(name, [value]);
    await domains.getByRole('button', { name: 'Look now' }).click();
    await proved('Domains');
    expect(await claims('domains')).toEqual([true]);

    await mails.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await mails.getByText('call-me@example.com').waitFor({ state: 'detached' });
    expect(await claims('emails')).toEqual([]);
  });
});
