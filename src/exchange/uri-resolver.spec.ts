import { describe, expect, it } from '@jest/globals';
import { isPublicAddress } from './public-address.js';
import { type Dns, UriResolver } from './uri-resolver.js';

const nothing = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
const zone = (records: {
  naptr?: Awaited<ReturnType<Dns['resolveNaptr']>>;
  srv?: Record<string, Awaited<ReturnType<Dns['resolveSrv']>>>;
  a?: Record<string, string[]>;
}): Dns => ({
  resolveNaptr: () => (records.naptr === undefined ? nothing() : Promise.resolve(records.naptr)),
  resolveSrv: (name) =>
    Promise.resolve(records.srv?.[name] ?? []).then((found) => (found.length > 0 ? found : nothing())),
  resolve4: (name) =>
    Promise.resolve(records.a?.[name] ?? []).then((found) => (found.length > 0 ? found : nothing())),
});
const find = (dns: Dns, uri = 'sip:bob@pbx.example', privateAllowed = false) => {
  const host = /@([^:]+)/.exec(uri)?.[1] ?? '';
  return new UriResolver(dns, () => privateAllowed).resolve({ kind: 'uri', uri, host });
};
const srv = (name: string, port: number, priority = 1, weight = 1) => ({ name, port, priority, weight });
const naptr = (service: string, replacement: string, order: number) => ({
  flags: 'S',
  service,
  regexp: '',
  replacement,
  order,
  preference: 1,
});

describe('the SIP service of an address elsewhere', () => {
  it('is where NAPTR and SRV say, in the order that they say', async () => {
    const dns = zone({
      naptr: [
        naptr('SIP+D2U', 'udp.pbx.example', 20),
        naptr('SIP+D2T', 'tcp.pbx.example', 10),
        naptr('E2U', 'x', 1),
      ],
      srv: {
        'tcp.pbx.example': [srv('b.pbx.example', 5062, 2), srv('a.pbx.example', 5061, 1)],
        'udp.pbx.example': [srv('c.pbx.example', 5060)],
      },
      a: { 'a.pbx.example': ['8.8.4.4'] },
    });
    expect(await find(dns)).toEqual({ kind: 'found', address: '8.8.4.4', port: 5061, transport: 'tcp' });
  });

  it('without NAPTR is the usual SRV name’s', async () => {
    const dns = zone({
      srv: { '_sip._udp.pbx.example': [srv('a.example', 5070)] },
      a: { 'a.example': ['8.8.8.8'] },
    });
    expect(await find(dns)).toEqual({ kind: 'found', address: '8.8.8.8', port: 5070, transport: 'udp' });
    expect(await find(dns, 'sips:bob@pbx.example')).toEqual({ kind: 'none' });
  });

  it('with a port is at that name and port', async () => {
    const dns = zone({ a: { 'pbx.example': ['8.8.8.8'] } });
    expect(await find(dns, 'sip:bob@pbx.example:5090')).toMatchObject({ address: '8.8.8.8', port: 5090 });
  });

  it('is none for a name that speaks of none: a web site gets no call', async () => {
    expect(await find(zone({ a: { 'pbx.example': ['8.8.8.8'] } }))).toEqual({ kind: 'none' });
    const off = zone({ srv: { '_sip._udp.pbx.example': [srv('', 0)] } });
    expect(await find(off)).toEqual({ kind: 'none' });
  });

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.5.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
  ])('never leads to %s, unless the operator allows it', async (address) => {
    const dns = zone({
      srv: { '_sip._udp.pbx.example': [srv('a.example', 5060)] },
      a: { 'a.example': [address] },
    });
    expect(await find(dns)).toEqual({ kind: 'forbidden' });
    expect(await find(dns, undefined, true)).toMatchObject({ kind: 'found', address });
  });

  it('takes the first public address of several', async () => {
    const dns = zone({
      srv: { '_sip._udp.pbx.example': [srv('a.example', 5060)] },
      a: { 'a.example': ['10.0.0.1', '8.8.8.8'] },
    });
    expect(await find(dns)).toMatchObject({ address: '8.8.8.8' });
  });

  it('is not known while the DNS does not answer', async () => {
    const away = () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' }));
    expect(await find({ resolveNaptr: away, resolveSrv: away, resolve4: away })).toEqual({ kind: 'timeout' });
  });

  it('an address that is none is not public', () => {
    expect([isPublicAddress('8.8.8.8'), isPublicAddress('::1'), isPublicAddress('x')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
