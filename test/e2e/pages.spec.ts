import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectAccessible, operator, picture, signInOn, withBrowser } from './support/browser.js';
import { ExchangeProcess } from './support/exchange-process.js';

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

  test.each([
    [360, false],
    [360, true],
    [1440, false],
    [1440, true],
  ] as const)('given_%d_pixels_and_dark_%s_when_shown_then_nothing_is_inaccessible', async (width, dark) => {
    const page = await browser.open('/', { width, dark });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);
    await picture(page, `home-${width}-${dark ? 'dark' : 'light'}`);
    await page.goto('/sign-in');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);
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
