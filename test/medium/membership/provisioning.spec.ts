import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ask as rawAsk } from '../../support/http-client.js';
import { type Customer, Customers } from './customers.js';

let shop: Customers;
let ann: Customer & { readonly id: string };
let device: { readonly id: string; readonly username: string; readonly secret: string };
beforeAll(async () => {
  shop = await Customers.open();
  ann = await shop.member('ann@example.com', { name: 'Ann Lee' });
});
beforeEach(async () => {
  await shop.db.rows('TRUNCATE attempt');
  await shop.db.rows('DELETE FROM device WHERE member_id = $1', [ann.id]);
  const made = await shop.ask(
    `POST /v1/members/${ann.id}/devices`,
    { label: 'kitchen', locationNumber: '+82262006200' },
    ann,
  );
  device = made.body as typeof device;
});
afterAll(() => shop.close());

const MAC = '80:5E:C0:12:34:56';
const begin = (vendor: string, who = ann) =>
  shop.ask(`POST /v1/members/${ann.id}/devices/${device.id}/provisioning`, { vendor, mac: MAC }, who);
const pathOf = (url: string) => new URL(url).pathname;
const fetchFile = (url: string, file: string, from = '192.0.2.7') =>
  rawAsk(shop.web.url, `GET ${pathOf(url)}${file}`, { headers: { 'x-forwarded-for': from } });
/** The secret that Asterisk takes now. */
const digest = async () =>
  (await shop.db.rows<{ digest: string }>('SELECT digest FROM device WHERE id = $1', [device.id]))[0]?.digest;
const digestFor = (secret: string) =>
  createHash('md5').update(`${device.username}:anydial:${secret}`).digest('hex');
const passwordIn = (text: string) => /account\.1\.password = (\S+)/.exec(text)?.[1] ?? '';

