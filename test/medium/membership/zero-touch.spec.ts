import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TerminalBinding } from '../../../src/exchange/provisioning/terminal-binding.js';
import { newId } from '../../../src/kernel/ids.js';
import { ask as rawAsk } from '../../support/http-client.js';
import { type Customer, Customers } from './customers.js';

let shop: Customers;
let ann: Customer & { readonly id: string };
let macs = 0;
const binding = new TerminalBinding();
beforeAll(async () => {
  shop = await Customers.open();
});
beforeEach(async () => {
  await shop.db.rows('TRUNCATE attempt');
  ann = await shop.member(`ann-${++macs}@example.com`, { name: 'Ann Lee' });
});
afterAll(() => shop.close());

const HOME = '192.0.2.7';
/** A Yealink that was sold to Ann, as the shop tells of it. */
async function sold(memberId = ann.id): Promise<string> {
  const serial = `805ec0${String(macs).padStart(6, '0')}`;
  const told = {
    orderId: newId(),
    memberId,
    kind: 'phone',
    serial,
    goods: 'desk-phone',
    vendor: 'yealink',
  } as const;
  await shop.db.inTx((tx) => binding.bind(told, tx));
  await shop.db.inTx((tx) => binding.bind(told, tx));
  return serial;
}
const open = (serial: string, more: object = { locationNumber: '+82262006200' }, who = ann) =>
  rawAsk(shop.web.url, `POST /v1/members/${ann.id}/terminals/${serial}/window`, {
    headers: { ...who.page, 'x-forwarded-for': HOME },
    body: more,
  });
const fetchFile = (file: string, from = HOME, method = 'GET') =>
  rawAsk(shop.web.url, `${method} /provision/zero-touch/${file}`, { headers: { 'x-forwarded-for': from } });
const passwordIn = (text: string) => /account\.1\.password = (\S+)/.exec(text)?.[1] ?? '';
const close = (serial: string) =>
  shop.db.run(`UPDATE sold_terminal SET window_until = now() WHERE mac = $1`, [serial]);

describe('a telephone that was sold', () => {
  it('given_its_owner_opens_the_window_when_it_starts_then_it_has_an_account_that_may_register', async () => {
    const serial = await sold();
    expect((await fetchFile(`${serial}.cfg`)).status).toBe(404);
    const opened = await open(serial);
    expect(opened).toMatchObject({
      status: 201,
      body: {
        serial,
        vendor: 'yealink',
        file: `${serial}.cfg`,
        url: 'http://127.0.0.1/provision/zero-touch/',
      },
    });
    expect((await fetchFile(`${serial}.cfg`, HOME, 'HEAD')).status).toBe(200);
    const fetched = await fetchFile(`${serial.toUpperCase()}.cfg`.replace('CFG', 'cfg'));
    expect(fetched.status).toBe(200);
    const [device] = await shop.db.rows<{ username: string; digest: string }>(
      'SELECT username, digest FROM device WHERE id = $1',
      [(opened.body as { deviceId: string }).deviceId],
    );
    expect(fetched.text).toContain(`account.1.user_name = ${device?.username}`);
    const secret = passwordIn(fetched.text);
    const digest = createHash('md5').update(`${device?.username}:anydial:${secret}`).digest('hex');
    expect(device?.digest).toBe(digest);
    const list = await shop.ask(`GET /v1/members/${ann.id}/terminals`, undefined, ann);
    expect(list.body).toMatchObject({ items: [{ serial, fetchedAt: expect.any(String) }], nextCursor: null });
  });

  it.each([
    ['another network asks', (serial: string) => fetchFile(`${serial}.cfg`, '198.51.100.1')],
    ['the window is over', (serial: string) => close(serial).then(() => fetchFile(`${serial}.cfg`))],
    ['it is asked for under another name', (serial: string) => fetchFile(`cfg${serial}.xml`)],
    [
      'its neighbour is asked for',
      (serial: string) => fetchFile(`${(BigInt(`0x${serial}`) + 1n).toString(16)}.cfg`),
    ],
  ])('given_the_window_was_opened_when_%s_then_there_is_nothing', async (_, asked) => {
    const serial = await sold();
    expect((await open(serial)).status).toBe(201);
    expect((await asked(serial)).status).toBe(404);
  });

  it('given_it_was_fetched_five_times_when_it_asks_again_then_not_before_the_window_is_opened_anew', async () => {
    const serial = await sold();
    await open(serial);
    for (const _ of [1, 2, 3, 4, 5]) expect((await fetchFile(`${serial}.cfg`)).status).toBe(200);
    expect((await fetchFile(`${serial}.cfg`)).status).toBe(404);
    const again = await open(serial, {});
    expect(again.status).toBe(201);
    expect((await fetchFile(`${serial}.cfg`)).status).toBe(200);
    const devices = await shop.db.rows('SELECT FROM device WHERE member_id = $1', [ann.id]);
    expect(devices).toHaveLength(1);
  });

  it('given_a_phone_in_another_network_when_opened_for_anywhere_then_the_first_that_fetches_is_the_one', async () => {
    const serial = await sold();
    await open(serial, { locationNumber: '+82262006200', anywhere: true });
    expect((await fetchFile(`${serial}.cfg`, '198.51.100.1')).status).toBe(200);
    expect((await fetchFile(`${serial}.cfg`, '203.0.113.1')).status).toBe(404);
  });

  it('given_nobody_knows_where_it_stands_when_opened_then_it_is_asked_for', async () => {
    const serial = await sold();
    expect(await open(serial, {})).toMatchObject({
      status: 422,
      body: { code: 'terminal.location.mismatch' },
    });
  });

  it('given_it_came_back_when_its_buyer_opens_or_fetches_then_it_is_not_his_and_its_account_is_off', async () => {
    const serial = await sold();
    const { deviceId } = (await open(serial)).body as { deviceId: string };
    await shop.db.inTx((tx) => binding.unbind({ serial }, tx));
    expect((await open(serial)).status).toBe(404);
    expect((await fetchFile(`${serial}.cfg`)).status).toBe(404);
    expect(await shop.db.rows('SELECT FROM device WHERE id = $1 AND enabled', [deviceId])).toEqual([]);
  });

  it('given_somebody_elses_telephone_when_he_opens_or_lists_then_it_is_not_there', async () => {
    const serial = await sold();
    const bo = await shop.member(`bo-${macs}@example.com`);
    expect((await open(serial, {}, bo)).status).toBe(404);
    expect((await shop.ask(`GET /v1/members/${ann.id}/terminals`, undefined, bo)).status).toBe(404);
    expect(
      (
        await shop.ask(
          `POST /v1/members/${bo.id}/terminals/${serial}/window`,
          { locationNumber: '+82262006200' },
          bo,
        )
      ).status,
    ).toBe(404);
  });

  it('given_somebody_counts_macs_up_when_he_goes_on_then_he_is_sent_away', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 61; at++)
      statuses.push((await fetchFile(`805ec1${String(at).padStart(6, '0')}.cfg`)).status);
    expect(statuses.slice(0, 60).every((status) => status === 404)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
  });
});
