import { describe, expect, it } from '@jest/globals';
import { sipContactOf } from './sip-contact.js';

const line = (json: string, key = 'lab-a;@9a8b') => `/registrar/contact/${key}        : ${json}`;

describe('a registration in Asterisk’s own database', () => {
  it('says who is registered, from where, with what, and until when', () => {
    const json = JSON.stringify({
      via_addr: '192.0.2.7',
      via_port: '5062',
      uri: 'sip:lab-a@192.0.2.7:5062^3Bline=1',
      expiration_time: '1795804000',
      user_agent: 'Yealink T31\u0007',
      qualify_frequency: '0',
    });
    expect(sipContactOf(line(json))).toEqual({
      key: 'lab-a;@9a8b',
      aor: 'lab-a',
      uri: 'sip:lab-a@192.0.2.7:5062;line=1',
      address: '192.0.2.7:5062',
      userAgent: 'Yealink T31',
      expiresAt: new Date(1_795_804_000_000),
    });
  });

  it.each(['2 results found.', line('{"uri":1}'), line('{broken}'), ''])('is not %j', (text) => {
    expect(sipContactOf(text)).toBeUndefined();
  });
});
