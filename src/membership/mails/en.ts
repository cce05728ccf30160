import type { MailTexts } from '../../infra/mail/mail-texts.js';
import type { MembershipMails } from './mails.js';

const IGNORE = 'If this was not you, do nothing: without the code nothing happens.';

export const en: MailTexts<MembershipMails> = {
  signUp: ({ code, minutes }) => ({
    subject: `${code} is your Anydial code`,
    lines: [`Your code to sign up: ${code}`, `It is good for ${minutes} minutes.`, '', IGNORE],
  }),
  alreadyHere: ({ link }) => ({
    subject: 'You have an Anydial account already',
    lines: [
      'Somebody, probably you, wanted to sign up with this address. It has an account already.',
      `Sign in, or ask for a new password: ${link}`,
    ],
  }),
  passwordReset: ({ code, minutes }) => ({
    subject: `${code} is your Anydial code`,
    lines: [`Your code to set a new password: ${code}`, `It is good for ${minutes} minutes.`, '', IGNORE],
  }),
  passwordChanged: ({ link }) => ({
    subject: 'Your Anydial password was changed',
    lines: ['Your password was changed.', `If this was not you, set a new one at once: ${link}`],
  }),
  emailChange: ({ code, minutes }) => ({
    subject: `${code} is your Anydial code`,
    lines: [
      `Your code to use this address from now on: ${code}`,
      `It is good for ${minutes} minutes.`,
      '',
      IGNORE,
    ],
  }),
  emailChanging: ({ to, link }) => ({
    subject: 'Your Anydial account gets another address',
    lines: [
      `Somebody who knows your password wants to change the address of your account to ${to}.`,
      `If this was not you, set a new password at once: ${link}`,
    ],
  }),
  invitation: ({ company, name, link, days }) => ({
    subject: `${company} invites you to Anydial`,
    lines: [
      `Hello ${name},`,
      `${company} has a place for you on its telephone system.`,
      `Accept within ${days} days: ${link}`,
    ],
  }),
  emailProof: ({ address, code, minutes }) => ({
    subject: `${code} is your Anydial code`,
    lines: [
      `A member of Anydial says that ${address} is his, to be called by it.`,
      `If that is you, this is the code: ${code}`,
      `It is good for ${minutes} minutes.`,
      '',
      IGNORE,
    ],
  }),
  contested: ({ subject, hours, link }) => ({
    subject: `Prove again that ${subject} is yours`,
    lines: [
      `Somebody else has proved control of ${subject}, which is registered as yours.`,
      `Prove it again within ${hours} hours, or it will be his: ${link}`,
    ],
  }),
  released: ({ subject }) => ({
    subject: `${subject} is no longer registered as yours`,
    lines: [
      `${subject} belongs to somebody else's account now. Calls to it no longer come to you by our exchange.`,
    ],
  }),
  erased: () => ({
    subject: 'Your Anydial account is erased',
    lines: ['All that we had to erase is erased. This address gets no further mail from us.'],
  }),
};
