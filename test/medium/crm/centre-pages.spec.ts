import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { recordingFile } from '../../../src/crm/queues/recording-files.js';
import { newId } from '../../../src/kernel/ids.js';
import { expectAccessible, looks, picture, withBrowser } from '../../e2e/support/browser.js';
import { toneWav } from '../../e2e/support/tone-wav.js';
import { addAccount } from '../../support/accounts.js';
import { signIn } from '../../support/http-client.js';
import { type Centre, openCentre } from './centre.js';

const PASSWORD = 'correct horse battery';
/** How many seconds were played when a player has come to the end. */
const heard = (element: unknown): Promise<number> => {
  const player = element as EventTarget & { readonly ended: boolean; readonly currentTime: number };
  return new Promise((resolve, reject) => {
    if (player.ended) resolve(player.currentTime);
    player.addEventListener('ended', () => resolve(player.currentTime));
    player.addEventListener('error', () => reject(new Error('it cannot be played')));
  });
};

describe('the pages on which a centre is set up, in a browser', () => {
  const browser = withBrowser();
  let centre: Centre;
  let spoolDir: string;
  beforeAll(async () => {
    spoolDir = await mkdtemp(join(tmpdir(), 'anydial-spool-'));
    centre = await openCentre({ spoolDir });
    for (const [name, role] of [
      ['admin', 'company-admin'],
      ['boss', 'supervisor'],
    ] as const) {
      const id = await addAccount(centre.db, `${name}@hanbit.example`, PASSWORD, [role]);
      await centre.db.run('UPDATE user_account SET company_id = $2 WHERE id = $1', [id, centre.hanbit]);
    }
    await centre.queue(centre.hanbit, 'Tokyo');
    await centre.queue(centre.other, 'Of another company');
  });
  afterAll(async () => {
    await centre.close();
    await rm(spoolDir, { recursive: true });
  });

  async function working(name: string, path: string, language = 'en-GB'): Promise<Page> {
    const who = await signIn(centre.url, `${name}@hanbit.example`, PASSWORD);
    return browser.open(path, { url: centre.url, language, ...who.cookie });
  }
  const saved = (page: Page) => page.getByText('Saved').first().waitFor();
  const choose = async (page: Page, label: string, option: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  test('given_an_administrator_when_he_sets_up_a_queue_and_an_agent_then_they_are_as_he_wants_them', async () => {
    const page = await working('admin', '/centre/queues');
    await page.getByText('Tokyo').waitFor();
    expect(await page.getByText('Of another company').count()).toBe(0);
    await page.getByLabel('Name').fill('Seoul');
    await page.getByRole('combobox', { name: 'Languages' }).click();
    await page.getByRole('option', { name: 'Korean' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Make the queue' }).click();
    await page.getByRole('heading', { name: 'Seoul' }).waitFor();

    await page.getByRole('textbox', { name: 'Rules, one a line' }).fill('language >= 80\nwait > 60 and');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page
      .getByRole('textbox', { name: 'Rules, one a line' })
      .fill('language >= 80\nwait > 60 s and language >= 50');
    await page.getByRole('button', { name: 'Add hours' }).click();
    await page.getByLabel('Time zone').fill('Asia/Seoul');
    await page.getByRole('button', { name: 'Add a queue' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await saved(page);
    await looks(page, 'centre-queue');
    const [queue] = await centre.db.rows<{ rules: string[]; hours: unknown; overflow: unknown[] }>(
      `SELECT rules, hours, overflow FROM call_queue WHERE name = 'Seoul'`,
    );
    expect(queue).toMatchObject({
      rules: ['language >= 80', 'wait > 60 s and language >= 50'],
      hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', timeZone: 'Asia/Seoul' }],
      overflow: [{ afterSeconds: 60 }],
    });

    await page.goto('/centre/agents');
    await page.getByLabel('Name').fill('Minjun');
    await page.getByLabel('Agent number').fill('201');
    await choose(page, 'Another language', 'Korean');
    await page.getByRole('button', { name: 'Make the agent' }).click();
    await page.getByRole('button', { name: /Minjun \(201\)/ }).waitFor();
    await page.goto('/centre/queues');
    await page.getByRole('link', { name: 'Seoul' }).click();
    await choose(page, 'Agent', 'Minjun (201)');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('[data-serves]').getByText('Korean 100').waitFor();
    await page.getByRole('textbox', { name: 'Number' }).fill('6200-6200#');
    await choose(page, 'Branch (country)', 'South Korea');
    await page.getByRole('button', { name: 'Point here' }).click();
    await page.getByText('62006200# (South Korea)').waitFor();
    await page.goto('/centre/agents');
    await page.getByRole('button', { name: /Minjun \(201\)/ }).click();
    await looks(page, 'centre-agents');
  });

  test('given_words_texts_and_rules_when_they_are_saved_then_agents_have_them_each_in_his_language', async () => {
    const page = await working('admin', '/centre/words');
    const added = page.getByRole('region', { name: 'Reasons for a pause' }).locator('[data-word=new]');
    await added.getByLabel('New code').fill('tea');
    await added.getByLabel('English').fill('Tea');
    await added.getByLabel('한국어').fill('차 한잔');
    await added.getByRole('button', { name: 'Add' }).click();
    await page.locator('[data-word=tea]').waitFor();
    // With one of its own the house's are gone, and an agent has it on his page.
    expect(await page.locator('[data-word=lunch]').count()).toBe(0);
    await looks(page, 'centre-words');

    await page.goto('/centre/mails');
    await page.getByLabel('Code').fill('thanks');
    await page.getByLabel('Subject').last().fill('Thank you, {{name}}');
    await page.getByLabel('Text').last().fill('Dear {{nobody}}');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByRole('alert').getByText('is no variable').first().waitFor();
    await page.getByLabel('Text').last().fill('Dear {{name}}, {{text}}');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByRole('button', { name: 'thanks · English' }).waitFor();
    await looks(page, 'centre-mails');

    await page.goto('/centre/recording');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('[data-rule=KR]').getByText('Recorded, and announced').waitFor();
    await looks(page, 'centre-recording');
  });

  test('given_a_supervisor_when_he_makes_a_segment_and_a_campaign_then_it_runs_and_nobody_forbidden_is_in_it', async () => {
    const page = await working('boss', '/centre/campaigns');
    const forbid = page.getByRole('region', { name: 'Do not call' });
    await forbid.getByLabel('Number').fill('+82212345678');
    await forbid.getByLabel('Reason').fill('asked us');
    await forbid.getByRole('button', { name: 'Add' }).click();
    await forbid.getByText('+82212345678').waitFor();
    const segment = page.getByRole('form', { name: 'New segment' });
    await segment.getByLabel('Name').fill('Koreans');
    await segment.getByRole('combobox', { name: 'Countries' }).click();
    await page.getByRole('option', { name: 'South Korea' }).click();
    await page.keyboard.press('Escape');
    await segment.getByRole('button', { name: 'Make the segment' }).click();
    await page.locator('[data-segment=Koreans]').getByText('(0 customers)').waitFor();
    const campaign = page.getByRole('form', { name: 'New campaign' });
    await campaign.getByLabel('Name').fill('Spring');
    await campaign.getByRole('button', { name: 'Make the campaign' }).click();
    const card = page.getByRole('article', { name: 'Spring' });
    await card.getByLabel('Numbers').fill('+82212345678 +82212345679');
    await card.getByRole('button', { name: 'Add the numbers' }).click();
    await card.getByText('1 added').waitFor();
    await card.getByRole('button', { name: 'Start' }).click();
    await card.locator('[data-status=running]').waitFor();
    await looks(page, 'centre-campaigns');
    // He looks at queues, and may change none.
    await page.goto('/centre/queues');
    await page.getByRole('link', { name: 'Tokyo' }).click();
    await page.getByRole('heading', { name: 'Tokyo' }).waitFor();
    expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
    await page.goto('/supervision');
    await page.locator('[data-queue=Tokyo]').waitFor();
    expect(await page.locator('[data-queue="Of another company"]').count()).toBe(0);
    await looks(page, 'supervision-board');

    const [recording, foreign] = [await recorded('Tokyo'), await recorded('Of another company')];
    await page.getByRole('tab', { name: 'Recordings' }).click();
    const listens = page.getByRole('button', { name: 'Listen to it' });
    await listens.click();
    // One second of a tone, to its end.
    const player = page.locator(`audio[src*="${recording}"]`);
    expect(await player.evaluate(heard)).toBeCloseTo(1);
    expect(await page.locator(`audio[src*="${foreign}"]`).count()).toBe(0);
    await looks(page, 'supervision-recordings');
  });

  /** A talk that was recorded at that queue. */
  async function recorded(queue: string): Promise<string> {
    const id = newId();
    const [row] = await centre.db.rows<{ id: string }>('SELECT id FROM call_queue WHERE name = $1', [queue]);
    const visit = await centre.ended(row?.id ?? '');
    await centre.db.run(
      `INSERT INTO call_recording (id, call_id, queue_call_id, company_id, country, started_at, duration_ms, delete_after)
       SELECT $1, call_id, id, company_id, country, entered_at, 1000, now() + interval '1 day' FROM queue_call WHERE id = $2`,
      [id, visit.id],
    );
    await mkdir(join(spoolDir, 'recording/calls'), { recursive: true });
    await writeFile(recordingFile(join(spoolDir, 'recording'), id), toneWav(700));
    return id;
  }

  test.each(['ko', 'ja'])('given_the_reader_speaks_%s_then_every_page_does', async (language) => {
    await centre.db.run(`UPDATE user_account SET language = $1 WHERE email = 'admin@hanbit.example'`, [
      language,
    ]);
    const page = await working('admin', '/centre/queues', language);
    const title = { ko: '대기열', ja: 'キュー' }[language] ?? '';
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    for (const part of ['queues', 'agents', 'words', 'mails', 'campaigns', 'recording']) {
      await page.goto(`/centre/${part}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page
        .locator('main [role=status]:has(.mantine-Loader-root)')
        .first()
        .waitFor({ state: 'detached' });
      await expectAccessible(page, 'contrast only');
      await picture(page, `centre-${part}-360-${language}`);
    }
  });
});
