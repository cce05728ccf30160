import { describe, expect, it } from '@jest/globals';
import { trunkRegistrationsOf } from './trunk-registration.js';

/** As Asterisk 22.10.1 prints it; the server's URI is cut to what is left of its column. */
const SHOWN = `
 <Registration/ServerURI..............................>  <Auth....................>  <Status.......>
==========================================================================================

 asking/sip:127.0.0.53:40000;transport=udp              asking                      Registered        (exp. 588s)
 second/sip:sip.carrier.example:5061;transport=tls      second                      Rejected          (exp. 1795833479s ago)
 third/sips:[2001:db8::1]:5061                          n/a                         Unregistered      (exp. 3s ago)
 a-trunk-with-a-name-of-forty-characters0/sip:127.0.0.  a-trunk-with-a-name-of-forty-characters0  Stopped

Objects found: 4
`;

describe('how trunks are registered with their carriers', () => {
  it('is read from what Asterisk prints, whatever is cut', () => {
    expect([...trunkRegistrationsOf(SHOWN)]).toEqual([
      ['asking', 'registered'],
      ['second', 'rejected'],
      ['third', 'unregistered'],
      ['a-trunk-with-a-name-of-forty-characters0', 'unregistered'],
    ]);
  });

  it('is nothing where there are none', () => {
    expect(trunkRegistrationsOf('No objects found.\n\n').size).toBe(0);
  });
});
