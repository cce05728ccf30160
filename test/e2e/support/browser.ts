import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest } from '@jest/globals';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { toneWav } from './tone-wav.js';

export interface Opening {
  /** `http://127.0.0.1:<port>`: PUBLIC_URL of the instance unless told (a medium test's own app). */
  readonly url?: string;
  /** 360 (a small telephone) unless told. */
  readonly width?: 360 | 768 | 1440;
  readonly dark?: boolean;
  /** The browser's language: `en-GB` unless told. */
  readonly language?: string;
  /** `name=value` of a session that was begun over REST: saves the form. */
  readonly cookie?: string;
  /** Done with the tab before it goes there: what it asks for may be answered by the test. */
  readonly prepared?: (page: Page) => Promise<unknown>;
}

export interface Browsing {
  /** A new person's browser (own cookies and storage) with one tab, showing that path. */
  open(path: string, opening?: Opening): Promise<Page>;
  /** Another tab of the same person. */
  anotherTab(page: Page, path: string): Promise<Page>;
}

/**
 * What shows pages only is Chromium without a desktop's windows: a third cheaper (ADR 90). Microphones, cameras and push messages
 * need all of it.
 */
const CHROMIUM = { shell: '/usr/lib/chromium/chromium-headless-shell', whole: '/usr/bin/chromium' } as const;
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A browser phone gets a microphone that hums, and is never asked.
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];
const HEIGHT = { 360: 740, 768: 1024, 1440: 900 } as const;
/** For what a test waits for; nothing waits for time. */
const PATIENCE_MS = 15_000;

/**
 * One Chromium for the tests of a file. Each test fails also for what a page wrote to its console as an error, threw, or
 * asked in vain of our server with a 5xx. Refusals (4xx) are answers: tests that want none look at the page.
 * `hertz`: what the microphone hears, a tone; it beeps now and then unless told. `sees`: what the camera sees (YUV4MPEG2).
 */
export function withBrowser({
  hertz,
  sees,
}: {
  readonly hertz?: number;
  readonly sees?: () => Buffer;
} = {}): Browsing {
  jest.setTimeout(90_000);
  const profile = mkdtempSync(join(tmpdir(), 'anydial-chromium-'));
  let persons: BrowserContext[] = [];
  let complaints: string[] = [];
  let launched: Awaited<ReturnType<typeof chromium.launch>> | undefined;

  beforeAll(async () => {
    launched = await chromium.launch({
      executablePath: CHROMIUM[hertz === undefined && sees === undefined ? 'shell' : 'whole'],
      args: [
        ...ARGUMENTS,
        ...(hertz === undefined ? [] : [singing(profile, hertz)]),
        ...(sees === undefined ? [] : [showing(profile, sees())]),
      ],
      // Its crash reports and settings belong to the test, not to anybody's home.
      env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
    });
  });

  afterEach(async () => {
    await Promise.all(persons.map((person) => person.close()));
    persons = [];
    const said = complaints;
    complaints = [];
    expect(said).toEqual([]);
  });

  afterAll(async () => {
    await launched?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  const watch = (page: Page): void => {
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => complaints.push(`thrown on ${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/the server responded with a status of 4\d\d/.test(message.text())) {
        complaints.push(`console of ${page.url()}: ${message.text()}`);
      }
    });
    page.on('response', (response) => {
      if (response.status() >= 500) complaints.push(`${response.status()} from ${response.url()}`);
    });
  };

  return {
    async open(
      path,
      {
        url = process.env['PUBLIC_URL'] ?? '',
        width = 360,
        dark = false,
        language = 'en-GB',
        cookie,
        prepared,
      } = {},
    ) {
      if (launched === undefined) throw new Error('the browser is there from the first beforeAll on');
      const person = await launched.newContext({
        baseURL: url,
        locale: language,
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        viewport: { width, height: HEIGHT[width] },
        hasTouch: width === 360,
      });
      persons.push(person);
      person.on('page', watch);
      const [name = '', value = ''] = cookie?.split('=') ?? [];
      if (cookie !== undefined) await person.addCookies([{ name, value, url }]);
      const page = await person.newPage();
      await prepared?.(page);
      await page.goto(path);
      return page;
    },
    async anotherTab(page, path) {
      const tab = await page.context().newPage();
      await tab.goto(path);
      return tab;
    },
  };
}

/** A microphone that hears a tone of that many hertz, for ever. */
function singing(folder: string, hertz: number): string {
  const path = join(folder, 'microphone.wav');
  writeFileSync(path, toneWav(hertz));
  return `--use-file-for-fake-audio-capture=${path}`;
}

/** A camera that sees that picture, for ever. */
function showing(folder: string, video: Buffer): string {
  const path = join(folder, 'camera.y4m');
  writeFileSync(path, video);
  return `--use-file-for-fake-video-capture=${path}`;
}

/** Signs in on the page's own form and waits until the account's button is there. */
export async function signInOn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('form button[type=submit]').click();
  await page.locator('header [aria-haspopup=menu][data-account]').waitFor();
}

/** The operator that `./anydial` made for this instance. */
export const operator = () => ({
  email: process.env['BOOTSTRAP_OPERATOR_EMAIL'] ?? '',
  password: process.env['BOOTSTRAP_OPERATOR_PASSWORD'] ?? '',
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Fails for what axe finds against WCAG 2.2 A and AA on what is shown now, and for content that needs sideways scrolling. */
export async function expectAccessible(page: Page, rules: 'all' | 'contrast only' = 'all'): Promise<void> {
  // Mantine fades what it opens; half a colour is no contrast.
  await atRest(page);
  // Half a megabyte of it: once a page.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const runOnly =
    rules === 'all' ? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] : ['color-contrast'];
  const wanted = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  const found = (await page.evaluate(`axe.run(document, ${wanted})`)) as {
    readonly violations: readonly Finding[];
  };
  const told = found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 200)} — ${node.failureSummary ?? ''}`),
  );
  expect(told).toEqual([]);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect({ 'pixels beyond the right edge': overflow }).toEqual({ 'pixels beyond the right edge': 0 });
}

/** Keeps a picture for people to look at: `.anydial/<instance>/screenshots/<name>.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = join(process.env['ANYDIAL_STATE_DIR'] ?? tmpdir(), 'screenshots');
  mkdirSync(folder, { recursive: true });
  // What stays at the top would stand in the middle of a picture of the whole page.
  await page.evaluate('scrollTo(0, 0)');
  await atRest(page);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, caret: 'initial' });
}

/** Nothing slides or fades any more; two frames, because a change of size is drawn in the next one. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(`new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    .then(() => Promise.allSettled(document.getAnimations()
      .filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished)))`);
}

/**
 * Waits until the page has what it shows, then looks at it: small and light with all of axe, large and dark for contrast; both for what is
 * beyond the edge, with a picture of each. Leaves it as wide as it was.
 */
export async function looks(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 360, height: HEIGHT[360] };
  if (before.width !== 360) await page.setViewportSize({ width: 360, height: HEIGHT[360] });
  await settled(page);
  await picture(page, `${name}-360-light`);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1440, height: HEIGHT[1440] });
  await picture(page, `${name}-1440-dark`);
  await expectAccessible(page, 'contrast only');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
}

/** There is a heading, and nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('main [data-loading]').first().waitFor({ state: 'detached' });
}

/** Resolves when that expression is true in the page, which may not make code of text itself. */
export const becomes = (page: Page, expression: string): Promise<unknown> =>
  page.evaluate(`new Promise((resolve) => {
    const look = () => ((${expression}) ? resolve() : requestAnimationFrame(look));
    look();
  })`);
