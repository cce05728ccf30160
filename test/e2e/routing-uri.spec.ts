import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { header, uriOf } from '../lab/sip-message.js';
import { a, DnsServer, naptr, srv } from '../support/dns-server.js';
import { inWorld } from './support/world.js';

const LAB_PORT = Number(process.env['LAB_SIP_PORT']);
let dns: DnsServer;

beforeAll(async () => {
  dns = await DnsServer.open({
    'pbx.example': [naptr('SIP+D2U', '_sip._udp.pbx.example')],
    '_sip._udp.pbx.example': [srv('host.pbx.example', LAB_PORT)],
    'host.pbx.example': [a('127.0.0.32')],
    '_sip._udp.inside.example': [srv('host.inside.example', 5060)],
    'host.inside.example': [a('10.1.2.3')],
    'web.example': [a('127.0.0.32')],
  });
  process.env['DNS_SERVERS'] = dns.address;
});
afterAll(() => {
  delete process.env['DNS_SERVERS'];
  dns.close();
});

const world = inWorld();
const privateSip = (value: 'true' | 'false') =>
  world.records.client.query(
    `INSERT INTO routing_setting VALUES ('privateSip', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [value],
  );
afterAll(async () => {
  await world.records.client
    .query(`DELETE FROM routing_setting WHERE name = 'privateSip'`)
    .catch(() => undefined);
});

describe('a SIP address of a domain that is nobody’s we know', () => {
  it('is called where its DNS says, if the operator lets calls go to such addresses', async () => {
    const { lab, phoneA, records } = world;
    await privateSip('true');
    const since = new Date();
    const call = await phoneA.dial('sip:5550100@pbx.example');
    const arrived = await lab.role('centre-us').incoming();
    const invite = await arrived.invite();
    expect(invite.requestUri).toMatch(/^sip:5550100@pbx\.example/);
    expect(uriOf(header(invite, 'from') ?? '').user).toBe('+82262006100');
    expect(header(invite, 'p-asserted-identity')).toBeUndefined();
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ reading: 'uri', legs: [{ target: 'foreign-sip' }] });
  });

  it.each([
    ['an inside address, unless he does', 'sip:bob@inside.example', 'address-forbidden', 403],
    ['a name without a SIP service', 'sip:bob@web.example', 'no-sip-service', 404],
    ['a name that is none', 'sip:bob@nowhere.example', 'no-sip-service', 404],
  ])('is refused for %s', async (_, dialled, reason, sip) => {
    const { phoneA, records } = world;
    await privateSip('false');
    const since = new Date();
    const call = await phoneA.dial(dialled);
    expect(await call.ended()).toMatchObject({ sip });
    expect(await records.only(since)).toMatchObject({ reason, legs: [] });
  });
});
