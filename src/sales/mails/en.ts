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
  overdue: ({ what, total, suspendedOn, link }) => ({
    subject: `The fee of ${what} is due`,
    lines: [
      `The wallet is short of ${total} for the fee of ${what}.`,
      `Please fill it up: else the number is out of service from ${suspendedOn}.`,
      '',
      link,
    ],
  }),
  reminder: ({ what, total, suspendedOn, link }) => ({
    subject: `Reminder: ${what} is out of service from ${suspendedOn}`,
    lines: [
      `The wallet is still short of ${total} for ${what}.`,
      'A payment before that day keeps it working.',
      '',
      link,
    ],
  }),
  suspended: ({ what, total, lapsesOn, link }) => ({
    subject: `${what} is out of service`,
    lines: [
      `Nobody can call ${what} now, because its fee was not paid. Emergency calls are still possible.`,
      `A payment of ${total} puts it back at once. On ${lapsesOn} it is given up for good.`,
      '',
      link,
    ],
  }),
  lapsed: ({ what, link }) => ({
    subject: `${what} was given up`,
    lines: [`The fee of ${what} was not paid. The number is not yours any more.`, '', link],
  }),
  resumed: ({ what, link }) => ({
    subject: `${what} is paid`,
    lines: [`Thank you. The fee of ${what} is paid, and the number works.`, '', link],
  }),
};
