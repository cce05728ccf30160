import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { LabPhone } from '../lab/lab-phone.js';
import { expectAccessible, picture, signInOn, withBrowser } from './support/browser.js';
import { callOn, hearsTone, lineReady, plainSound } from './support/browser-phone.js';
import { type DeskPeople, deskPeople, PASSWORD } from './support/desk-people.js';
import { QueueHouse } from './support/queues.js';
import { registered } from './support/registered.js';
import { inWorld } from './support/world.js';

/** Hanbit's branch in Seoul. */
const SEOUL = '62006200*082';
let house: QueueHouse;
let people: DeskPeople;
let grace: LabPhone;
let minjun: LabPhone;
let emma: LabPhone;

const world = inWorld({
  rows: async (db) => {
    house = await QueueHouse.open();
    await house.addQueue('Seoul', { languages: ['ko', 'en'], rules: ['language >= 80'] });
    await house.point('Seoul', 'KR');
    await house.addAgent(
      { name: 'Minjun', number: '201', phone: 'lab-hanbit-kr', languages: { ko: 100 }, country: 'KR' },
      'Seoul',
    );
    await house.addAgent(
      { name: 'Emma', number: '202', phone: 'lab-hanbit-us', languages: { en: 100 }, country: 'US' },
      'Seoul',
    );
    const leads = { name: 'Bomin', number: '299', phone: 'lab-b', country: 'KR', supervisor: true };
    await house.addAgent({ ...leads, languages: {} });
    people = await deskPeople(db);
  },
  noRows: async () => {
    await people.forget();
    await house.close();
  },
});
const EMMA_HZ = 700;
/** Where Emma sits. */
const PLACE = JSON.stringify({ country: 'US', locationNumber: '+12128676000' });
const browser = withBrowser({ hertz: EMMA_HZ });

beforeAll(async () => {
  [grace, minjun, emma] = (await registered(world.lab, 'lab-us', 'lab-hanbit-kr', 'lab-hanbit-us')) as [
    LabPhone,
    LabPhone,
    LabPhone,
  ];
});

async function working(name: string, path: string, opening: { width: 360 | 1440 }): Promise<Page> {
  const page = await browser.open('/sign-in', opening);
  await signInOn(page, people.emailOf(name), PASSWORD);
  await page.goto(path);
  return page;
}
const stateOf = (page: Page, state: string) => page.locator(`[role=status][data-state=${state}]`);
const pop = (page: Page, stage: string) => page.locator(`[data-stage=${stage}]`);
/** Notes in the page when what that selector names is first there. */
const watch = (page: Page, name: string, selector: string) =>
  page.evaluate(
    `new MutationObserver((_, self) => {
       if (document.querySelector(${JSON.stringify(selector)}) === null) return;
       window[${JSON.stringify(name)}] = Date.now();
       self.disconnect();
     }).observe(document.body, { childList: true, subtree: true, attributes: true })`,
  );
const seenAt = async (page: Page, name: string) =>
  Number(await page.evaluate(`window[${JSON.stringify(name)}]`));

