import { describe, expect, it } from '@jest/globals';
import { userPart } from '../../lab/dial.js';
import { codecsOf, header, parseSip, uriOf } from '../../lab/sip-message.js';
import { parseSippTrace } from '../../lab/sipp-trace.js';

const wire = { at: new Date(0), direction: 'in', peer: '127.0.0.1:5060' } as const;

describe('SIP messages', () => {
  it('reads compact and folded headers by their long names', () => {
    const message = parseSip(
      'INVITE sip:%2382@a SIP/2.0\r\ni: x\r\nf: "A"\r\n <sip:1@b>;tag=2\r\nCSeq: 1 INVITE\r\n\r\n',
      wire,
    );
    expect(message?.callId).toBe('x');
    expect(message && header(message, 'From')).toBe('"A" <sip:1@b>;tag=2');
    expect(uriOf(message?.requestUri ?? '')).toEqual({ user: '#82', host: 'a' });
  });

  it('is no message what is only a keep-alive', () => {
    expect(parseSip('\r\n\r\n', wire)).toBeUndefined();
  });

  it('names codecs in the order of the offer, mapped or fixed', () => {
    const sdp =
      'v=0\r\nm=audio 4000 RTP/AVP 107 8 0 101\r\na=rtpmap:107 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n';
    const message = parseSip(`SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n\r\n${sdp}`, wire);
    expect(message && codecsOf(message)).toEqual(['opus', 'PCMA', 'PCMU', 'telephone-event']);
  });

  it.each([
    ['02-6200-6200-082', '02-6200-6200-082'],
    ['6200#82', '6200%2382'],
    ['*97', '*97'],
    ['+8210', '+8210'],
    ['a@b.c', 'a%40b.c'],
    ['０２', '%EF%BC%90%EF%BC%92'],
  ])('keys %s into a URI as %s', (dialled, expected) => {
    expect(userPart(dialled)).toBe(expected);
  });

  it('reads what sipp traced, in order and with the direction', () => {
    const ruler = '-----------------------------------------------';
    const trace = [
      `${ruler} 2026-11-23 14:27:37.233048\nUDP message sent (302 bytes):\n\nREGISTER sip:a SIP/2.0\r\nCSeq: 1 REGISTER\r\n\r\n\n`,
      `${ruler} 2026-11-23 14:27:37.233437\nUDP message received [467] bytes :\n\nSIP/2.0 401 Unauthorized\r\nCSeq: 1 REGISTER\r\n\r\n\n`,
    ].join('');
    const [sent, received] = parseSippTrace(trace, '127.0.0.1:1');
    expect([sent?.direction, sent?.method]).toEqual(['out', 'REGISTER']);
    expect([received?.direction, received?.status]).toEqual(['in', 401]);
    expect(received && sent && received.at >= sent.at).toBe(true);
  });
});
