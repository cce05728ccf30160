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
let db: Db;
let account = '';
beforeAll(async () => {
  database = await testDatabase();
  web = await testApp({ databaseUrl: database.url, redisUrl: nowhere, staffSecondFactor: 'required' });
  db = web.app.get(Db);
  account = await addAccount(db, EMAIL, PASSWORD, ['operator']);
});
afterAll(async () => {
  await web.close();
  await database.remove();
});

const browser = withBrowser();

test('given_an_operator_without_an_app_when_he_sets_it_up_then_he_signs_in_with_its_code_and_shows_it_for_what_is_dangerous', async () => {
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
  const recovery = (await codes.first().textContent()) ?? '';
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

  // Half an hour later: dangerous things want a fresh code, and go on by themselves once it is shown.
  await db.run(
    `UPDATE user_session SET second_factor_at = now() - interval '30 minutes' WHERE account_id = $1`,
    [account],
  );
  await db.run('UPDATE second_factor SET last_step = 0 WHERE account_id = $1', [account]);
  await next.goto(`${web.url}/account`);
  await next.getByText('9 recovery codes left').waitFor();
  await next.getByRole('button', { name: 'Remove the app' }).click();
  const question = next.getByRole('dialog', { name: 'Remove the app' });
  await question.getByRole('button', { name: 'Remove the app' }).click();
  const fresh = next.getByRole('dialog', { name: 'Is it you?' });
  await fresh.getByLabel('Code of the app').fill(app.generate());
  await fresh.getByRole('button', { name: 'Confirm' }).click();
  await next.getByRole('button', { name: 'Set it up' }).waitFor();
  expect(await db.rows('SELECT FROM second_factor WHERE account_id = $1', [account])).toEqual([]);
});
