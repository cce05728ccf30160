import type { MailTexts } from '../../infra/mail/mail-texts.js';
import type { ShopMails } from './kinds.js';

export const en: MailTexts<ShopMails> = {
  receipt: ({ what, total, link }) => ({
    subject: `Receipt: ${what}`,
    lines: [`Thank you. ${what} is yours.`, `Paid: ${total}`, 'The receipt is attached.', '', link],
  }),
  rejected: ({ what, reason, link }) => ({
    subject: `Your order of ${what} was not accepted`,
    lines: [`We cannot sell ${what} to you: ${reason}.`, 'Nothing was charged.', '', link],
  }),
  refunded: ({ what, total, reason, link }) => ({
    subject: `Refund: ${what}`,
    lines: [`${total} for ${what} was given back.`, ...(reason === '' ? [] : [reason]), '', link],
  }),
  shipped: ({ what, carrier, tracking, link }) => ({
    subject: `On its way: ${what}`,
    lines: [`${what} is on its way.`, `${carrier}, ${tracking}`, '', link],
  }),
  approved: ({ what, link }) => ({
    subject: `${what} was approved`,
    lines: [`You may have ${what}. Please make your final selection and pay.`, '', link],
  }),
  overdue: ({ what, link }) => ({
    subject: `The fee of ${what} is due`,
    lines: [
      `The wallet has not enough for the next year of ${what}. Please fill it up: else the number is given up.`,
      '',
      link,
    ],
  }),
};
