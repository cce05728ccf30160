import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { looks, withBrowser } from '../../e2e/support/browser.js';
import { go, oneByOne, pressMore } from '../../e2e/support/pressing.js';
import type { SignedIn } from '../../support/http-client.js';
import { formOf, goodsWish, idWish, must, type OrderBody, ShopWorld } from '../sales/shop-world.js';

describe("what the operator's pages of the shop do when pressed", () => {
  let world: ShopWorld;
  const browser = withBrowser();
  beforeAll(async () => {
    world = await ShopWorld.open();
  });
  afterAll(() => world.close());

  const open = (path: string, who: SignedIn) => browser.open(path, { url: world.web.url, ...who.cookie });
  const confirm = (page: Page, name: string) =>
    page.getByRole('dialog').getByRole('button', { name }).click();
  const read = async <T>(path: string): Promise<T> =>
    (await world.ask(`GET ${path}`, undefined, world.operator)).body as T;
  const saved = (page: Page) => page.getByText('Saved.').last().waitFor();

  test('given_goods_when_taken_in_packed_shipped_and_paid_back_by_the_operator_then_each_is_done', async () => {
    const serials = ['001122334455', '001122334466'];
    const page = await open('/ops/stock', world.operator);
    await page
      .getByLabel('CSV')
      .fill(`goods,serial\ndesk-phone,${serials[0]}\ndesk-phone,${serials[1]}\ndesk-phone,nonsense`);
    await page.getByRole('button', { name: 'Take in' }).click();
    await page.getByText('2 pieces are new.').waitFor();
    await page.getByText(/^4: a MAC address/).waitFor();
    await looks(page, 'ops-stock');
    expect(await world.db.rows('SELECT serial FROM goods_piece')).toHaveLength(2);

    const paid = async (): Promise<OrderBody & { readonly who: SignedIn }> => {
      const { who } = await world.buyer();
      const order = must(await world.ask('POST /v1/orders', goodsWish(1), who));
      await world.fill(order.id, 1_000_000_000n);
      return {
        ...must(await world.ask(`POST /v1/orders/${order.id}/payments`, { method: 'wallet' }, who)),
        who,
      };
    };
    const state = async ({ id, who }: { id: string; who: SignedIn }) => (await world.order(id, who)).state;
    const sent = await paid();
    await page.goto('/ops/orders?kind=goods&state=paid');
    await page.getByRole('link', { name: '1 × Desk telephone' }).click();
    await page.getByLabel('goods,serial — one a line').fill('desk-phone,ffffffffffff');
    await page.getByRole('button', { name: 'Packed' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('goods,serial — one a line').fill(`desk-phone,${serials[0]}`);
    await page.getByRole('button', { name: 'Packed' }).click();
    await page.getByLabel('Carrier').fill('Post');
    expect(await state(sent)).toBe('packed');
    await page.getByLabel('Tracking number').fill('RR1');
    await looks(page, 'ops-order-packed');
    await page.getByRole('button', { name: 'Shipped' }).click();
    await page.getByRole('button', { name: 'Delivered' }).waitFor();
    expect(await state(sent)).toBe('shipped');
    await page.getByRole('button', { name: 'Delivered' }).click();
    await page.getByRole('button', { name: 'Delivered' }).waitFor({ state: 'detached' });
    expect(await state(sent)).toBe('delivered');

    const back = await paid();
    await page.goto(`/ops/orders/${back.id}`);
    await page.getByRole('button', { name: 'Give the money back' }).click();
    await page.getByLabel('Reason').fill('not in stock');
    await confirm(page, 'Give the money back');
    await page.getByText('not in stock').waitFor();
    await world.drain();
    expect(await state(back)).toBe('refunded');

    // What was delivered may be sent back: refused once, then taken in again.
    const theirs = await open(`/shop/orders/${sent.id}`, sent.who);
    const sendBack = async () => {
      await theirs.getByRole('button', { name: 'Send it back' }).click();
      await theirs.getByRole('dialog').getByLabel('Reason').fill('too loud');
      await confirm(theirs, 'Send it back');
      await theirs.getByRole('button', { name: 'Send it back' }).waitFor({ state: 'detached' });
      expect(await state(sent)).toBe('return-asked');
    };
    await sendBack();
    await go(page, `/ops/orders/${sent.id}`);
    await page.getByRole('button', { name: 'Refuse the return' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('it is used');
    await confirm(page, 'Refuse the return');
    await page.getByText('it is used').waitFor();
    expect(await state(sent)).toBe('delivered');
    await theirs.reload();
    await sendBack();
    await page.reload();
    await page.getByText('too loud').first().waitFor();
    await looks(page, 'ops-order-return');
    await page.getByRole('button', { name: 'Came back' }).click();
    await page.getByRole('button', { name: 'Came back' }).waitFor({ state: 'detached' });
    expect(await state(sent)).toBe('refunded');
    expect((await world.books()).sum).toBe('0');
  });

  test('given_the_catalogue_when_words_and_prices_are_changed_then_the_shop_says_and_charges_them', async () => {
    interface Sold {
      readonly products: readonly {
        id: string;
        title: string;
        prices: { tier: string; monthly: string }[];
      }[];
    }
    const sold = async (id: string) =>
      (await read<Sold>('/v1/shop/catalogue?lang=ko')).products.find((product) => product.id === id);
    const page = await open('/ops/catalogue', world.operator);
    const edit = page.getByRole('button', { name: 'Edit: A number' });
    await edit.last().click();
    await page.getByLabel('Ordinary: Month').fill('4.50');
    await page.getByLabel('Easy to remember: Once').fill('much');
    await page.getByRole('tab', { name: '한국어' }).click();
    await page.getByLabel('Title').fill('회사 대표 번호');
    await looks(page, 'ops-catalogue');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Easy to remember: Once').fill('55');
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    expect(await sold('vns-kr')).toMatchObject({
      title: '회사 대표 번호',
      prices: [{ tier: 'plain', monthly: '4.50' }, { tier: 'fine', setup: '55.00' }, {}],
    });
    const goods = async () =>
      (await read<{ items: { id: string; price: string }[] }>('/v1/shop/goods?country=KR')).items;
    await page.getByRole('button', { name: 'Edit: Desk telephone' }).click();
    await page.getByLabel('South Korea (USD)').fill('60');
    await page.getByRole('switch', { name: 'On sale' }).press('Space');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('not on sale').waitFor();
    expect(await goods()).toEqual([]);
    await page.getByRole('button', { name: 'Edit: Desk telephone' }).click();
    await page.getByRole('switch', { name: 'On sale' }).press('Space');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('not on sale').waitFor({ state: 'detached' });
    expect(await goods()).toMatchObject([{ id: 'desk-phone', price: '60.00' }]);
  });

  test('given_a_text_when_written_in_two_languages_then_its_preview_and_the_first_page_show_it_until_it_is_removed', async () => {
    const page = await open('/ops/texts', world.operator);
    const fresh = page.getByRole('region', { name: 'Another text' });
    await fresh.getByLabel('Short name').fill('why-us');
    await fresh.getByLabel('Place').fill('0');
    await fresh.getByLabel('Title').fill('Why us');
    await fresh.getByRole('textbox', { name: /^Text/ }).fill('Because it rings.');
    await fresh.getByRole('tab', { name: '한국어' }).click();
    await fresh.getByLabel('Title').fill('왜 우리인가');
    await fresh.getByText('Because it rings.').last().waitFor();
    await fresh.getByRole('radiogroup', { name: 'Preview in' }).getByText('한국어').click();
    await fresh.locator('[data-preview]').getByRole('heading', { name: '왜 우리인가' }).waitFor();
    await looks(page, 'ops-texts');
    const put = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await fresh.getByRole('button', { name: 'Save' }).click();
    expect((await put).status()).toBe(204);
    const written = page.getByRole('region', { name: 'Why us', exact: true }).first();
    await written.waitFor();
    await go(page, '/');
    await page.getByRole('heading', { name: 'Why us' }).waitFor();
    await go(page, '/ops/texts');
    await written.getByRole('button', { name: 'Remove' }).click();
    await confirm(page, 'Remove');
    await written.waitFor({ state: 'detached' });
    const { info } = await read<{ info: { id: string }[] }>('/v1/shop/catalogue');
    expect(info.map(({ id }) => id)).toEqual(['what']);
  });

  test('given_rules_times_and_reserved_numbers_when_changed_then_requests_are_decided_by_them', async () => {
    const page = await open('/ops/rules', world.operator);
    await page.getByRole('button', { name: 'Add a rule' }).click();
    const rule = page.getByRole('article', { name: 'Rule 4' });
    const choose = async (name: string, option: string) => {
      await rule.getByRole('combobox', { name, exact: true }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    await choose('Decision', 'reject');
    await choose('Number', 'issued by us');
    await rule.getByLabel('Digits, at least').fill('11');
    await rule.getByLabel('Reason').fill('no more of these');
    for (const place of [4, 3, 2]) await page.getByRole('button', { name: `Earlier: rule ${place}` }).click();
    await looks(page, 'ops-rules');
    await page.getByRole('button', { name: 'Save all rules' }).click();
    await saved(page);
    const buyer = await world.buyer();
    const order = must(await world.ask('POST /v1/orders', idWish('05919'.padEnd(11, '5')), buyer.who));
    must(await world.ask(`POST /v1/orders/${order.id}/hold`, {}, buyer.who));
    expect(
      must(await world.ask(`POST /v1/orders/${order.id}/application`, formOf('Ann'), buyer.who)),
    ).toMatchObject({ state: 'rejected', reason: 'no more of these' });
    await page.getByRole('button', { name: 'Remove rule 1' }).click();
    const put = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await page.getByRole('button', { name: 'Save all rules' }).click();
    expect((await put).status()).toBe(200);
    await page.getByRole('article', { name: 'Rule 4' }).waitFor({ state: 'detached' });
    expect((await read<{ rules: object[] }>('/v1/shop/rules')).rules).toMatchObject([
      { position: 10, tier: 'premium' },
      { position: 20 },
      { position: 30 },
    ]);
    await page.getByLabel('A reservation (minutes)').fill('25');
    // Its button is off while it is sent, too: what was asked is done when it is answered.
    const set = page.waitForResponse((answer) => answer.url().endsWith('/v1/shop/settings/holdMinutes'));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    expect((await set).status()).toBe(200);
    expect(await read('/v1/shop/settings')).toMatchObject({ holdMinutes: 25 });

    // Loaded anew: what was told of the page before would lie over this one's head.
    await page.goto(new URL('/ops/reserved-numbers', page.url()).href);
    await page.getByLabel('Number or its beginning').fill('7777*');
    await page.getByLabel('Reason').fill('for a friend');
    await page.getByRole('button', { name: 'Reserve it' }).click();
    await page.getByText(/for a friend/).waitFor();
    // What was said of the page before stands over the account's button for a while.
    await page.getByText('Saved.').first().waitFor({ state: 'detached' });
    await looks(page, 'ops-reserved');
    const free = async () =>
      (await read<{ available: boolean }>('/v1/shop/numbers/availability?product=vns-kr&number=77771234'))
        .available;
    expect(await free()).toBe(false);
    await page.getByRole('button', { name: 'Sell it again' }).click();
    await confirm(page, 'Sell it again');
    await page.getByText('Every number is sold').waitFor();
    expect(await free()).toBe(true);
  });

  test('given_lists_longer_than_a_page_when_more_is_pressed_then_the_next_come', async () => {
    for (const [at, number] of ['05919555551', '05919555552'].entries()) {
      const { who } = await world.buyer();
      const order = must(await world.ask('POST /v1/orders', idWish(number), who));
      must(await world.ask(`POST /v1/orders/${order.id}/hold`, {}, who));
      must(await world.ask(`POST /v1/orders/${order.id}/application`, formOf(`Ann ${at}`), who));
      const reserved = { pattern: `888${at}*`, reason: 'kept' };
      must(await world.ask('POST /v1/shop/reserved-numbers', reserved, world.operator));
    }
    const page = await open('/account', world.operator);
    await oneByOne(page, /^\/v1\/shop\/(orders|approvals|products|reserved-numbers)$/);
    await go(page, '/ops/approvals');
    await pressMore(page, page.getByRole('article'));
    await go(page, '/ops/orders');
    await pressMore(page, page.locator('main tr'));
    await looks(page, 'ops-orders');
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'being looked at' }).click();
    await page.getByRole('cell', { name: 'being looked at' }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('state')).toBe('awaiting-approval');
    await go(page, '/ops/catalogue');
    await pressMore(page, page.getByRole('article', { name: /^A number/ }));
    await go(page, '/ops/reserved-numbers');
    await pressMore(page, page.locator('main tr'));
  });
});
