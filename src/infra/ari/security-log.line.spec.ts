import { describe, expect, it } from '@jest/globals';
import { securityEvent } from './security-log.line.js';

const FIELDS = {
  SecurityEvent: 'ChallengeResponseFailed',
  EventTV: '2026-11-23T13:47:42.359+0000',
  Severity: 'Error',
  Service: 'PJSIP',
  EventVersion: '1',
  AccountID: 'm1',
  SessionID: 'a84b4c76e66710@192.0.2.7',
  LocalAddress: 'IPV4/UDP/192.0.2.1/5060',
  RemoteAddress: 'IPV4/UDP/192.0.2.7/5060',
  Response: '6629fae49393a05397450978507c4ef1',
};
const line = (more: Record<string, string> = {}) =>
  `[2026-11-23 13:47:42.360] SECURITY[14074] res_security_log.c: ${Object.entries({ ...FIELDS, ...more })
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}`;

describe('a security event', () => {
  it('says who knocked at which door, from where', () => {
    expect(securityEvent(line())).toEqual({
      kind: 'auth.failed',
      at: new Date('2026-11-23T13:47:42.359Z'),
      service: 'PJSIP',
      account: 'm1',
      remote: { transport: 'UDP', host: '192.0.2.7', port: 5060 },
    });
  });

  it('of an account that does not exist names none', () => {
    expect(securityEvent(line({ AccountID: '<unknown>' }))).not.toHaveProperty('account');
  });

  it('knows IPv6, and a line that belongs to a call', () => {
    const logged = line({ RemoteAddress: 'IPV6/WSS/2001:db8::7/50123' }).replace(
      '] res',
      '][C-0000002f] res',
    );
    expect(securityEvent(logged)?.remote).toEqual({ transport: 'WSS', host: '2001:db8::7', port: 50123 });
  });

  it.each([
    ['SuccessfulAuth', 'auth.succeeded'],
    ['FailedACL', 'acl.refused'],
    ['RequestNotSupported', 'request.refused'],
  ])('%s is %s', (SecurityEvent, kind) => {
    expect(securityEvent(line({ SecurityEvent }))?.kind).toBe(kind);
  });

  it.each([{ SecurityEvent: 'ChallengeSent' }, { EventTV: 'now' }, { RemoteAddress: 'nowhere' }])(
    '%j is none',
    (more) => {
      expect(securityEvent(line(more))).toBeUndefined();
    },
  );

  it.each([
    ['a Call-ID names another address', line({ SessionID: 'x",RemoteAddress="IPV4/UDP/198.51.100.1/5060' })],
    ['a digest answer does', line({ Response: '1",RemoteAddress="IPV4/UDP/198.51.100.1/5060' })],
    ['a quote is left open', line({ SessionID: 'x"y' })],
    ['the line is cut off', line().slice(0, -10)],
    ['another module wrote it', line().replace('res_security_log.c', 'chan_pjsip.c')],
    ['it is not a line of the log', line().slice(1)],
    ['it is empty', ''],
  ])('nothing is believed when %s', (_, forged) => {
    expect(securityEvent(forged)).toBeUndefined();
  });
});
