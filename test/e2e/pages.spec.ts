import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  expectAccessible,
  looks,
  operator,
  picture,
  settled,
  signInOn,
  withBrowser,
} from './support/browser.js';
import { ExchangeProcess } from './support/exchange-process.js';
import { go } from './support/pressing.js';

describe('the pages', () => {
  const exchange = new ExchangeProcess();
  const browser = withBrowser();
  beforeAll(() => exchange.start());
  afterAll(() => exchange.stop());

  test('given_an_operator_when_signing_in_then_the_page_knows_him_also_after_a_reload_and_until_he_signs_out', async () => {
    const page = await browser.open('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await signInOn(page, operator().email, operator().password);
    await page.reload();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByText(operator().email).waitFor();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  });

  test('given_a_wrong_password_when_signing_in_then_the_page_says_so_in_the_readers_language', async () => {
    const page = await browser.open('/sign-in', { language: 'ko-KR' });
    await page.getByLabel('이메일 주소').fill(operator().email);
    await page.getByLabel('비밀번호').first().fill('not the password');
    await page.getByRole('button', { name: '로그인' }).click();
    await page.getByRole('alert').getByText('이메일 주소와 비밀번호가 맞지 않습니다.').waitFor();
    await expectAccessible(page);
  });

  test('given_each_size_and_each_colours_when_the_first_page_and_the_sign_in_are_shown_then_nothing_is_inaccessible', async () => {
    const page = await browser.open('/');
    for (const path of ['/', '/sign-in']) {
      if (path !== '/') await go(page, path);
      await settled(page);
      for (const [width, height] of [
        [360, 740],
        [1440, 900],
      ] as const) {
        await page.setViewportSize({ width, height });
        for (const colours of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme: colours });
          await expectAccessible(page, colours === 'dark' ? 'contrast only' : 'all');
          await picture(page, `${path === '/' ? 'home' : 'sign-in'}-${width}-${colours}`);
        }
      }
    }
  });

  test('given_the_first_page_when_a_word_is_typed_then_its_digits_and_price_are_there_at_once_and_free_numbers_one_press_away', async () => {
    const page = await browser.open('/?country=KR');
    await page.getByRole('button', { name: 'Company' }).click();
    await page.getByText(/^From ₩30,000 once, then ₩10,000 a month$/).waitFor();
    await page.getByLabel('Digits or a word').fill('call?24?');
    await page.getByText('CALL?24? is dialled as 2255?24?').waitFor();
    await page.getByRole('button', { name: 'See whether it is free' }).click();
    await page
      .getByRole('link', { name: /^Take it: 2255/ })
      .first()
      .waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.goBack();
    await page.getByLabel('Country').selectOption('JP');
    await page.getByText(/^From ¥1,000 once, then ¥300 a month$/).waitFor();
  });

  test('given_a_stranger_when_looking_what_calls_cost_then_the_prices_are_in_the_money_of_his_country', async () => {
    const page = await browser.open('/shop/tariff?country=KR');
    await page.getByText('Calls to other Anydial numbers are free.').waitFor();
    await page.getByLabel('Number or prefix').fill('+81');
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.getByText(/^\+81: .*Japan/).waitFor();
    await page.getByText(/₩.* a minute/).waitFor();
    await looks(page, 'shop-tariff');
    await page.getByLabel('Country').selectOption('US');
    await page.getByRole('cell', { name: /^\$/ }).first().waitFor();
    await go(page, '/about/terms');
    await page.getByRole('heading', { name: 'Terms of service' }).waitFor();
    await page.getByText(/A number is yours as long as its fee is paid/).waitFor();
  });

  test('given_a_choice_of_colours_and_language_when_coming_back_then_it_is_kept', async () => {
    const page = await browser.open('/', { width: 1440 });
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: '日本語' }).click();
    await page.getByRole('heading', { level: 1, name: '世界でひとつの番号' }).waitFor();
    const later = await browser.anotherTab(page, '/');
    await later.getByRole('heading', { level: 1, name: '世界でひとつの番号' }).waitFor();
    expect(await later.locator('html').getAttribute('lang')).toBe('ja');
    expect(await later.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    await expectAccessible(later);
  });

  test('given_a_path_that_is_no_page_when_opened_then_the_page_says_so', async () => {
    const page = await browser.open('/nothing/here');
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  });
});
