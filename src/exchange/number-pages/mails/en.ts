import type { MailTexts } from '../../../infra/mail/mail-texts.js';
import type { PageMails } from './mails.js';

export const en: MailTexts<PageMails> = {
  letter: ({ number, name, replyTo, text }) => ({
    subject: `Message from the page of your number ${number}`,
    lines: [
      `${name} <${replyTo}> wrote on the page of your number ${number}. We have not checked who it is.`,
      'The writer does not know your address; an answer to this mail tells it.',
      '',
      text,
    ],
  }),
  link: ({ number, link }) => ({
    subject: `The page of ${number}`,
    lines: [`You asked for the page of ${number}:`, link],
  }),
};
