import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible, looks, withBrowser } from '../../e2e/support/browser.js';
import { byKeys, go, oneByOne, payingAt, pressMore } from '../../e2e/support/pressing.js';
import { addAccount } from '../../support/accounts.js';
import { type SignedIn, signIn } from '../../support/http-client.js';
import {
  companyWish,
  formOf,
  idWish,
  must,
  type OrderBody,
  ownWish,
  ShopWorld,
} from '../sales/shop-world.js';

const PASSWORD = 'correct horse battery';

describe("the shop's pages", () => {
  let world: ShopWorld;
  const browser = withBrowser();
  let buyers = 0;
  beforeAll(async () => {
    world = await ShopWorld.open();
  });
  afterAll(() => world.close());

  /** Somebody new, on the page and over REST. */
  const buyer = async (role: 'member' | 'company-admin' = 'member') => {
    const email = `pages-${++buyers}@example.com`;
    await addAccount(world.db, email, PASSWORD, [role]);
    const who = await signIn(world.web.url, email, PASSWORD);
    const page = await browser.open('about:blank', {
      url: world.web.url,
      ...who.cookie,
      prepared: payingAt(world.web.url),
    });
    return { page, who };
  };
  const ordered = async (who: SignedIn, wish: object) => must(await world.ask('POST /v1/orders', wish, who));
  const step = async (who: SignedIn, { id }: OrderBody, what: string, body: object = {}) =>
    must(await world.ask(`POST /v1/orders/${id}/${what}`, body, who));
  const openOrder = (page: Page, { id }: OrderBody) => page.goto(`/shop/orders/${id}`);

  test('given_a_vanity_pattern_when_searched_then_a_taken_number_says_why_and_what_is_near', async () => {
    const { page, who } = await buyer();
    await step(who, await ordered(who, companyWish('62006200')), 'hold');
    await page.goto('/shop/company?country=KR');
    await page.getByLabel('Digits or a word').fill('62006200');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('6200-6200#082 cannot be had').waitFor();
    await page.getByText('Near to it and free').waitFor();
    await looks(page, 'shop-company-taken');
    await page.getByLabel('Digits or a word').fill('62??62??');
    await page.getByRole('button', { name: 'Search' }).click();
    await page
      .getByRole('link', { name: /^Take it: 620/ })
      .first()
      .waitFor();
    await page.goBack();
    await page.getByText('6200-6200#082 cannot be had').waitFor();
  });

  test('given_a_double_click_when_ordering_then_there_is_one_order_and_back_leads_to_the_search', async () => {
    const { page, who } = await buyer();
    await page.goto('/shop/company?country=KR&pattern=71117111');
    await page
      .getByRole('link', { name: /^Take it: 7111-7111/ })
      .first()
      .click();
    await page.getByLabel('Name').fill('Acme');
    await page.getByLabel('Street and house').fill('1 Road');
    await page.getByLabel('Postcode').fill('04524');
    await page.getByLabel('City').fill('Seoul');
    await page.getByRole('button', { name: 'See the exact price' }).dblclick();
    await page.getByRole('button', { name: 'Reserve it for me' }).waitFor();
    await looks(page, 'shop-quoted');
    const { body } = await world.ask('GET /v1/orders', undefined, who);
    expect((body as { items: unknown[] }).items).toHaveLength(1);
    await page.goBack();
    await page.getByRole('heading', { name: 'Your company’s number' }).waitFor();
    await page.goForward();
    await page.getByRole('button', { name: 'Reserve it for me' }).waitFor();
  });

  test('given_no_mouse_when_buying_from_the_search_to_the_payment_then_a_declined_card_may_be_tried_again_and_the_number_is_his', async () => {
    const { page, who } = await buyer();
    const keys = byKeys(page);
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
    await page.goto('/shop/company?country=KR');
    await page.getByLabel('Digits or a word').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor({ state: 'attached' });
    await keys.type(page.getByLabel('Digits or a word'), 'sales24?');
    await page.getByText('SALES24? is dialled as 7253724?').waitFor();
    await page.keyboard.press('Enter');
    await keys.press(page.getByRole('link', { name: /^Take it: 7253-724/ }).first());
    for (const [label, text] of [
      ['Name', 'Acme'],
      ['Street and house', '1 Road'],
      ['Postcode', '04524'],
      ['City', 'Seoul'],
    ] as const)
      await keys.type(page.getByLabel(label), text);
    await keys.press(button('See the exact price'));
    await keys.press(button('Reserve it for me'));
    await keys.type(page.getByLabel('Company’s name'), 'Acme');
    await keys.press(button('Send the request'));
    // Above the button stands what is missing, and has the focus.
    await page.locator('[role=alert]:focus').getByText('This has to be accepted.').first().waitFor();
    await expectAccessible(page);
    for (const box of await page.getByRole('checkbox').all()) await keys.press(box, 'Space');
    await keys.press(button('Send the request'));
    await page.getByText('Your request is being looked at').waitFor();
    const [order] = (
      (await world.ask('GET /v1/orders', undefined, who)).body as { items: readonly OrderBody[] }
    ).items;
    const id = order?.id ?? '';
    must(await world.ask(`POST /v1/shop/approvals/${id}/approval`, { reason: 'fine' }, world.operator));
    await keys.press(button(/^Take it for/));
    await keys.press(button('Pay by card'));
    await keys.press(button('Decline'));
    await page.getByText('Declined', { exact: true }).waitFor();
    // The way back is PUBLIC_URL's, which is another port here.
    await page.goto(`/shop/orders/${id}`);
    await keys.press(button('Pay by card'));
    await keys.press(button('Pay'));
    await page.getByText('Paid', { exact: true }).waitFor();
    await world.drain();
    await page.goto(`/shop/orders/${id}`);
    await page.getByRole('heading', { name: /^7253-724.#082 is yours$/ }).waitFor();
    expect((await world.order(id, who)).payments.map(({ state }) => state).sort()).toEqual([
      'captured',
      'failed',
    ]);
  });

  test('given_two_tabs_when_one_goes_on_then_the_other_follows_and_what_is_pressed_there_is_harmless', async () => {
    const { page, who } = await buyer();
    const order = await ordered(who, companyWish('81118111'));
    await openOrder(page, order);
    const tab = await browser.anotherTab(page, `/shop/orders/${order.id}`);
    await tab.getByRole('button', { name: 'Reserve it for me' }).waitFor();
    await page.getByRole('button', { name: 'Reserve it for me' }).dblclick();
    await page.getByRole('button', { name: 'Send the request' }).waitFor();
    await tab.getByRole('button', { name: 'Send the request' }).waitFor();
    await looks(tab, 'shop-apply');
    await tab.getByRole('button', { name: 'Cancel the order' }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();
    await page.getByText('This order was cancelled').waitFor();
    await tab.getByText('This order was cancelled').waitFor();
  });

  test('given_an_open_page_when_the_operator_rejects_then_it_says_so_and_why_by_itself', async () => {
    const { page, who } = await buyer();
    const order = await ordered(who, idWish('05919'.padEnd(11, '4')));
    await step(who, order, 'hold');
    await step(who, order, 'application', formOf('Ann'));
    await openOrder(page, order);
    await page.getByText('Your request is being looked at').waitFor();
    must(
      await world.ask(
        `POST /v1/shop/approvals/${order.id}/rejection`,
        { reason: 'no such person' },
        world.operator,
      ),
    );
    await page.getByText('Your request was not approved').waitFor();
    await page.getByText('Reason: no such person').waitFor();
    await looks(page, 'shop-rejected');
  });

  test('given_a_held_number_when_its_time_runs_out_on_the_open_page_then_the_page_says_so', async () => {
    const { page, who } = await buyer();
    const order = await ordered(who, companyWish('91119111'));
    await step(who, order, 'hold');
    await world.db.rows(`UPDATE shop_order SET until = now() + interval '3 seconds' WHERE id = $1`, [
      order.id,
    ]);
    await openOrder(page, order);
    await page.getByRole('timer').waitFor({ state: 'attached' });
    await page.getByText('The time for this order is over').waitFor();
    await page.getByRole('link', { name: 'Choose again' }).click();
    await page.getByRole('heading', { name: 'One number for the whole world' }).waitFor();
  });

  test('given_somebody_quicker_when_reserving_then_the_page_says_that_it_is_gone', async () => {
    const { page, who } = await buyer();
    const order = await ordered(who, companyWish('72227222'));
    await openOrder(page, order);
    const other = await buyer();
    await step(other.who, await ordered(other.who, companyWish('72227222')), 'hold');
    await page.getByRole('button', { name: 'Reserve it for me' }).click();
    await page.getByRole('alert').getByText('Somebody was quicker').waitFor();
  });

  const selected = async (who: SignedIn, number: string): Promise<OrderBody> =>
    world.selected(who, companyWish(number));

  test('given_a_card_payment_when_its_message_comes_again_and_again_then_it_is_paid_once', async () => {
    const { page, who } = await buyer();
    const order = await selected(who, '73337333');
    await openOrder(page, order);
    await page.getByRole('button', { name: 'Pay by card' }).dblclick();
    await page.getByRole('button', { name: 'Pay', exact: true }).waitFor();
    await looks(page, 'shop-test-payment');
    await page.getByRole('button', { name: 'Pay', exact: true }).dblclick();
    await page.getByText('Paid', { exact: true }).waitFor();
    const [payment] = await world.db.rows<{ reference: string }>(
      `SELECT t.reference FROM top_up t JOIN order_payment p ON p.top_up_id = t.id WHERE p.order_id = $1`,
      [order.id],
    );
    const told = await world.decided(`/${payment?.reference}`, 'paid');
    for (let again = 0; again < 2; again++) expect((await world.tell(told)).status).toBe(200);
    await world.drain();
    await openOrder(page, order);
    await page.getByRole('heading', { name: '7333-7333#082 is yours' }).waitFor();
    expect((await world.order(order.id, who)).payments).toHaveLength(1);
    expect(await world.books()).toEqual({ sum: '0', held: '0' });
  });

  test('given_a_payment_after_the_time_when_it_comes_then_the_page_says_that_the_order_is_over', async () => {
    const { page, who } = await buyer();
    const order = await selected(who, '74447444');
    await openOrder(page, order);
    await page.getByRole('button', { name: 'Pay by card' }).click();
    await page.getByRole('button', { name: 'Pay', exact: true }).waitFor();
    await world.db.rows(`UPDATE shop_order SET until = now() - interval '1 second' WHERE id = $1`, [
      order.id,
    ]);
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByText('Paid', { exact: true }).waitFor();
    await world.drain();
    await openOrder(page, order);
    await page.getByText('The time for this order is over').waitFor();
    expect((await world.books()).sum).toBe('0');
  });

  test('given_an_unproved_telephone_when_applied_for_then_the_page_offers_the_call', async () => {
    const { page, who } = await buyer();
    const order = await ordered(who, ownWish('+82262001234'));
    await step(who, order, 'hold');
    await step(who, order, 'application', { ...formOf('Ann'), contact: '+82262001234' });
    await openOrder(page, order);
    await page.getByRole('button', { name: 'Call me now' }).waitFor();
    await looks(page, 'shop-prove');
  });

  test('given_lists_longer_than_a_page_when_more_is_pressed_then_the_next_come', async () => {
    const { page, who } = await buyer();
    for (const number of ['75557551', '75557552']) await ordered(who, companyWish(number));
    await world.db.rows(
      `INSERT INTO goods (id, kind, title, body) VALUES ('adapter', 'ata', '{"en":"Adapter"}', '{"en":"Text"}')`,
    );
    await world.db.rows(`INSERT INTO goods_price VALUES ('adapter', 'KR', 'USD', 1000000)`);
    await page.goto('/shop/orders');
    await oneByOne(page, /^\/v1\/(orders|shop\/(goods|numbers))$/);
    await go(page, '/shop/terminals?country=KR');
    await pressMore(page, page.getByRole('article'));
    await go(page, '/shop/company?country=KR&pattern=66??66??');
    await pressMore(page, page.getByRole('link', { name: /^Take it: 66/ }));
    await page.goto('/shop/orders');
    await pressMore(page, page.locator('main li'));
    await looks(page, 'shop-orders');
  });

  test('given_too_many_questions_when_refused_then_the_page_says_so_and_tries_again_on_demand', async () => {
    const { page } = await buyer();
    let refused = 0;
    await page.route('**/v1/shop/catalogue*', (route) => {
      if (refused++ > 0) return route.continue();
      const problem = { status: 429, code: 'request.too-many', title: 'x', detail: 'x', retry: 'safe' };
      return route.fulfill({ status: 429, contentType: 'application/problem+json', json: problem });
    });
    await page.goto('/shop/personal?country=KR');
    await page.getByRole('alert').getByText('Too many requests.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Your telephone number').waitFor();
  });

  test('given_a_basket_when_ordered_then_the_goods_are_held_and_to_be_paid', async () => {
    const { page } = await buyer();
    await world.db.rows(`INSERT INTO goods_piece (serial, goods_id) VALUES ('001122334455', 'desk-phone')`);
    await page.goto('/shop/terminals?country=KR');
    await page.getByLabel('How many: Desk telephone').fill('1');
    await looks(page, 'shop-terminals');
    await page.getByRole('button', { name: 'Order these' }).click();
    await page.getByText('1 × Desk telephone').waitFor();
    await page.getByLabel('Name').fill('Ann');
    await page.getByLabel('Street and house').fill('1 Road');
    await page.getByLabel('Postcode').fill('04524');
    await page.getByLabel('City').fill('Seoul');
    await page.getByLabel('Telephone for the courier').fill('+82 2 6200 6200');
    await page.getByRole('button', { name: 'Order', exact: true }).dblclick();
    await page.getByRole('button', { name: 'Pay by card' }).waitFor();
    await looks(page, 'shop-goods-order');
  });
});
