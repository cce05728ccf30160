import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { planRun } from '../../../src/billing/invoices/invoice-runs.service.js';
import { billAccount } from '../../../src/billing/invoices/invoicing.service.js';
import { addSubscription } from '../../../src/billing/invoices/subscriptions.service.js';
import { makeVouchers } from '../../../src/billing/top-ups/vouchers.service.js';
import { money } from '../../../src/kernel/money.js';
import { looks, picture, settled, withBrowser } from '../../e2e/support/browser.js';
import { go, oneByOne, payingAt, pressMore } from '../../e2e/support/pressing.js';
import type { SignedIn } from '../../support/http-client.js';
import { companyWish, must, ShopWorld, USD } from '../sales/shop-world.js';

describe('what the pages of buyers and of the operator do when pressed', () => {
  let world: ShopWorld;
  const browser = withBrowser();
  beforeAll(async () => {
    world = await ShopWorld.open();
  });
  afterAll(() => world.close());

  const open = (path: string, who: SignedIn) =>
    browser.open(path, { url: world.web.url, ...who.cookie, prepared: payingAt(world.web.url) });
  const confirm = (page: Page, name: string) =>
    page.getByRole('dialog').getByRole('button', { name }).click();
  const emailOf = async (id: string) =>
    (await world.db.rows<{ email: string }>('SELECT email FROM user_account WHERE id = $1', [id]))[0]
      ?.email ?? '';
  const items = async <T>(path: string, who: SignedIn): Promise<readonly T[]> =>
    (must(await world.ask(`GET ${path}`, undefined, who)) as unknown as { items: T[] }).items;
  const contract = async (who: SignedIn) => (await items<{ state: string }>('/v1/number-contracts', who))[0];
  /** A company's number, paid and working. */
  async function sold(number: string) {
    const buyer = await world.buyer();
    const { id } = await world.selected(buyer.who, companyWish(number));
    const account = await world.fill(id, 100_000_000n);
    must(await world.ask(`POST /v1/orders/${id}/payments`, { method: 'wallet' }, buyer.who));
    await world.drain();
    return { ...buyer, account };
  }

  test('given_a_number_when_given_up_kept_and_passed_on_by_buttons_then_each_is_done', async () => {
    const { who } = await sold('36001001');
    const next = await world.buyer();
    const page = await open('/member/numbers', who);
    await page.getByRole('button', { name: 'Give it up' }).click();
    await confirm(page, 'Give it up');
    await page.getByText('ends soon').waitFor();
    expect(await contract(who)).toMatchObject({ state: 'ending' });
    await page.getByRole('button', { name: 'Keep it after all' }).click();
    await page.getByText('works', { exact: true }).waitFor();
    expect(await contract(who)).toMatchObject({ state: 'active' });

    const states = async () =>
      (await items<{ state: string }>('/v1/number-transfers', who)).map(({ state }) => state);
    const offer = async () => {
      await page.getByRole('button', { name: 'Pass it on' }).click();
      await page.getByLabel('E-mail address of the new owner').fill(await emailOf(next.id));
      await confirm(page, 'Pass it on');
      await page.getByRole('button', { name: 'Withdraw the offer' }).waitFor();
    };
    await offer();
    await page.getByRole('button', { name: 'Withdraw the offer' }).click();
    await page.getByRole('button', { name: 'Withdraw the offer' }).waitFor({ state: 'detached' });
    expect((await items<{ state: string }>('/v1/number-transfers', who))[0]?.state).not.toBe('offered');
    await offer();
    const theirs = await open('/member/numbers', next.who);
    await theirs.getByLabel('Your full name').fill('New Owner');
    await looks(theirs, 'member-number-offered');
    await theirs.getByRole('button', { name: 'Refuse' }).click();
    await theirs.getByRole('button', { name: 'Refuse' }).waitFor({ state: 'detached' });
    expect(await states()).toEqual(['refused', 'refused']);
    await page.reload();
    await offer();
    await theirs.reload();
    await theirs.getByLabel('Your full name').fill('New Owner');
    await theirs.getByRole('button', { name: 'Take it' }).click();
    await theirs.getByRole('heading', { name: /3600-1001#082/ }).waitFor();
    expect(await contract(next.who)).toMatchObject({ state: 'active' });
    expect(await contract(who)).toMatchObject({ state: 'transferred' });
  });

  test('given_a_wallet_when_filled_by_card_and_voucher_then_the_money_is_there_and_the_bill_can_be_saved', async () => {
    const { who, account } = await sold('36001002');
    const balance = async () =>
      BigInt(
        (
          await world.db.rows<{ micros: string }>(
            'SELECT balance_micros AS micros FROM account_balance WHERE account_id = $1',
            [account],
          )
        )[0]?.micros ?? '0',
      );
    const size = (micros: bigint) => (micros < 0n ? -micros : micros);
    const before = size(await balance());
    const page = await open('/member/wallet', who);
    await page.getByLabel('Amount (USD)').fill('25');
    await page.getByRole('button', { name: 'Fill up by card' }).click();
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByText('Paid', { exact: true }).waitFor();
    await world.drain();
    expect(size(await balance()) - before).toBe(25_000_000n);

    const { codes } = await world.db.inTx((tx) =>
      makeVouchers(tx, {
        about: 'kiosk',
        value: money(10_000_000n, USD),
        count: 1,
        expiresAt: new Date('2036-01-01'),
        createdBy: 'test',
      }),
    );
    await page.goto('/member/wallet');
    await page.getByLabel('Voucher code').fill('0000-0000-0000-0000');
    await page.getByRole('button', { name: 'Redeem' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Voucher code').fill(codes[0] ?? '');
    await page.getByRole('button', { name: 'Redeem' }).click();
    await page.getByText(/10\.00 are in your wallet now/).waitFor();
    expect(size(await balance()) - before).toBe(35_000_000n);

    const second = await world.selected(who, companyWish('36001003'));
    must(await world.ask(`POST /v1/orders/${second.id}/payments`, { method: 'wallet' }, who));
    await world.drain();
    await oneByOne(page, /\/(entries|number-contracts)$/);
    await page.reload();
    await pressMore(page, page.locator('tbody tr'));
    await go(page, '/member/numbers');
    await pressMore(page, page.getByRole('article'));
    await looks(page, 'member-numbers-two');

    // Last month's bill, as if he had been a customer then.
    await world.db.rows(`UPDATE invoice_party SET billed_through = now() - interval '70 days'`);
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    const fee = { about: 'A number', fee: money(3_000_000n, USD), startedOn: daysAgo(70), createdBy: 'test' };
    await world.db.inTx((tx) => addSubscription(tx, { account, memberId: null, ...fee }));
    const day = daysAgo(new Date().getUTCDate());
    const run = await world.db.inTx((tx) => planRun(tx, { sellerId: 'seller-kr', day, askedBy: 'test' }));
    if (!run.ok) throw new Error(run.failure.message);
    await world.db.inTx((tx) => billAccount(tx, run.value, account));
    await page.goto('/member/bills');
    const starts = { PDF: '%PDF-', 'Calls (CSV)': 'line,', XML: '<?xml' };
    for (const [name, start] of Object.entries(starts)) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).first().click(),
      ]);
      expect({ name, text: (await readFile(await file.path(), 'latin1')).slice(0, start.length) }).toEqual({
        name,
        text: start,
      });
    }
  });

  test('given_a_second_country_when_who_answers_there_is_chosen_and_the_wallet_pays_what_it_has_then_both_are_done', async () => {
    const { who } = await sold('36001004');
    const wish = companyWish('36001005', { countries: ['KR', 'US'] });
    const { id } = must(await world.ask('POST /v1/orders', wish, who));
    must(await world.ask(`POST /v1/orders/${id}/hold`, {}, who));
    const page = await open(`/shop/orders/${id}`, who);
    await page.getByLabel('Company’s name').fill('Acme');
    await page.getByRole('combobox', { name: 'In United States' }).click();
    await page.getByRole('option', { name: 'A new telephone there' }).click();
    await page.getByLabel('Name of the telephone in United States').fill('New York desk');
    await page.getByLabel('Telephone number of the place in United States').fill('212');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page
      .getByRole('alert')
      .getByText(/^Say who answers in each country/)
      .waitFor();
    await looks(page, 'shop-apply-branches');
    await page.getByLabel('Telephone number of the place in United States').fill('+1 212 555 0123');
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByRole('button', { name: /^Take it for/ }).click();
    await page.getByRole('button', { name: /from the wallet, the rest by card$/ }).click();
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByText('Paid', { exact: true }).waitFor();
    await world.drain();
    const { payments, price } = await world.order(id, who);
    expect(payments.map(({ state }) => state)).toEqual(['captured', 'captured']);
    const parts = (payments as unknown as { amount: string }[]).map(({ amount }) => Number(amount));
    expect(parts.every((amount) => amount > 0)).toBe(true);
    expect(parts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(Number(price.total), 2);
    expect(await world.db.rows(`SELECT FROM device WHERE label = 'New York desk'`)).toHaveLength(1);
    expect(await world.books()).toEqual({ sum: '0', held: '0' });
  });

  test.each([
    ['ko', '3700'],
    ['ja', '3800'],
  ])(
    'given_a_reader_of_%s_when_the_shop_his_orders_and_his_own_pages_are_shown_then_all_speak_it_within_the_edge',
    async (language, range) => {
      const { id, who } = await sold(`${range}1001`);
      await world.db.rows('UPDATE user_account SET language = $1 WHERE id = $2', [language, id]);
      const ordered = async (number: string, ...steps: readonly (readonly [string, object])[]) => {
        const order = must(await world.ask('POST /v1/orders', companyWish(`${range}${number}`), who));
        for (const [step, body] of steps)
          must(await world.ask(`POST /v1/orders/${order.id}/${step}`, body, who));
        return `/shop/orders/${order.id}`;
      };
      const hold = ['hold', {}] as const;
      const orders = [
        await ordered('1002'),
        await ordered('1003', hold),
        `/shop/orders/${(await world.selected(who, companyWish(`${range}1004`))).id}`,
        await ordered('1005', hold, ['cancellation', {}]),
      ];
      const shop = ['/', '/shop/personal?country=KR', `/shop/company?country=KR&pattern=${range}????`];
      const more = ['/shop/tariff?country=KR', '/shop/terminals?country=KR', '/about/terms', '/shop/orders'];
      const own = ['/member/numbers', '/member/wallet', '/member/prices', '/account'];
      const page = await browser.open('/', { url: world.web.url, language, ...who.cookie });
      const at = { ko: 'shown-ko', ja: 'shown-ja' }[language] ?? '';
      for (const [place, path] of [...shop, ...more, ...orders, ...own].entries()) {
        // From one order to another the page stays, and only what it shows is another.
        await (path.startsWith('/shop/orders/') ? page.goto(path) : go(page, path));
        const name = `${at}-${path.startsWith('/shop/orders/') ? `order-${place}` : path.replaceAll(/\W+/g, '-')}`;
        if (language === 'ko') await looks(page, name);
        else {
          await settled(page);
          await picture(page, name);
        }
      }
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
    },
  );
});
