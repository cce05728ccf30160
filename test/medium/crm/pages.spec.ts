import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ReportJobs } from '../../../src/crm/reports/report.jobs.js';
import { newId } from '../../../src/kernel/ids.js';
import { expectAccessible, picture, withBrowser } from '../../e2e/support/browser.js';
import { addAccount } from '../../support/accounts.js';
import { signIn } from '../../support/http-client.js';
import { type Centre, openCentre } from './centre.js';

const PASSWORD = 'correct horse battery';

describe('the report pages in a browser', () => {
  const browser = withBrowser();
  let centre: Centre;
  beforeAll(async () => {
    centre = await openCentre();
    const id = await addAccount(centre.db, 'boss@hanbit.example', PASSWORD, ['supervisor']);
    await centre.db.run('UPDATE user_account SET company_id = $2 WHERE id = $1', [id, centre.hanbit]);
    const queue = await centre.queue(centre.hanbit, 'Hanbit sales');
    const ids: string[] = [];
    for (let n = 0; n < 60; n++) {
      const [country, language] = [
        ['KR', 'ko'],
        ['JP', 'ja'],
        ['US', 'en'],
      ][n % 3] as [string, string];
      const at = new Date(Date.now() - (n % 12) * 6 * 86_400_000).toISOString();
      const outcome = n % 7 === 0 ? 'abandoned' : 'answered';
      const facts = {
        country,
        language,
        at,
        outcome,
        score: n % 4 === 0 ? 3 + (n % 3) : null,
        waitedMs: n * 700,
        talkedMs: n * 3_000,
      } as const;
      ids.push((await centre.ended(queue, facts)).id);
    }
    await centre.db.inTx((tx) =>
      new ReportJobs().countQueueCalls(
        ids.map((queueCallId) => ({
          queueCallId,
          callId: newId(),
          queueId: queue,
          companyId: centre.hanbit,
          agentId: null,
          outcome: 'answered',
        })),
        tx,
      ),
    );
  });
  afterAll(() => centre.close());

  test.each([
    [360, 'ko-KR', false],
    [1440, 'en-GB', true],
    [1440, 'ja-JP', false],
  ] as const)(
    'given_%d_pixels_in_%s_then_sums_charts_and_calls_are_shown_and_nothing_is_inaccessible',
    async (width, language, dark) => {
      // Who has signed in reads what he has chosen, whatever his browser wants.
      await centre.db.run('UPDATE user_account SET language = $1', [language.slice(0, 2)]);
      const who = await signIn(centre.url, 'boss@hanbit.example', PASSWORD);
      const page = await browser.open('/reports', { url: centre.url, width, language, dark, ...who.cookie });
      await page.locator('[data-figure=offered] dd').getByText('60', { exact: true }).waitFor();
      await page.locator('.recharts-bar-rectangle').first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(language.slice(0, 2));
      await expectAccessible(page);
      await picture(page, `reports-${width}-${language}`);
    },
  );

  test('given_sums_by_country_when_a_country_is_chosen_by_keyboard_then_only_its_calls_are_left_and_the_address_says_so', async () => {
    await centre.db.run(`UPDATE user_account SET language = 'en'`);
    const who = await signIn(centre.url, 'boss@hanbit.example', PASSWORD);
    const page = await browser.open('/reports?by=country', { url: centre.url, width: 1440, ...who.cookie });
    await page.getByRole('button', { name: 'Japan' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-figure=offered] dd').getByText('20', { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('country')).toBe('JP');
    const calls = page.getByRole('region', { name: 'The calls behind it' }).locator('tbody tr');
    await calls.filter({ hasNotText: 'Japan' }).first().waitFor({ state: 'detached' });
    expect(await calls.filter({ hasText: 'Japan' }).count()).toBe(20);
    for (const figure of ['satisfaction', 'answerRate', 'averageWait'])
      expect(await page.locator(`[data-figure=${figure}] dd`).textContent()).toMatch(/[0-9]/);
    await page.reload();
    await page.locator('[data-figure=offered] dd').getByText('20', { exact: true }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'As a file (CSV)' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^calls-.*\.csv$/);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.locator('[data-figure=offered] dd').getByText('60', { exact: true }).waitFor();
  });
});
