import { describe, expect, it } from '@jest/globals';
import { securityEvent } from './ami.security-events.js';

const message = (more: Record<string, string> = {}) =>
  new Map(
    Object.entries({
      event: 'ChallengeResponseFailed',
      eventtv: '2026-11-23T13:47:42.359+0000',
      service: 'PJSIP',
      accountid: 'm1',
      remoteaddress: 'IPV4/UDP/192.0.2.7/5060',
      ...more,
    }),
  );

describe('a security event', () => {
  it('says who knocked at which door, from where', () => {
    expect(securityEvent(message())).toEqual({
      kind: 'auth.failed',
      at: new Date('2026-11-23T13:47:42.359Z'),
      service: 'PJSIP',
      account: 'm1',
      remote: { transport: 'UDP', host: '192.0.2.7', port: 5060 },
    });
  });

  it('of an account that does not exist names none', () => {
    expect(securityEvent(message({ accountid: '<unknown>' }))).not.toHaveProperty('account');
  });

  it('knows IPv6', () => {
    const event = securityEvent(message({ remoteaddress: 'IPV6/WSS/2001:db8::7/50123' }));
    expect(event?.remote).toEqual({ transport: 'WSS', host: '2001:db8::7', port: 50123 });
  });

  it.each([
    ['SuccessfulAuth', 'auth.succeeded'],
    ['FailedACL', 'acl.refused'],
    ['RequestNotSupported', 'request.refused'],
  ])('%s is %s', (event, kind) => {
    expect(securityEvent(message({ event }))?.kind).toBe(kind);
  });

  it.each([
    { event: 'ChallengeSent' },
    { event: 'FullyBooted' },
    { eventtv: 'now' },
    { remoteaddress: 'nowhere' },
  ])('%j is none', (more) => {
    expect(securityEvent(message(more))).toBeUndefined();
  });
});
