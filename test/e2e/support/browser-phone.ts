import type { Locator, Page } from 'playwright-core';

/** The telephone on a page: its line is up. */
export async function lineReady(page: Page): Promise<void> {
  await page.locator('[data-line=ready]').waitFor();
}

/** The card of the only call, in that stage. */
export const callOn = (page: Page, stage: 'dialling' | 'ringing' | 'talking' | 'ended'): Locator =>
  page.locator(`[data-call=${stage}]`);

/** Resolves when the browser hears that tone in what came over the network. */
export async function hearsTone(page: Page, hertz: number): Promise<void> {
  await page.locator(`[data-call=talking][data-heard="${hertz}"]`).waitFor();
}

export async function dialOn(page: Page, typed: string): Promise<void> {
  await page.getByLabel('Number, domain or e-mail address').fill(typed);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
}

/** Echo and noise suppression would take a steady tone for noise. */
export const plainSound = (page: Page): Promise<void> =>
  page.evaluate(`localStorage.setItem('anydial.phone.sound', '{"clean":false}')`);
