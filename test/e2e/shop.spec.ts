import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { LabPhone } from '../lab/lab-phone.js';
import type { LabRole } from '../lab/lab-role.js';
import { looks, operator, picture, signInOn, withBrowser } from './support/browser.js';
import { spokenIn } from './support/call-order.js';
import { mailedCode } from './support/mailbox.js';
import { hearEachOther, ringing } from './support/talk.js';
import { SPOKEN_MS } from './support/voicemail.js';
import { inWorld } from './support/world.js';

const PASSWORD = 'correct horse battery';
/** Mails of earlier runs stay in the instance's folder. */
const address = (name: string) => `${name}-${randomUUID()}@example.com`;
/** A subscriber of the Korean gateway, who is nobody's yet. */
const OWN = '02-6200-4242';
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

/** The request form, sent. */
async function fillRequest(page: Page, holder: 'Full name' | 'Company’s name', name: string): Promise<void> {
  await page.getByLabel(holder).fill(name);
  await page.getByLabel('Area code').fill('02');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Send the request' }).click();
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
async function connectTelephone(page: Page, id = 'bought'): Promise<LabPhone> {
  await page.getByRole('link', { name: 'Connect a telephone' }).click();
  await page.getByLabel('Name').fill('desk');
  await page.getByLabel('Telephone number of the place').fill('+82 2 6200 6100');
  await page.getByRole('button', { name: 'Add' }).click();
  const shown = (label: string) => page.locator(`[data-value="${label}"]`).textContent();
  const [username, secret] = [await shown('Account'), await shown('Secret')];
  const phone = await world.lab.phone({ username: username ?? '', secret: secret ?? '', id });
  expect((await phone.register()).status).toBe(200);
  return phone;
}

/** The code that the exchange speaks to a telephone, which picks up by itself: as the call's order has it, and as it is heard. */
async function spokenCode(
  gateway: LabRole,
): Promise<{ readonly code: string; readonly heard: Promise<string> }> {
  const arrived = await gateway.incoming();
  const { rows } = await world.records.client.query<{ id: string; code: string }>(
    `SELECT call_id AS id, wish ->> 'digits' AS code FROM call_order WHERE state = 'taken' ORDER BY id DESC LIMIT 1`,
  );
  const { id = '', code = '' } = rows[0] ?? {};
  const spoken = spokenIn(id, arrived.ended({ within: SPOKEN_MS }));
  const digits = (names: readonly string[]) => names.flatMap((name) => /digit-(\d)$/.exec(name)?.[1] ?? []);
  return { code, heard: spoken.then((names) => digits(names).join('')) };
}

/** How long ago the newest payment was, by the database's clock: from paid to ringing in under a minute, with all that he types. */
async function secondsSincePaid(): Promise<number> {
  const { rows } = await world.records.client.query<{ seconds: number }>(
    `SELECT extract(epoch FROM now() - max(at))::float AS seconds FROM order_move WHERE to_state = 'paid'`,
  );
  return rows[0]?.seconds ?? Number.NaN;
}

async function isCalled(phone: LabPhone, number: string): Promise<void> {
  const { call, arrived } = await ringing(world.phoneA, phone, number);
  expect(await secondsSincePaid()).toBeLessThan(60);
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
    await page.getByRole('button', { name: 'Reserve it for me' }).dblclick();
    await fillRequest(page, 'Full name', 'Ann Lee');
    await page.getByText('Your request is being looked at').waitFor();
    await picture(page, 'shop-wait-360-light');
    await approve('looks right');
    await payByCard(page);
    await looks(page, 'shop-order-done');
    const number = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    const phone = await connectTelephone(page);
    await isCalled(phone, number);
  });

  test('given_his_own_telephone_when_it_is_called_and_the_code_typed_then_it_becomes_his_number_without_an_operator', async () => {
    const page = await browser.open('/');
    await signUp(page, address('bora'));
    await page.goto('/shop/personal?country=KR');
    await page.getByLabel('Your telephone number').fill(OWN);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('link', { name: /^Take it:/ }).click();
    await fillBilling(page, 'South Korea');
    await page.getByRole('button', { name: 'See the exact price' }).click();
    await page.getByRole('button', { name: 'Reserve it for me' }).click();
    await fillRequest(page, 'Full name', 'Bora Kim');
    const spoken = spokenCode(world.lab.role('gw-kr'));
    await page.getByRole('button', { name: 'Call me now' }).dblclick();
    await page.getByLabel('Digit of the code').first().waitFor();
    const { code, heard } = await spoken;
    // Asterisk does not tell two equal digits in a row apart.
    const once = code.replace(/(\d)\1+/g, '$1');
    expect((await heard).startsWith(once)).toBe(true);
    await page.getByLabel('Digit of the code').first().click();
    await page.keyboard.type(code);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await payByCard(page);
    const phone = await connectTelephone(page, 'own');
    await isCalled(phone, OWN);
  });

  test('given_a_stranger_when_buying_a_company_number_then_the_companys_telephone_takes_a_real_call', async () => {
    const page = await browser.open('/');
    await signUp(page, address('carol'));
    await page.goto('/shop/company?country=KR');
    await page.getByLabel('Digits or a word').fill('84??84??');
    await page.getByRole('button', { name: 'Search' }).click();
    await page
      .getByRole('link', { name: /^Take it: 84/ })
      .first()
      .click();
    await fillBilling(page, 'South Korea');
    await page.getByRole('button', { name: 'See the exact price' }).click();
    await page.getByRole('button', { name: 'Reserve it for me' }).click();
    await fillRequest(page, 'Company’s name', 'Carol Ltd.');
    await page.getByText('Your request is being looked at').waitFor();
    await approve('a good company');
    await payByCard(page);
    const number = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    const phone = await connectTelephone(page, 'firm');
    await isCalled(phone, number);
  });
});
