import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './mail.js';

/** As nodemailer wants it. It folds and encodes headers itself (RFC 2047); a line break in a subject must not make a header. */
export function messageOf(mail: Mail, from: string): SendMailOptions {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    from,
    to: { name: '', address: mail.to },
    ...(mail.replyTo === undefined ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    subject: mail.subject.replace(/\p{Cc}+/gu, ' '),
    text: mail.text,
    messageId: `<${mail.id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: (mail.attachments ?? []).map((one) =>
      'content' in one ? { ...one, encoding: 'base64' } : { ...one },
    ),
  };
}
