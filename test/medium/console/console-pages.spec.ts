import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Queue, Worker } from 'bullmq';
import type { Page } from 'playwright-core';
import { chargeCalls } from '../../../src/billing/charging.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { tellWebhooks } from '../../../src/crm/webhooks/deliveries.service.js';
import { patient } from '../../../src/infra/queue/redis-options.js';
import { newId } from '../../../src/kernel/ids.js';
import { looks, picture, settled, withBrowser } from '../../e2e/support/browser.js';
import { go } from '../../e2e/support/pressing.js';
import type { SignedIn } from '../../support/http-client.js';
import { type PrivateRedis, privateRedis } from '../../support/private-redis.js';
import { type Desk, openDesk } from '../desk/desk.js';
import { agreement, callAt } from './carrier.js';

describe("what the console's pages do when pressed, each seen at once by whoever else looks", () => {
  let redis: PrivateRedis;
  let desk: Desk;
  let finance: SignedIn;
  let approver: SignedIn;
  const browser = withBrowser();

  beforeAll(async () => {
    redis = await privateRedis();
    desk = await openDesk({ redisUrl: redis.url, roles: ['web', 'worker'] });
    finance = await desk.account('finance');
    approver = await desk.account('approver');
  });
  afterAll(async () => {
    await desk.close();
    await redis.remove();
  });

  const open = (path: string, who: SignedIn, language = 'en-GB') =>
    browser.open(path, { url: desk.url, width: 1440, language, ...who.cookie });
  const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const stage = (page: Page, wanted: string) => page.locator(`[data-stage=${wanted}]`).first().waitFor();
  const state = (page: Page, wanted: string) => page.locator(`main [data-state=${wanted}]`).first().waitFor();

  test('given_a_price_list_when_one_person_imports_and_proposes_it_and_a_second_approves_it_then_it_is_in_force_and_both_see_it', async () => {
    await desk.ask(
      'POST /v1/rate-decks',
      { id: 'kt', name: 'KT', direction: 'carrier', currency: 'EUR' },
      finance,
    );
    const proposals = await open('/console/proposals', approver);
    await proposals.getByText('Nothing was proposed.').waitFor();
    const deck = await open('/console/rate-decks/kt', finance);
    await deck.locator('input[type=file]').setInputFiles(file('kt.csv', 'prefix,per_minute\n82,0.06\n'));
    await deck.getByRole('button', { name: 'Import' }).click();
    await stage(deck, 'draft');
    await deck.getByText('added').first().waitFor();
    await deck.getByLabel('In force from').fill('2026-01-01T00:00');
    await deck.getByRole('button', { name: 'Propose' }).click();
    // He may not do both, and nothing is in force yet.
    const own = await browser.anotherTab(deck, '/console/proposals');
    await own.locator('[data-proposal=waiting]').waitFor();
    expect(await own.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await looks(proposals, 'console-proposals-waiting');
    await proposals.getByRole('button', { name: 'Approve' }).click();
    await proposals.locator('[data-proposal=approved]').waitFor();
    await own.locator('[data-proposal=approved]').waitFor();
    await stage(deck, 'active');
    await go(proposals, '/console/rate-decks/kt');
    await stage(proposals, 'active');
    expect(await proposals.getByRole('button', { name: 'Import' }).count()).toBe(0);
  });

  test('given_a_carriers_statement_when_a_line_is_disputed_and_then_settled_and_a_second_person_approves_then_it_is_paid', async () => {
    await desk.ask('PUT /v1/carrier-accounts/kt', { name: 'KT', deckId: 'kt', trunks: ['gw-kr'] }, finance);
    await desk.ask('PUT /v1/carrier-accounts/kt/agreement', agreement, finance);
    await desk.db.inTx((tx) => chargeCalls(tx, [0, 1].map(callAt), new RateBook()));
    const period = { carrierId: 'kt', from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
    const { body } = await desk.ask('POST /v1/settlements', period, finance);
    const { id } = body as { id: string };
    const page = await open(`/console/settlements/${id}`, finance);
    const second = await open(`/console/settlements/${id}`, approver);
    await state(second, 'open');
    const lines = ['2026-11-10 12:00:01,60,0.06', '2026-11-10 12:01:01,60,0.09'];
    const csv = ['number,answered_at,duration,amount', ...lines.map((one) => `+82262006200,${one}`), ''];
    await page.locator('input[type=file]').setInputFiles(file('nov.csv', csv.join('\n')));
    await page.getByRole('button', { name: 'Import' }).click();
    // The worker compares line by line; both pages hear that it is done.
    await state(page, 'review');
    await state(second, 'review');
    const row = page.getByRole('row', { name: /price differs/ });
    const decide = async (name: string, note: string) => {
      await row.getByRole('checkbox').check();
      await page.getByLabel('Note to the carrier').fill(note);
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByLabel('Note to the carrier').waitFor({ state: 'detached' });
    };
    await decide('Dispute', 'not the price of May');
    await second.getByRole('row', { name: /price differs.*disputed/ }).waitFor();
    await looks(page, 'console-settlement-disputed');
    await decide('Theirs counts', 'their new list');
    await second.getByRole('button', { name: 'Approve and pay' }).click();
    await second.getByRole('dialog').getByRole('button', { name: 'Approve and pay' }).click();
    // Ordered, sent by the worker as a bank file, and shown to who asked for nothing.
    await second.getByRole('link', { name: /Bank file/ }).waitFor();
    await state(page, 'paying');
    expect((await desk.ask(`GET /v1/settlements/${id}`, undefined, finance)).body).toMatchObject({
      agreed: '0.15',
    });
  });

  test('given_a_failed_job_on_the_open_page_when_tried_again_and_given_up_then_it_is_done_and_counted', async () => {
    const redisAt = { connection: patient({ url: redis.url.reveal() }), prefix: 'anydial' };
    const queue = new Queue('console-pages', redisAt);
    let tries = 0;
    const worker = new Worker('console-pages', () => Promise.reject(new Error(`try ${++tries}`)), redisAt);
    try {
      await queue.add('deliver', { messageIds: ['a'] }, { jobId: 'one' });
      await new Promise((resolve) => worker.once('failed', resolve));
      const page = await open('/console/jobs?queue=console-pages', desk.operator);
      await page.getByText('try 1').waitFor();
      await looks(page, 'console-jobs-failed');
      const again = new Promise((resolve) => worker.once('failed', resolve));
      await page.getByRole('button', { name: 'Try again' }).click();
      await again;
      await page.reload();
      await page.getByText('try 2').waitFor();
      await page.getByRole('button', { name: 'Give up' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Give up' }).click();
      await page.getByText('No such job.').waitFor();
      expect(await queue.getJob('one')).toBeUndefined();
    } finally {
      await worker.close();
      await queue.obliterate({ force: true });
      await queue.close();
    }
  });

  test('given_a_server_in_trouble_when_it_is_well_again_and_a_message_is_sent_again_then_the_open_page_shows_that_it_was_taken', async () => {
    let answer = 500;
    const ids: unknown[] = [];
    const server: Server = createServer((request, response) => {
      ids.push(request.headers['webhook-id']);
      response.writeHead(answer).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    try {
      const page = await open('/console/webhooks', desk.operator);
      await page.getByLabel('Address').fill(url);
      await page.getByLabel('a call ended').check();
      await page.getByRole('button', { name: 'Add' }).click();
      await page.locator('[data-value=Secret]').waitFor();
      const one = page.getByRole('article', { name: url });
      await one.getByRole('button', { name: 'Messages' }).click();
      await page.getByText('Nothing was to be told yet.').waitFor();
      const happening = { owner: 'operator', event: 'call.ended', at: new Date(), data: {} } as const;
      await desk.db.inTx((tx) => tellWebhooks(tx, { ...happening, about: newId() }));
      await page.locator('[data-delivery=waiting]', { hasText: '500' }).waitFor();
      await page.locator('[data-webhook=failing]').waitFor();
      await looks(page, 'console-webhooks');
      answer = 204;
      await page.getByRole('button', { name: 'Send again' }).click();
      await page.locator('[data-delivery=delivered]', { hasText: '204' }).waitFor();
      await page.locator('[data-webhook=well]').waitFor();
      expect(new Set(ids).size).toBe(1);
      await one.getByRole('switch', { name: 'On' }).press('Space');
      await page.locator('[data-webhook=off]').waitFor();
      await one.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await one.waitFor({ state: 'detached' });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test('given_an_address_when_banned_and_let_in_again_then_the_audit_log_on_another_page_says_so_by_itself', async () => {
    const page = await open('/console/alerts', desk.operator);
    const log = await browser.anotherTab(page, '/console/audit?targetKind=sip_ban');
    await log.getByText('No entry fits.').waitFor();
    await page.getByLabel('IP address').fill('192.0.2.66');
    await page.getByRole('button', { name: 'Ban' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('guesses passwords');
    await page.getByRole('dialog').getByRole('button', { name: 'Ban' }).click();
    await page.locator('[data-ban^="192.0.2.66"]').waitFor();
    await log.getByText('POST /v1/sip-bans', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Lift' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Lift' }).click();
    await page.getByText('No address is banned.').waitFor();
    await log.getByText('DELETE /v1/sip-bans/:id', { exact: true }).waitFor();
  });

  test.each([
    ['ko-KR', 'ko'],
    ['ja-JP', 'ja'],
  ])(
    'given_%s_when_each_page_is_shown_then_nothing_of_it_is_left_in_english_or_beyond_the_edge',
    async (tag, language) => {
      await desk.db.rows(
        `UPDATE user_account SET language = $1, roles = '{operator,finance,approver}' WHERE email LIKE 'operator-%'`,
        [language],
      );
      const page = await browser.open('/console', { url: desk.url, language: tag, ...desk.operator.cookie });
      for (const path of PAGES) {
        await go(page, `/console${path}`);
        const name = `console-${language}${path.replaceAll(/\W+/g, '-')}`;
        if (language === 'ko') await looks(page, name);
        else {
          await settled(page);
          await picture(page, name);
        }
      }
    },
  );
});

const PAGES = [
  '',
  '/calls',
  '/network',
  '/network/gw-kr',
  '/registrations',
  '/explain?dialled=0262001234&from=KR%3A02',
  '/rate-decks',
  '/rate-decks/kt',
  '/settlements?carrier=kt',
  '/alerts',
  '/jobs',
  '/webhooks',
  '/audit',
  '/proposals',
];
