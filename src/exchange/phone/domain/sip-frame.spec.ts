import { describe, expect, it } from '@jest/globals';
import { isRegistered, judgeFrame } from './sip-frame.js';

const register = (from: string, ...lines: readonly string[]): string =>
  [
    'REGISTER sip:anydial SIP/2.0',
    'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1',
    `To: <sip:${from}@anydial>`,
    `From: "me" <sip:${from}@anydial>;tag=1`,
    ...lines,
    '',
    '',
  ].join('\r\n');
const signed = (user: string) => `Authorization: Digest algorithm=MD5, username="${user}", realm="anydial"`;

describe('a message of a browser', () => {
  it('given_its_own_telephone_when_it_registers_then_it_passes', () => {
    expect(judgeFrame(register('d-me'), 'd-me')).toBe('pass');
    expect(judgeFrame(register('d-me', signed('d-me')), 'd-me')).toBe('pass');
  });

  it('given_another_device_when_it_is_named_or_signed_for_then_the_browser_is_shown_out', () => {
    expect(judgeFrame(register('d-you'), 'd-me')).toBe('foreign-user');
    expect(judgeFrame(register('d-me', signed('d-you')), 'd-me')).toBe('foreign-user');
    expect(judgeFrame(register('d-me', signed('d-you').replace('Auth', 'Proxy-Auth')), 'd-me')).toBe(
      'foreign-user',
    );
    expect(judgeFrame(register('d-me', signed('d-me'), signed('d-you')), 'd-me')).toBe('foreign-user');
  });

  it('given_a_call_that_came_in_when_it_is_held_then_from_is_our_own_number_and_passes', () => {
    const hold = register('d-me')
      .replace('REGISTER', 'INVITE')
      .replace('From: "me" <sip:d-me', 'From: <sip:0262006100082')
      .replace('To: <sip:d-me@anydial>', 'To: <sip:0262006200082@anydial>;tag=9');
    expect(judgeFrame(hold, 'd-me')).toBe('pass');
  });

  it('given_answers_and_keep_alives_when_they_come_then_they_pass', () => {
    expect(judgeFrame('SIP/2.0 200 OK\r\nVia: x\r\n\r\n', 'd-me')).toBe('pass');
    expect(judgeFrame('\r\n\r\n', 'd-me')).toBe('pass');
  });

  it.each([
    'GET / HTTP/1.1\r\n\r\n',
    'MESSAGE sip:a@b SIP/2.0\r\n\r\n',
    'hello',
    register('d-me', 'Authorization: Digest', ' username="d-you"'),
  ])('given_what_no_browser_telephone_sends_when_it_comes_then_it_is_unreadable: %j', (frame) => {
    expect(judgeFrame(frame, 'd-me')).toBe('unreadable');
  });
});

describe('what Asterisk answers to a registration', () => {
  const answer = (status: string, ...headers: readonly string[]) =>
    [`SIP/2.0 ${status}`, ...headers, '', ''].join('\r\n');

  it.each([
    [answer('200 OK', 'CSeq: 2 REGISTER', 'Contact: <sip:x@y>;expires=119'), true],
    // The contact was taken back: no contact is left.
    [answer('200 OK', 'CSeq: 2 REGISTER'), false],
    [answer('401 Unauthorized', 'CSeq: 1 REGISTER', 'Contact: <sip:x@y>'), false],
    [answer('200 OK', 'CSeq: 2 INVITE', 'Contact: <sip:x@y>'), false],
  ])('given_%j_then_the_telephone_can_be_called_%s', (frame, registered) => {
    expect(isRegistered(frame)).toBe(registered);
  });
});
