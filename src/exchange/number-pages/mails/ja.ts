import type { MailTexts } from '../../../infra/mail/mail-texts.js';
import type { PageMails } from './mails.js';

export const ja: MailTexts<PageMails> = {
  letter: ({ number, name, replyTo, text }) => ({
    subject: `番号 ${number} のページからのメッセージ`,
    lines: [
      `${name} <${replyTo}> さんが番号 ${number} のページから送ったメッセージです。差出人は確認していません。`,
      '差出人はあなたのアドレスを知りません。このメールに返信すると知られます。',
      '',
      text,
    ],
  }),
  link: ({ number, link }) => ({
    subject: `${number} のページ`,
    lines: [`ご依頼の ${number} のページです:`, link],
  }),
};