describe('two agents and their supervisor, each at a page, with real calls', () => {
  it('given_callers_in_korean_and_english_when_the_agents_phones_ring_then_their_pages_show_who_calls_before_they_answer_there_or_on_a_desk_phone', async () => {
    const [korean, english, boss] = [
      await working('minjun', '/desk', { width: 1440 }),
      await working('emma', '/desk', { width: 360 }),
      await working('boss', '/supervision', { width: 1440 }),
    ] as const;
    await korean.getByRole('button', { name: '로그인', exact: true }).click();
    // Emma has no other telephone than the browser beside her page.
    await plainSound(english);
    await english.evaluate(`localStorage.setItem('anydial.phone.place', '${PLACE}')`);
    await english.getByRole('button', { name: 'Phone in this browser' }).click();
    await lineReady(english);
    await english.getByRole('button', { name: 'Log in', exact: true }).click();
    await Promise.all([stateOf(korean, 'ready').waitFor(), stateOf(english, 'ready').waitFor()]);
    await english.getByText('Your calls ring in this browser.').waitFor();
    await expectAccessible(english);
    await picture(english, 'desk-ready-360');
    for (const name of ['Minjun', 'Emma'])
      await boss.locator(`[data-agent]`, { hasText: name }).locator('[data-state=ready]').waitFor();

    await watch(korean, 'popAt', '[data-stage=ringing]');
    await watch(korean, 'customerAt', '[data-customer]');
    const calls = [await world.phoneA.dial(SEOUL), await grace.dial(SEOUL)] as const;
    const atMinjun = await minjun.incoming();
    await atMinjun.ring();
    await Promise.all([pop(korean, 'ringing').waitFor(), pop(english, 'ringing').waitFor()]);
    await korean.locator('[data-customer]').getByRole('heading', { name: 'Kim Ara' }).waitFor();
    await english.locator('[data-customer]').getByRole('heading', { name: 'Grace Hall' }).waitFor();
    const invite = await atMinjun.invite();
    reportPop(await seenAt(korean, 'popAt'), await seenAt(korean, 'customerAt'), invite.at);

    await callOn(english, 'ringing').filter({ hasText: '21286753' }).waitFor();
    await expectAccessible(english);
    await picture(english, 'desk-ringing-360');
    await Promise.all([
      atMinjun.answer(),
      english.getByRole('button', { name: 'Answer', exact: true }).click(),
    ]);
    await Promise.all([pop(korean, 'talking').waitFor(), pop(english, 'talking').waitFor()]);
    await calls[1].playTone(900);
    await Promise.all([hearsTone(english, 900), calls[1].hearsTone(EMMA_HZ)]);
    await Promise.all([
      expectAccessible(korean),
      picture(korean, 'desk-talking-1440'),
      picture(english, 'desk-talking-360'),
    ]);
    for (const name of ['Minjun', 'Emma'])
      await boss.locator(`[data-agent]`, { hasText: name }).locator('[data-state=talking]').waitFor();
    await boss.locator('[data-agent]', { hasText: 'Emma' }).getByRole('button', { name: 'Whisper' }).click();
    await boss.locator('[data-code="*23202"][data-rings=true]').waitFor();
    const ear = await world.phoneB.incoming();
    await ear.answer();
    await ear.answered();
    // What is said in is mixed into packets, as telephones send them all the time.
    await calls[1].playTone('0/1000');
    await ear.playTone(1_100);
    await hearsTone(english, 1_100);
    await ear.hangup();
    await ear.ended();
    await expectAccessible(boss);
    await picture(boss, 'supervision-1440');

    await korean.getByLabel('새 메모').fill('두 번째 번호를 원함');
    await korean.getByRole('button', { name: '메모 저장' }).click();
    await korean.getByText('두 번째 번호를 원함').first().waitFor();
    await english.getByLabel('New case about').fill('No dial tone');
    await english.getByRole('button', { name: 'Open case' }).click();
    await english.getByRole('region', { name: 'My open cases' }).getByText('No dial tone').waitFor();
    await korean.reload();
    await pop(korean, 'talking').waitFor();
    await korean.getByText('두 번째 번호를 원함').first().waitFor();
    for (const call of calls) await call.hangup();
    await Promise.all([pop(korean, 'ended').waitFor(), pop(english, 'ended').waitFor()]);
    await Promise.all([
      atMinjun.ended(),
      callOn(english, 'ended').waitFor({ state: 'detached' }),
      ...calls.map((call) => call.ended()),
    ]);

    await english.getByLabel('Name', { exact: true }).fill('Grace H.');
    await english.getByLabel('E-mail', { exact: true }).fill('grace@hall.example');
    await english.getByRole('button', { name: 'Save the card' }).click();
    await english.locator('[data-customer]').getByRole('heading', { name: 'Grace H.' }).waitFor();
    await english.getByLabel('Your text').fill('A technician comes tomorrow.');
    await english.getByRole('button', { name: 'Preview' }).click();
    await english.getByText('About your call to Hanbit').waitFor();
    await english.getByRole('button', { name: 'Send' }).click();
    await english.getByText('Mail is on its way').waitFor();
    await expectAccessible(english);
    await picture(english, 'desk-ended-360');
  });

  it('given_a_call_straight_to_the_agents_telephone_when_it_rings_then_the_page_shows_who_calls', async () => {
    const page = await working('emma', '/desk', { width: 360 });
    await page.getByRole('heading', { name: 'Customers' }).waitFor();
    const call = await world.phoneB.dial('62006200*001');
    const atEmma = await emma.incoming();
    await atEmma.ring();
    await pop(page, 'ringing').getByText('dialled 62006200*001').waitFor();
    await page.locator('[data-customer]').getByText('02-6200-6200-082').waitFor();
    await call.hangup();
    await Promise.all([call.ended(), atEmma.ended()]);
    await page.getByRole('button', { name: 'Put away' }).click();
    await page.getByRole('heading', { name: 'Customers' }).waitFor();
  });

  it('given_a_campaign_when_the_agent_asks_for_the_next_customer_and_dials_then_his_phone_rings_first_and_then_the_customers', async () => {
    await people.campaign('+82212347001');
    const page = await working('emma', '/desk', { width: 1440 });
    // Back at her desk phone.
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await stateOf(page, 'ready').waitFor();
    await page.getByRole('button', { name: 'Next customer' }).click();
    await page.getByText('Say hello').waitFor();
    await picture(page, 'desk-campaign-1440');
    await page.getByRole('button', { name: 'Dial', exact: true }).click();
    const atEmma = await emma.incoming();
    await atEmma.ring();
    await atEmma.answer();
    const atSeoul = await world.lab.role('gw-kr').incoming();
    await atSeoul.answered();
    await atEmma.hearsTone(400);
    await atEmma.hangup();
    await Promise.all([atEmma.ended(), atSeoul.ended()]);
    await page.getByRole('button', { name: 'Reached', exact: true }).click();
    await page.getByRole('button', { name: 'Next customer' }).waitFor();
    expect(await people.contacts()).toEqual([{ state: 'done', outcome: 'reached' }]);
  });
});

/** For people: how long after the telephone was told to ring the page showed the call, and the whole customer. */
function reportPop(popAt: number, customerAt: number, ringAt: Date): void {
  const told = { popMs: popAt - ringAt.getTime(), customerMs: customerAt - ringAt.getTime() };
  writeFileSync(join(process.env['ANYDIAL_STATE_DIR'] ?? tmpdir(), 'screen-pop.json'), JSON.stringify(told));
}
