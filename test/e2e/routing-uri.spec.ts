import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { History } from '../lab/history.js';
import { header, parseSip, type SipMessage, uriOf } from '../lab/sip-message.js';
import { a, DnsServer, naptr, srv } from '../support/dns-server.js';
import { inWorld } from './support/world.js';

/** Somebody's telephone system that we know nothing of: it is always busy. */
const ADDRESS = '127.0.0.61';
let dns: DnsServer;
let pbx: Socket;
const arrived = new History<SipMessage>('the stranger’s telephone system', ({ raw }) => raw);

beforeAll(async () => {
  pbx = createSocket('udp4');
  pbx.on('message', (packet, { port, address }) => {
    const message = parseSip(packet.toString(), {
      at: new Date(),
      direction: 'in',
      peer: `${address}:${port}`,
    });
    if (message?.method !== 'INVITE') return;
    arrived.add(message);
    const kept = ['via', 'from', 'to', 'call-id', 'cseq'].flatMap((name) =>
      (message.headers.get(name) ?? []).map(
        (value) => `${name}: ${value}${name === 'to' ? ';tag=busy' : ''}`,
      ),
    );
    pbx.send(['SIP/2.0 486 Busy Here', ...kept, 'content-length: 0', '', ''].join('\r\n'), port, address);
  });
  pbx.bind(0, ADDRESS);
  await once(pbx, 'listening');
  dns = await DnsServer.open({
    'pbx.example': [naptr('SIP+D2U', '_sip._udp.pbx.example')],
    '_sip._udp.pbx.example': [srv('host.pbx.example', pbx.address().port)],
    'host.pbx.example': [a(ADDRESS)],
    'web.example': [a(ADDRESS)],
  });
  process.env['DNS_SERVERS'] = dns.address;
});
afterAll(() => {
  delete process.env['DNS_SERVERS'];
  dns.close();
  pbx.close();
});

// Loopback is no address that strangers' names may lead to, unless the operator says so.
const world = inWorld({
  rows: async (db) => {
    await db.query(`INSERT INTO routing_setting VALUES ('privateSip', 'true')`);
  },
  noRows: async (db) => {
    await db.query(`DELETE FROM routing_setting WHERE name = 'privateSip'`);
  },
});

describe('a SIP address of a domain that is nobody’s we know', () => {
  it('is called where its DNS says, by its own name, and what it answers is what the caller is told', async () => {
    const { phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial('sip:Bob@pbx.example');
    const invite = await arrived.first('an INVITE', () => true);
    expect(invite.requestUri).toMatch(/^sip:Bob@pbx\.example[:;]/);
    expect(uriOf(header(invite, 'from') ?? '').user).toBe('+82262006100');
    expect(header(invite, 'p-asserted-identity')).toBeUndefined();
    expect(await call.ended()).toMatchObject({ sip: 486 });
    expect(await records.only(since)).toMatchObject({
      reading: 'uri',
      reason: 'busy',
      legs: [{ target: 'foreign-sip', sip: 486 }],
    });
  });

  it.each([
    ['a name without a SIP service', 'sip:bob@web.example'],
    ['a name that is none', 'sip:bob@nowhere.example'],
  ])('is refused for %s', async (_, dialled) => {
    const { phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(dialled);
    expect(await call.ended()).toMatchObject({ sip: 404 });
    expect(await records.only(since)).toMatchObject({ reason: 'no-sip-service', legs: [] });
  });
});
