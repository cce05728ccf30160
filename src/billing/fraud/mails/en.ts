import type { MailTexts } from '../../../infra/mail/mail-texts.js';
import type { FraudMails } from './kinds.js';

const NOT_YOU =
  'If this was not you, change your password and the secrets of your telephones, and answer this mail.';

export const en: MailTexts<FraudMails> = {
  'spend-80': ({ spent, cap }) => ({
    subject: `${spent} of today's ${cap} are spent`,
    lines: [
      `Your calls cost ${spent} today. At ${cap} further calls that cost something are refused.`,
      '',
      NOT_YOU,
    ],
  }),
  'spend-100': ({ cap }) => ({
    subject: `Today's limit of ${cap} is reached`,
    lines: [
      `Calls that cost something are refused until midnight (UTC). Emergency calls are not.`,
      'Answer this mail to have the limit raised.',
      '',
      NOT_YOU,
    ],
  }),
  'member-spend-80': ({ spent, cap }) => ({
    subject: `One member has spent ${spent} of today's ${cap}`,
    lines: [
      `The calls of one member cost ${spent} today. At ${cap} his further calls that cost something are refused; the other members' are not.`,
      '',
      NOT_YOU,
    ],
  }),
  'member-spend-100': ({ cap }) => ({
    subject: `One member's limit of ${cap} for today is reached`,
    lines: [
      `His calls that cost something are refused until midnight (UTC). Emergency calls are not.`,
      'Whoever administers the company can raise the limit.',
      '',
      NOT_YOU,
    ],
  }),
  'short-calls': ({ calls, prefix }) => ({
    subject: `${calls} very short calls to +${prefix}`,
    lines: [
      `Within a quarter of an hour ${calls} calls to numbers with +${prefix} ended at once.`,
      '',
      NOT_YOU,
    ],
  }),
  'many-calls': ({ calls }) => ({
    subject: `${calls} calls within a quarter of an hour`,
    lines: [`${calls} calls on your account cost something within a quarter of an hour.`, '', NOT_YOU],
  }),
};
