import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { Db } from '../../../src/infra/db/db.js';
import { expectAccessible, picture, signInOn, withBrowser } from '../../e2e/support/browser.js';
import { addAccount } from '../../support/accounts.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const PASSWORD = 'correct horse battery';
const EMAIL = 'night-shift@example.com';
let database: TestDatabase;
let web: TestApp;
beforeAll(async () => {
  database = await testDatabase();
  web = await testApp({ databaseUrl: database.url, redisUrl: nowhere, staffSecondFactor: 'required' });
  await addAccount(web.app.get(Db), EMAIL, PASSWORD, ['operator']);
});
afterAll(async () => {
  await web.close();
  await database.remove();
});

const browser = withBrowser();

test('given_an_operator_without_an_app_when_he_sets_it_up_then_his_next_sign_in_needs_a_code', async () => {
  const page = await browser.open('/sign-in', { url: web.url });
  await signInOn(page, EMAIL, PASSWORD);
  await page.getByText('Parts of your work are hidden').waitFor();
  await page.getByRole('link', { name: 'Go to the account settings' }).click();
  await page.getByRole('button', { name: 'Set it up' }).click();
  const secret = (await page.locator('[data-value="Or type this key into the app"]').textContent()) ?? '';
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'second-factor-360');
  const app = new TOTP({ secret });
  await page.getByLabel('Code of the app').fill(app.generate());
  await page.getByRole('button', { name: 'Confirm' }).click();
  const codes = page.locator('[data-recovery-code]');
  await codes.first().waitFor();
  expect(await codes.count()).toBe(10);
  const recoveryCodes = await codes.allTextContents();
  const recovery = recoveryCodes[0] ?? '';
  await expectAccessible(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes left').waitFor();
  expect(await page.getByText('Parts of your work are hidden').count()).toBe(0);

  // His next shift: the password alone is not enough any more.
  const next = await browser.open('/sign-in', { url: web.url, width: 1440, dark: true });
  await next.locator('input[type=email]').fill(EMAIL);
  await next.locator('input[type=password]').fill(PASSWORD);
  await next.locator('form button[type=submit]').click();
  await next.getByLabel('Code of the app').fill('000000');
  await next.locator('form button[type=submit]').click();
  await next.getByRole('alert').getByText('That code is wrong').waitFor();
  await expectAccessible(next);
  await picture(next, 'second-factor-sign-in-1440-dark');
  await next.getByLabel('Code of the app').fill(recovery);
  await next.locator('form button[type=submit]').click();
  await next.locator('header [aria-haspopup=menu][data-account]').waitFor();

  // The code was a while ago: something dangerous asks for another one, and is then done without pressing again.
  await web.app.get(Db).run(`UPDATE user_session SET second_factor_at = now() - interval '11 minutes'`);
  await next.goto(`${web.url}/account`);
  await next.getByLabel('Password', { exact: true }).last().fill(PASSWORD);
  const file = next.waitForEvent('download');
  await next.getByRole('button', { name: 'Download my data' }).click();
  const dialog = next.getByRole('dialog');
  await dialog.getByLabel('Code of the app').fill(recoveryCodes[1] ?? '');
  await expectAccessible(next);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  expect((await file).suggestedFilename()).toBe('anydial-export.json');
});
