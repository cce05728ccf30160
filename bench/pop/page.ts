import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BenchCentre } from './world.js';

export interface Shown {
  /** After the decision, in milliseconds. */
  readonly sentMs: number;
  readonly paintedMs: number;
}

/** The agent's page in a real Chromium, and a second listener of the same account in this process. */
export async function openPage(url: string, centre: BenchCentre) {
  const home = mkdtempSync(join(tmpdir(), 'anydial-pop-'));
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home },
  });
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator('input[type=email]').fill(centre.email);
  await page.locator('input[type=password]').fill(centre.password);
  await page.locator('form button[type=submit]').click();
  await page.locator('header [data-account]').waitFor();
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const heard = await listen(url, cookie);
  const listening = page.waitForResponse((answer) => answer.url().includes('/v1/events'));
  await page.goto('/desk');
  await listening;
  await page.getByRole('heading', { name: 'Customers' }).waitFor();
  return {
    shows: async (ring: number): Promise<Shown> => {
      const visit = await centre.visit(ring, 'ringing');
      const { name } = centre.customers[ring % centre.customers.length] ?? { name: '' };
      await page.evaluate(WATCH, { call: visit.callId, name });
      const sent = heard.next(visit.callId);
      const at = centre.tell(visit);
      const paintedAt = Number(await page.evaluate('window.painted'));
      const sentAt = await sent;
      centre.tell(await centre.visit(ring, 'ended'));
      await page.locator(`[data-call="${visit.callId}"][data-stage=ended]`).waitFor();
      return { sentMs: sentAt - at, paintedMs: paintedAt - at };
    },
    close: async () => {
      heard.leave();
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Resolves in the frame after the one in which the call and its customer's name were put on the page. */
const WATCH = ({ call, name }: { call: string; name: string }): void => {
  const page = globalThis as unknown as {
    painted: Promise<number>;
    document: { querySelector(selector: string): { textContent: string | null } | null; body: object };
    MutationObserver: new (
      tell: () => void,
    ) => { observe(body: object, what: object): void; disconnect(): void };
    requestAnimationFrame(draw: () => void): void;
  };
  page.painted = new Promise((resolve) => {
    const observer = new page.MutationObserver(() => {
      const rings = page.document.querySelector(`[data-call="${call}"]`) !== null;
      const customer = page.document.querySelector('[data-customer] h2')?.textContent;
      if (!rings || customer !== name) return;
      observer.disconnect();
      page.requestAnimationFrame(() => page.requestAnimationFrame(() => resolve(Date.now())));
    });
    observer.observe(page.document.body, { childList: true, subtree: true, characterData: true });
  });
};

/** Times at which a plain listener has the message of a call that rings. */
async function listen(url: string, cookie: string) {
  const leaving = new AbortController();
  const answer = await fetch(`${url}/v1/events?topics=desk`, { headers: { cookie }, signal: leaving.signal });
  if (answer.body === null || !answer.ok) throw new Error(`events: ${answer.status}`);
  const wanted = new Map<string, (at: number) => void>();
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(part, { stream: true });
      const at = Date.now();
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const message of whole)
        for (const [callId, tell] of wanted)
          if (message.includes(callId)) {
            wanted.delete(callId);
            tell(at);
          }
    }
  };
  read().catch(() => undefined);
  return {
    next: (callId: string) => new Promise<number>((resolve) => wanted.set(callId, resolve)),
    leave: () => leaving.abort(),
  };
}
