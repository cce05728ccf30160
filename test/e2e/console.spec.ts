import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { LabPhone } from '../lab/lab-phone.js';
import { looks as pictured, settled, signInOn, withBrowser } from './support/browser.js';
import { answers } from './support/queues.js';
import { registered } from './support/registered.js';
import { forgetAccount, type WebAccount, webAccount } from './support/web-account.js';
import { inWorld } from './support/world.js';

const SILENCE = '0/1000';
/** Through the Seoul gateway: refused with 503, answered. */
const REFUSED = '+82262009503';
const ANSWERED = '+82262001234';

let operator: WebAccount;
let helper: WebAccount;
let ear: LabPhone;
const world = inWorld({
  rows: async (db) => {
    operator = await webAccount(db, 'night@console.example', 'Grace Hall', 'operator');
    helper = await webAccount(db, 'help@console.example', 'Sato Jun', 'support');
    await db.query(
      `INSERT INTO recording_rule (company_id, country, mode, keep_days) VALUES (NULL, 'KR', 'announced', 30)
       ON CONFLICT (company_id, country) DO UPDATE SET mode = 'announced'`,
    );
  },
  noRows: async (db) => {
    await forgetAccount(db, 'night@console.example');
    await forgetAccount(db, 'help@console.example');
    await db.query('DELETE FROM recording_rule WHERE company_id IS NULL');
    await db.query('DELETE FROM operator_wish');
  },
});
const browser = withBrowser();

beforeAll(async () => {
  [ear] = (await registered(world.lab, 'lab-us')) as [LabPhone];
});

const confirm = async (page: Page, button: string, reason: string) => {
  const dialog = page.getByRole('dialog', { name: button });
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: button }).click();
  await dialog.waitFor({ state: 'detached' });
};
const looks = async (page: Page, name: string) => {
  await page.mouse.move(0, 0);
  await pictured(page, name);
};
const count = (page: Page, wanted: number) => page.locator(`[data-count="${wanted}"]`).waitFor();

describe('an operator’s morning', () => {
  it('given_a_call_then_he_sees_it_appear_traces_it_listens_ends_it_and_sees_it_gone', async () => {
    const { phoneA, phoneB } = world;
    const page = await browser.open('/sign-in', { width: 1440 });
    await signInOn(page, operator.email, operator.password);
    await page.goto('/console/calls');
    await count(page, 0);

    const call = await phoneA.dial('02-6200-6200-082');
    const arrived = await phoneB.incoming();
    await arrived.ring();
    const row = page.locator('[data-call]');
    await row.locator('[data-state=ringing]').waitFor();
    await arrived.answer();
    await call.answered();
    await row.locator('[data-state=talking]').waitFor();
    await looks(page, 'console-calls');

    const href = (await row.getByRole('link').first().getAttribute('href')) ?? '';
    const trace = await browser.anotherTab(page, href);
    await trace.getByRole('img', { name: /INVITE/ }).waitFor();

    await Promise.all([call.playTone(SILENCE), arrived.playTone(SILENCE)]);
    await row.getByRole('button', { name: 'Listen' }).click();
    await confirm(page, 'Listen', 'the caller wrote of bad sound');
    const heard = await answers(ear);
    // He hears them, and nobody hears him.
    await call.playTone(700);
    await heard.hearsTone(700, { within: 20_000 });
    await call.playTone(SILENCE);
    await heard.playTone(1_100);
    await expect(call.hearsTone(1_100, { within: 1_000 })).rejects.toThrow('did not come');
    await heard.hangup();
    await heard.ended();

    // His own ear is a call as well, and may still be in the list.
    const theirs = page.locator(`[data-call="${href.split('/').at(-1)}"]`);
    await theirs.getByRole('button', { name: 'Hang up' }).click();
    await confirm(page, 'Hang up', 'fraud reported by the holder');
    await Promise.all([call.ended(), arrived.ended()]);
    await count(page, 0);
    await trace.getByText('Ended by night@console.example').waitFor();
    await trace.getByText('fraud reported by the holder').waitFor();
    await looks(trace, 'console-trace');
    const { rows } = await world.records.client.query(
      `SELECT reason, ended_by FROM call ORDER BY started_at DESC LIMIT 5`,
    );
    expect(rows).toContainEqual({ reason: 'operator', ended_by: 'exchange' });
  });

  it('given_a_trunk_refuses_three_calls_then_it_is_red_on_the_map_and_given_one_gets_through_then_green_again', async () => {
    const page = await browser.open('/sign-in', { width: 1440 });
    await signInOn(page, operator.email, operator.password);
    await page.goto('/console/network');
    const mark = (health: string) => page.locator(`[data-mark=gw-kr][data-health=${health}]`).waitFor();
    await mark('closed');
    const trunk = await browser.anotherTab(page, '/console/network/gw-kr');
    const tryCall = async (number: string, outcome: string) => {
      await trunk.getByLabel('Telephone, with country code').fill(number);
      await trunk.getByRole('button', { name: 'Call', exact: true }).click();
      await trunk.locator('[data-test-call=ended]', { hasText: outcome }).waitFor();
    };
    for (const _ of [1, 2, 3]) {
      await tryCall(REFUSED, 'Not answered: congestion');
      await trunk.reload();
    }
    await mark('open');
    await looks(page, 'console-network');
    await looks(trunk, 'console-trunk');
    await tryCall(ANSWERED, 'Answered: the trunk carries calls.');
    await mark('closed');
  });

  it('given_a_number_then_he_explains_it_and_searches_it_and_given_a_support_person_then_no_finance_is_there', async () => {
    const page = await browser.open('/sign-in', { width: 1440 });
    await signInOn(page, operator.email, operator.password);
    await page.goto('/console');
    await looks(page, 'console-home');
    await page.goto('/console/explain');
    await page.getByLabel('Dialled').fill('0262001234');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.locator('[data-verdict=connect] [data-way=gw-kr]').getByText('attempt 1').waitFor();
    await looks(page, 'console-explain');
    await page.goto('/console/explain?dialled=0262001234&from=KR%3A02&down=gw-kr');
    await page.locator('[data-verdict=connect] [data-way=gw-kr]').waitFor();
    expect(await page.locator('[data-way=gw-kr]').first().textContent()).not.toContain('attempt 1');

    await page.goto('/console/registrations');
    await page.locator('[data-registration=lab-us]').waitFor();
    await looks(page, 'console-registrations');
    await page.goto('/console');
    await settled(page);
    await page.keyboard.press('/');
    await page.getByRole('textbox', { name: 'Search everything' }).fill('+82 2 6200 6200');
    await page.locator('[data-kind=number]', { hasText: '02-6200-6200-082' }).waitFor();
    await looks(page, 'console-search');

    const help = await browser.open('/sign-in', { width: 1440 });
    await signInOn(help, helper.email, helper.password);
    await help.goto('/console');
    await help.getByRole('link', { name: 'Registrations' }).waitFor();
    expect(await help.getByRole('link', { name: 'Settlements' }).count()).toBe(0);
    expect(await help.getByRole('link', { name: 'Jobs' }).count()).toBe(0);
    await help.goto('/console/settlements');
    await help.getByText('Page not found').waitFor();
    await help.goto('/console/calls');
    await count(help, 0);
  });
});
