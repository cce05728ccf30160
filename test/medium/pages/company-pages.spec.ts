import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { looks, signInOn, withBrowser } from '../../e2e/support/browser.js';
import { addAccount } from '../../support/accounts.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

const PASSWORD = 'correct horse battery';
const EMAIL = 'boss@example.com';

describe("a company administrator's pages", () => {
  let desk: Desk;
  const browser = withBrowser();
  const hanbit = memberNamed('Hanbit');

  beforeAll(async () => {
    desk = await openDesk();
    const account = await addAccount(desk.db, EMAIL, PASSWORD, ['company-admin']);
    await desk.db.rows('UPDATE user_account SET company_id = $2 WHERE id = $1', [account, hanbit]);
  });
  afterAll(() => desk.close());

  const signedIn = async () => {
    const page = await browser.open('/sign-in', { url: desk.url });
    await signInOn(page, EMAIL, PASSWORD);
    return page;
  };

  test('given_a_branch_made_on_the_page_when_its_devices_are_opened_then_they_are_the_branchs', async () => {
    const page = await signedIn();
    await page.goto('/company/branches');
    await page.getByLabel('Name').fill('Hanbit Busan');
    await page.getByLabel('Area code').fill('051');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('article', { name: 'Hanbit Busan' }).getByRole('link', { name: 'Devices' }).click();
    await page.getByText('No device yet').waitFor();
    expect(await page.getByRole('combobox', { name: 'Whose' }).inputValue()).toBe('Hanbit Busan');
    await looks(page, 'company-branch-devices');
  });

  test('given_an_invitation_when_sent_and_withdrawn_then_the_list_follows', async () => {
    const page = await signedIn();
    await page.goto('/company/people');
    await page.getByText(EMAIL).first().waitFor();
    await page.getByLabel('E-mail address').fill('bo@example.com');
    await page.getByLabel('Name').fill('Bo');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await page.getByText(/bo@example.com · until/).waitFor();
    await looks(page, 'company-people');
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText(/bo@example.com · until/).waitFor({ state: 'detached' });
  });
});
