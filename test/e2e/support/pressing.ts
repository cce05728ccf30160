import type { Locator, Page } from 'playwright-core';

/** Goes to another page as a link of ours does: the application stays, only the page is another. */
export async function go(page: Page, path: string): Promise<void> {
  // The same page with another query stays where it is.
  const leaves = new URL(path, page.url()).pathname !== new URL(page.url()).pathname;
  await page.evaluate(`(() => {
    if (${leaves}) document.querySelector('main > *')?.setAttribute('data-left', '');
    history.pushState(null, '', ${JSON.stringify(path)});
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  })()`);
  await page.locator('main > [data-left]').waitFor({ state: 'detached' });
}

/** The most that a page of ours has to be tabbed through. */
const MOST_TABS = 90;

/** Presses Tab until that element has the focus, and fails when one cannot see that it has. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < MOST_TABS; presses++) {
    const focus = await target.evaluate((element) => {
      const { document, getComputedStyle } = globalThis as unknown as {
        document: { activeElement: unknown };
        getComputedStyle(of: unknown): { outlineStyle: string };
      };
      if (document.activeElement !== element) return 'elsewhere';
      // Fields show it by their border.
      const field = /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
      return field || getComputedStyle(element).outlineStyle !== 'none' ? 'seen' : 'hidden';
    });
    if (focus === 'seen') return;
    if (focus === 'hidden') throw new Error(`the focus cannot be seen on ${target}`);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** By keys alone: reaches a control and presses it, or types into it. */
export const byKeys = (page: Page) => ({
  press: async (target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> => {
    await tabTo(page, target);
    await page.keyboard.press(key);
  },
  type: async (target: Locator, text: string): Promise<void> => {
    await tabTo(page, target);
    await page.keyboard.type(text);
  },
});

/** From now on each of these lists comes one item at a time, so that two rows are enough for a "Show more". */
export async function oneByOne(page: Page, lists: RegExp): Promise<void> {
  await page.route(
    (url) => lists.test(url.pathname),
    (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const url = new URL(route.request().url());
      url.searchParams.set('limit', '1');
      return route.continue({ url: url.href });
    },
  );
}

/** Presses "Show more" once and waits until there is one more of these. */
export async function pressMore(within: Page | Locator, items: Locator): Promise<void> {
  await items.first().waitFor();
  const before = await items.count();
  await within.getByRole('button', { name: 'Show more' }).first().click();
  await items.nth(before).waitFor();
}

/** The test provider's page is at PUBLIC_URL; a medium test's own app is at another port, and pays there. */
export const payingAt = (url: string) => (page: Page) =>
  page.route('http://127.0.0.1/**', (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ status: 302, headers: { location: url + pathname } });
  });
