import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../kernel/secret.js';
import { messageOf } from './message-of.js';
import { SmtpMail, sentOf } from './smtp.mail.js';

const error = (fields: object) => Object.assign(new Error('it broke'), fields);

describe('what a failed attempt means', () => {
  it.each([
    ['the server said 450', { responseCode: 450, command: 'RCPT TO' }, 'later'],
    ['the server said 550', { responseCode: 550, command: 'RCPT TO' }, 'refused'],
    ['the server said 554 to the mail itself', { responseCode: 554, command: 'DATA' }, 'refused'],
    ['nobody listens', { code: 'ESOCKET', syscall: 'connect' }, 'later'],
    ['the name is not known', { code: 'EDNS', syscall: 'getaddrinfo' }, 'later'],
    ['the log-in failed without an answer', { code: 'EAUTH' }, 'later'],
    ['the attachment is gone', { code: 'ENOENT', syscall: 'open' }, 'later'],
    ['the connection broke somewhere', { code: 'ECONNECTION', command: 'CONN' }, 'unknown'],
    ['the server fell silent', { code: 'ETIMEDOUT', command: 'DATA' }, 'unknown'],
    ['anything else', {}, 'unknown'],
  ])('%s', (_, fields, kind) => {
    expect(sentOf(error(fields))).toMatchObject({ kind, reason: 'it broke' });
  });

  it('given nobody listens at the server, it may be tried again', async () => {
    const sent = await new SmtpMail(new Secret('smtp://127.0.0.1:1'), 'a@example.com').send({
      id: 'x',
      to: 'b@example.com',
      subject: 's',
      text: 't',
    });
    expect(sent.kind).toBe('later');
  });
});

describe('a mail', () => {
  const mail = {
    id: 'voice-message.1',
    to: 'b@example.com',
    subject: 'from a\r\nBcc: c@example.com',
    text: 't',
  };

  it('has the same Message-ID each time it is made', () => {
    expect(messageOf(mail, 'no-reply@phone.example').messageId).toBe('<voice-message.1@phone.example>');
  });

  it('gets no header from a line break in its subject', () => {
    expect(messageOf(mail, 'a@example.com').subject).toBe('from a Bcc: c@example.com');
  });
});
