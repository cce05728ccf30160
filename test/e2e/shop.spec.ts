import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { LabPhone } from '../lab/lab-phone.js';
import { looks, operator, picture, signInOn, withBrowser } from './support/browser.js';
import { mailedCode } from './support/mailbox.js';
import { hearEachOther, ringing } from './support/talk.js';
import { inWorld } from './support/world.js';

const PASSWORD = 'correct horse battery';
/** Mails of earlier runs stay in the instance's folder. */
const address = (name: string) => `${name}-${randomUUID()}@example.com`;
const world = inWorld();
const browser = withBrowser();

/** From nothing to an account: form, mail, code. */
async function signUp(page: Page, email: string): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Confirm your e-mail address' }).waitFor();
  await page.keyboard.type(await mailedCode(email));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.locator('[data-account]').waitFor();
}

async function fillBilling(page: Page, country: string): Promise<void> {
  await page.getByLabel('Name').fill('Ann Lee');
  await page.getByLabel('Street and house').fill('1 Sejong-daero');
  await page.getByLabel('Postcode').fill('04524');
  await page.getByLabel('City').fill('Seoul');
  expect(await page.getByRole('combobox', { name: 'Country of the address' }).inputValue()).toBe(country);
}

/** Reserve, request, and (an operator's) approval; ends at the final selection. */
async function untilApproved(
  page: Page,
  holder: 'Full name' | 'Company’s name',
  name: string,
): Promise<void> {
  await page.getByRole('button', { name: 'Reserve it for me' }).dblclick();
  await page.getByLabel(holder).fill(name);
  await page.getByLabel('Area code').fill('02');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Send the request' }).click();
  await page.getByText('Your request is being looked at').waitFor();
}

async function approve(reason: string): Promise<void> {
  const desk = await browser.open('/sign-in', { width: 1440 });
  await signInOn(desk, operator().email, operator().password);
  await desk.goto('/ops/approvals');
  await desk.getByLabel('Reason').first().fill(reason);
  await looks(desk, 'ops-approvals');
  await desk.getByRole('button', { name: 'Approve' }).first().click();
  await desk.getByText('Nothing waits for you.').waitFor();
}

/** Final selection and payment by card; ends at the number that works. */
async function payByCard(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Take it for/ }).click();
  await looks(page, 'shop-pay');
  await page.getByRole('button', { name: 'Pay by card' }).dblclick();
  await page.getByRole('button', { name: 'Pay', exact: true }).dblclick();
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await page.getByRole('heading', { name: /is yours$/ }).waitFor();
}

/** A telephone with what the page shows. */
async function connectTelephone(page: Page): Promise<LabPhone> {
  await page.getByRole('link', { name: 'Connect a telephone' }).click();
  await page.getByLabel('Name').fill('desk');
  await page.getByLabel('Telephone number of the place').fill('+82 2 6200 6100');
  await page.getByRole('button', { name: 'Add' }).click();
  const shown = (label: string) => page.locator(`[data-value="${label}"]`).textContent();
  const [username, secret] = [await shown('Account'), await shown('Secret')];
  const phone = await world.lab.phone({ username: username ?? '', secret: secret ?? '', id: 'bought' });
  expect((await phone.register()).status).toBe(200);
  return phone;
}

async function isCalled(phone: LabPhone, number: string): Promise<void> {
  const { call, arrived } = await ringing(world.phoneA, phone, number);
  await arrived.answer();
  await Promise.all([call.answered(), arrived.answered()]);
  await hearEachOther({ call, arrived });
  await arrived.hangup();
  await Promise.all([call.ended(), arrived.ended()]);
}

describe('somebody buys on the web', () => {
  test('given_a_stranger_when_buying_a_personal_number_then_his_telephone_takes_a_real_call', async () => {
    const page = await browser.open('/', { language: 'en-GB' });
    await looks(page, 'shop-home');
    await signUp(page, address('ann'));
    await page.goto('/shop/personal?country=KR&way=identification');
    await looks(page, 'shop-personal');
    await page
      .getByRole('link', { name: /^Take it:/ })
      .first()
      .click();
    await fillBilling(page, 'South Korea');
    await looks(page, 'shop-buy');
    await page.getByRole('button', { name: 'See the exact price' }).dblclick();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await untilApproved(page, 'Full name', 'Ann Lee');
    await picture(page, 'shop-wait-360-light');
    await approve('looks right');
    await payByCard(page);
    await looks(page, 'shop-order-done');
    const number = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    const phone = await connectTelephone(page);
    await isCalled(phone, number);
  });
});
