import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ask } from '../../support/http-client.js';
import { type Desk, openDesk } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const trunk = (id: string, more: object = {}) => ({
  id,
  name: id,
  kind: 'gateway',
  country: 'DE',
  host: '127.0.0.9',
  calledFormat: { form: 'national' },
  callingFormat: { form: 'international', prefix: '00' },
  ...more,
});

describe('trunks', () => {
  test('are made with defaults, read, changed, listed in pages and removed', async () => {
    const made = await desk.ask('POST /v1/trunks', trunk('gw-de'));
    expect(made).toMatchObject({
      status: 201,
      body: { id: 'gw-de', port: 5060, transport: 'udp', trusted: false, maxCalls: null, enabled: true },
    });
    expect(await desk.ask('POST /v1/trunks', trunk('gw-de'))).toMatchObject({
      status: 409,
      body: { code: 'trunk.exists', hint: expect.any(String) },
    });
    const changes = { maxCalls: 30, maxCallsPerSecond: 5, defaultCli: '+493012345678' };
    expect(await desk.ask('PATCH /v1/trunks/gw-de', changes)).toMatchObject({
      status: 200,
      body: { ...changes, host: '127.0.0.9', callingFormat: { form: 'international', prefix: '00' } },
    });
    const first = await desk.ask('GET /v1/trunks?limit=2');
    const { items, nextCursor } = first.body as { items: { id: string }[]; nextCursor: string };
    expect(items.map(({ id }) => id)).toEqual(['carrier-one', 'gw-de']);
    const second = await desk.ask(`GET /v1/trunks?limit=2&cursor=${nextCursor}`);
    expect(second.body).toMatchObject({ items: [{ id: 'gw-jp' }, { id: 'gw-kr' }] });
    expect((await desk.ask('DELETE /v1/trunks/gw-de')).status).toBe(204);
    expect(await desk.ask('GET /v1/trunks/gw-de')).toMatchObject({
      status: 404,
      body: { code: 'trunk.unknown' },
    });
  });

  test('that are in use stay, and it is said what by', async () => {
    expect(await desk.ask('DELETE /v1/trunks/gw-kr')).toMatchObject({
      status: 409,
      body: { code: 'trunk.not-allowed', detail: 'The trunk gw-kr is in use: route +82.' },
    });
    const partner = await desk.ask('DELETE /v1/trunks/partner-jp');
    expect(partner.body).toMatchObject({ detail: expect.stringContaining('centre centre-jp-osaka') });
    const carrier = await desk.ask('DELETE /v1/trunks/carrier-one');
    expect(carrier.body).toMatchObject({ detail: expect.stringContaining('carrier lab-carrier') });
  });

  test.each([
    ['a number format that there is not', { calledFormat: { form: 'roman' } }, '/calledFormat'],
    ['a country that there is not', { country: 'XX' }, '/country'],
    ['a caller number that is no telephone number', { defaultCli: '+8200' }, '/defaultCli'],
    ['a field that there is not', { colour: 'red' }, ''],
  ])('with %s are refused, the place named', async (_, more, pointer) => {
    expect(await desk.ask('POST /v1/trunks', trunk('gw-bad', more))).toMatchObject({
      status: 400,
      body: { code: 'request.invalid', errors: [{ pointer }] },
    });
  });

  test('sign and verify who calls only where numbers are written with their country codes, and centres never sign', async () => {
    const e164 = { calledFormat: { form: 'e164plus' }, callingFormat: { form: 'e164' } };
    const made = await desk.ask(
      'POST /v1/trunks',
      trunk('gw-signed', { ...e164, attests: true, verifies: 'reject' }),
    );
    expect(made).toMatchObject({ status: 201, body: { attests: true, verifies: 'reject' } });
    for (const changes of [{ calledFormat: { form: 'national' } }, { kind: 'centre' }]) {
      expect(await desk.ask('PATCH /v1/trunks/gw-signed', changes)).toMatchObject({
        status: 422,
        body: { code: 'trunk.mismatch', hint: expect.stringContaining('attests') },
      });
    }
    expect(await desk.ask('POST /v1/trunks', trunk('gw-unsigned', { verifies: 'record' }))).toMatchObject({
      status: 422,
      body: { code: 'trunk.mismatch' },
    });
    const [endpoint] = await desk.db.rows(
      `SELECT context, stir_shaken_profile FROM ps_endpoints WHERE id = 'gw-signed'`,
    );
    expect(endpoint).toEqual({ context: 'verified-trunks', stir_shaken_profile: 'both' });
    expect((await desk.ask('DELETE /v1/trunks/gw-signed')).status).toBe(204);
  });

  test('have a user name and a secret together or neither, register only with them, and never show the secret', async () => {
    const secret = 'correct;horse^battery';
    const made = await desk.ask(
      'POST /v1/trunks',
      trunk('gw-secret', { username: 'we@example', secret, registers: true }),
    );
    expect(made).toMatchObject({ status: 201, body: { username: 'we@example', registers: true } });
    const changed = await desk.ask('PATCH /v1/trunks/gw-secret', { secret: `${secret}2` });
    const shown = [
      made,
      changed,
      await desk.ask('GET /v1/trunks/gw-secret'),
      await desk.ask('GET /v1/trunks?limit=100'),
      await desk.ask('GET /v1/trunk-health/gw-secret'),
    ];
    const log = await desk.db.rows(`SELECT before, after FROM audit_entry WHERE target_id = 'gw-secret'`);
    expect(log).toHaveLength(2);
    expect(JSON.stringify([shown, log])).not.toContain('horse');
    expect(shown.at(-1)).toMatchObject({
      body: { registration: { state: 'unregistered', since: null } },
    });
    expect(
      await desk.db.rows(
        `SELECT e.outbound_auth, a.username, a.password, r.client_uri, r.max_retries % 1000 AS revision
           FROM ps_endpoints e JOIN ps_auths a ON a.id = e.outbound_auth JOIN ps_registrations r ON r.id = e.id
          WHERE e.id = 'gw-secret'`,
      ),
    ).toEqual([
      {
        outbound_auth: 'gw-secret',
        username: 'we@example',
        password: 'correct^3Bhorse^5Ebattery2',
        client_uri: 'sip:we%40example@127.0.0.9',
        revision: 1,
      },
    ]);
    for (const changes of [{ secret: null }, { username: null, secret: null }]) {
      expect(await desk.ask('PATCH /v1/trunks/gw-secret', changes)).toMatchObject({
        status: 422,
        body: { code: 'trunk.mismatch', hint: expect.stringContaining('username and secret together') },
      });
    }
    for (const bad of [{ secret: 'with blank' }, { username: 'a\r\nb' }]) {
      expect(await desk.ask('PATCH /v1/trunks/gw-secret', bad)).toMatchObject({ status: 400 });
    }
    const off = { username: null, secret: null, registers: false };
    expect(await desk.ask('PATCH /v1/trunks/gw-secret', off)).toMatchObject({ status: 200 });
    expect(await desk.ask('GET /v1/trunk-health/gw-secret')).toMatchObject({ body: { registration: null } });
    expect((await desk.ask('DELETE /v1/trunks/gw-secret')).status).toBe(204);
  });

  test('asked for twice under one Idempotency-Key are made once', async () => {
    const headers = { ...desk.operator.page, 'idempotency-key': 'make-gw-once' };
    const answers = [
      await ask(desk.url, 'POST /v1/trunks', { headers, body: trunk('gw-once') }),
      await ask(desk.url, 'POST /v1/trunks', { headers, body: trunk('gw-once') }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[1]?.headers.get('idempotency-replayed')).toBe('true');
  });
});

describe('centres', () => {
  const centre = { id: 'centre-de', name: 'Berlin', country: 'DE', kind: 'partner', trunkId: 'partner-jp' };

  test('are made, moved to another place, and removed', async () => {
    expect(await desk.ask('POST /v1/centres', centre)).toMatchObject({ status: 201, body: { area: null } });
    expect(await desk.ask('PATCH /v1/centres/centre-de', { area: '30' })).toMatchObject({
      body: { area: '30' },
    });
    expect(await desk.ask('GET /v1/centres/centre-de')).toMatchObject({ body: { trunkId: 'partner-jp' } });
    expect((await desk.ask('DELETE /v1/centres/centre-de')).status).toBe(204);
    expect((await desk.ask('DELETE /v1/centres/centre-de')).status).toBe(404);
  });

  test('need a trunk that there is, exactly when they are a partner’s, and a place of their own', async () => {
    expect(await desk.ask('POST /v1/centres', { ...centre, trunkId: 'nowhere' })).toMatchObject({
      status: 404,
      body: { code: 'trunk.unknown' },
    });
    expect(await desk.ask('POST /v1/centres', { ...centre, kind: 'own' })).toMatchObject({
      status: 422,
      body: { code: 'centre.mismatch' },
    });
    expect(await desk.ask('POST /v1/centres', { ...centre, country: 'KR' })).toMatchObject({
      status: 409,
      body: { code: 'centre.exists' },
    });
    expect(await desk.ask('PATCH /v1/centres/centre-us', { country: 'KR' })).toMatchObject({ status: 409 });
  });
});
