import { describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { newId } from '../../src/kernel/ids.js';
import { header, uriOf } from '../lab/sip-message.js';
import { expectAccessible, picture, withBrowser } from './support/browser.js';
import { hearsTone } from './support/browser-phone.js';
import { inWorld } from './support/world.js';

const NUMBER = '02-6200-6200-082';
const VISITOR_HZ = 700;
const PHONE_HZ = 900;
let address: string;

const world = inWorld({
  rows: async (db) => {
    address = newId();
    await db.query(
      `INSERT INTO email_identity (id, member_id, address, verified_at)
       SELECT $1, id, 'bomin@e2e.example', now() FROM member WHERE name = 'Lee Bomin'`,
      [address],
    );
  },
  noRows: async (db) => {
    await db.query(
      "DELETE FROM number_page WHERE assignment_id IN (SELECT id FROM number_assignment WHERE key = '0262006200082')",
    );
    await db.query('DELETE FROM email_identity WHERE id = $1', [address]);
  },
});
const browser = withBrowser({ hertz: VISITOR_HZ });

const shows = (db: pg.Client, shown: { shows: string; homePage?: string; mailTo?: string }) =>
  db.query(
    `INSERT INTO number_page (assignment_id, shows, title, home_page, mail_to)
     SELECT id, $1, 'Lee Bomin', $2, $3 FROM number_assignment WHERE key = '0262006200082'
     ON CONFLICT (assignment_id) DO UPDATE SET shows = excluded.shows, home_page = excluded.home_page, mail_to = excluded.mail_to`,
    [shown.shows, shown.homePage ?? null, shown.mailTo ?? null],
  );

describe('a number typed at the number bar', () => {
  it('given_the_holder_shows_a_home_page_then_one_step_before_it_says_where_it_leads', async () => {
    await shows(world.records.client, { shows: 'home-page', homePage: 'https://bomin.example/' });
    const page = await browser.open('/');
    await page.getByLabel('Number', { exact: true }).fill(NUMBER);
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    const link = page.getByRole('link', { name: 'Go to bomin.example' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('https://bomin.example/');
    expect(await link.getAttribute('rel')).toContain('noopener');
    await expectAccessible(page);
    await picture(page, 'number-home-page-360');
  });

  it('given_a_number_that_is_nobodys_and_a_private_one_then_both_pages_say_the_same', async () => {
    const said = [];
    for (const number of ['02-6200-6100-082', '02-6299-6299-082']) {
      const page = await browser.open(`/n/${number}`, { width: 1440 });
      await page.getByText('This number shows nothing here.').waitFor();
      said.push((await page.locator('main').textContent())?.replace(number, ''));
      if (said.length === 1) {
        await expectAccessible(page);
        await picture(page, 'number-nothing-1440');
      }
    }
    expect(said[0]).toBe(said[1]);
  });

  it('given_the_holder_takes_letters_when_written_then_a_mail_is_on_its_way_to_an_address_that_no_page_shows', async () => {
    await shows(world.records.client, { shows: 'mail', mailTo: address });
    const since = new Date();
    const page = await browser.open(`/n/${encodeURIComponent('+82 2 6200 6200')}`);
    await page.getByLabel('Your name').fill('Ann');
    await page.getByLabel('Your e-mail address').fill('ann@visitor.example');
    await page.getByLabel('Message').fill('Hello!');
    await expectAccessible(page);
    await picture(page, 'number-letter-360');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Your message is on its way').waitFor();
    expect(await page.content()).not.toContain('bomin@e2e.example');
    const { rows } = await world.records.client.query('SELECT FROM outgoing_mail WHERE created_at >= $1', [
      since,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('given_the_holder_takes_calls_when_called_from_the_page_then_his_phone_rings_and_both_hear_each_other', async () => {
    await shows(world.records.client, { shows: 'call' });
    const { phoneB, records } = world;
    const since = new Date();
    const page = await browser.open(`/n/${NUMBER}`);
    await page.evaluate(`localStorage.setItem('anydial.phone.sound', '{"clean":false}')`);
    await page.getByRole('button', { name: 'Call Lee Bomin' }).click();
    const arrived = await phoneB.incoming();
    expect(uriOf(header(await arrived.invite(), 'from') ?? '').user).not.toMatch(/^v-/);
    await arrived.ring();
    await arrived.answer();
    await arrived.playTone(PHONE_HZ);
    await Promise.all([hearsTone(page, PHONE_HZ), arrived.hearsTone(VISITOR_HZ)]);
    await expectAccessible(page);
    await picture(page, 'number-call-360');
    await page.getByRole('button', { name: 'Hang up' }).click();
    await arrived.ended();
    expect(await records.only(since)).toMatchObject({
      origin: 'trunk',
      trunk: 'web-visitors',
      called: '0262006200082',
      reason: 'hangup',
    });
  });
});