describe('a desk phone’s file', () => {
  test('is there under the phone’s name, and holds a secret that works from then on', async () => {
    const begun = await begin('yealink');
    const { url, file } = begun.body as { url: string; file: string };
    expect(begun).toMatchObject({ status: 201, body: { mac: '805ec0123456', file: '805ec0123456.cfg' } });
    expect(await digest()).toBe(digestFor(device.secret));
    for (const other of ['y000000000000.cfg', '805ec0123457.cfg', 'cfg805ec0123456.xml'])
      expect((await fetchFile(url, other)).status).toBe(404);
    const fetched = await fetchFile(url, file.toUpperCase().replace('CFG', 'cfg'));
    expect(fetched.status).toBe(200);
    expect(fetched.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(fetched.headers.get('cache-control')).toBe('no-store');
    expect(fetched.text).toContain(`account.1.user_name = ${device.username}`);
    expect(fetched.text).toContain('account.1.display_name = Ann Lee');
    expect(fetched.text).toMatch(/dialplan\.dialnow\.rule\.\d+ = 119\n/);
    expect(await digest()).toBe(digestFor(passwordIn(fetched.text)));
  });

  test('has another secret each time, for the same address only, five times in half an hour', async () => {
    const { url, file } = (await begin('yealink')).body as { url: string; file: string };
    const first = passwordIn((await fetchFile(url, file)).text);
    expect((await fetchFile(url, file, '198.51.100.1')).status).toBe(404);
    const second = passwordIn((await fetchFile(url, file)).text);
    expect(second).not.toBe(first);
    expect(await digest()).toBe(digestFor(second));
    for (const _ of [3, 4, 5]) expect((await fetchFile(url, file)).status).toBe(200);
    const last = await digest();
    expect((await fetchFile(url, file)).status).toBe(404);
    expect(await digest()).toBe(last);
  });

  test.each([
    ['24 hours after it was made', `expires_at = now()`],
    [
      'half an hour after the first fetch',
      `first_fetched_at = now() - interval '31 minutes', expires_at = now() - interval '1 minute'`,
    ],
  ])('is gone %s', async (_, change) => {
    const { url, file } = (await begin('yealink')).body as { url: string; file: string };
    await shop.db.rows(`UPDATE provisioning_ticket SET ${change} WHERE device_id = $1`, [device.id]);
    expect((await fetchFile(url, file)).status).toBe(404);
    expect(await digest()).toBe(digestFor(device.secret));
  });

  test('is worth nothing once another URL was made, or the device is switched off', async () => {
    const { url: old, file } = (await begin('yealink')).body as { url: string; file: string };
    const { url } = (await begin('yealink')).body as { url: string };
    expect((await fetchFile(old, file)).status).toBe(404);
    await shop.ask(`PATCH /v1/members/${ann.id}/devices/${device.id}`, { enabled: false }, ann);
    expect((await fetchFile(url, file)).status).toBe(404);
  });

  test('asked for by HEAD changes nothing', async () => {
    const { url, file } = (await begin('yealink')).body as { url: string; file: string };
    const asked = await fetch(`${shop.web.url}${pathOf(url)}${file}`, { method: 'HEAD' });
    expect(asked.status).toBe(200);
    expect(await digest()).toBe(digestFor(device.secret));
  });

  test('of a Poly phone is named by one without a secret, which may be fetched as often as it is wanted', async () => {
    const { url, file } = (await begin('poly')).body as { url: string; file: string };
    for (const _ of [1, 2, 3, 4, 5, 6]) {
      const master = await fetchFile(url, '805ec0123456.cfg');
      expect(master.text).toContain(`CONFIG_FILES="${file}"`);
    }
    expect((await fetchFile(url, file)).text).toContain(`reg.1.auth.userId="${device.username}"`);
  });

  test.each(['grandstream', 'grandstream-ht', 'cisco-mpp', 'cisco-ata', 'snom', 'fanvil'])(
    'of %s is fetched by its own name',
    async (vendor) => {
      const { url, file } = (await begin(vendor)).body as { url: string; file: string };
      const fetched = await fetchFile(url, file);
      expect(fetched.status).toBe(200);
      expect(fetched.text).toContain(device.username);
    },
  );

  test('is for the device’s owner to make, and needs a MAC address', async () => {
    const other = await shop.member(`other-${device.username}@example.com`);
    expect((await begin('yealink', other)).status).toBe(404);
    const wrong = { vendor: 'yealink', mac: '80:5e:c0:12:34' };
    const route = `POST /v1/members/${ann.id}/devices/${device.id}/provisioning`;
    expect(await shop.ask(route, wrong, ann)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/mac' }] },
    });
  });

  test('never leaves its token in the database', async () => {
    const { url } = (await begin('yealink')).body as { url: string };
    const rows = await shop.db.rows('SELECT t::text AS row FROM provisioning_ticket t');
    expect(JSON.stringify(rows)).not.toContain(pathOf(url).split('/')[2]);
  });
});

describe('a softphone', () => {
  const softphone = (app: string) =>
    shop.ask(`POST /v1/members/${ann.id}/devices/${device.id}/softphone`, { app }, ann);

  test('Linphone fetches its settings from the URL in the QR code', async () => {
    const made = await softphone('linphone');
    const { text, svg } = made.body as { text: string; svg: string };
    expect(svg).toMatch(/^<svg/);
    const fetched = await fetchFile(text.replace('linphone.xml', ''), 'linphone.xml');
    const secret = /<entry name="passwd" overwrite="true">(.*?)</.exec(fetched.text)?.[1] ?? '';
    expect(await digest()).toBe(digestFor(secret));
  });

  test('Grandstream Wave reads them out of the QR code itself', async () => {
    const made = await softphone('grandstream-wave');
    const { text } = made.body as { text: string };
    expect(await digest()).toBe(digestFor(/<AuthPass>(.*?)</.exec(text)?.[1] ?? ''));
  });
});

test('the vendors are listed', async () => {
  const listed = await shop.ask('GET /v1/provisioning/vendors', undefined, ann);
  expect(listed.body).toMatchObject({
    items: expect.arrayContaining([
      { vendor: 'grandstream-ht', name: 'Grandstream HT801, HT802', kind: 'ata', file: 'cfg<mac>.xml' },
    ]),
  });
});
