import type { MailTexts } from '../../../infra/mail/mail-texts.js';
import type { FraudMails } from './kinds.js';

const NOT_YOU =
  'お心当たりがない場合は、パスワードと電話機のシークレットを変更し、このメールにご返信ください。';

export const ja: MailTexts<FraudMails> = {
  'spend-80': ({ spent, cap }) => ({
    subject: `本日の上限 ${cap} のうち ${spent} を使用しました`,
    lines: [`本日の通話料は ${spent} です。${cap} に達すると有料の通話はできなくなります。`, '', NOT_YOU],
  }),
  'spend-100': ({ cap }) => ({
    subject: `本日の上限 ${cap} に達しました`,
    lines: [
      '午前0時（UTC）まで有料の通話はできません。緊急通報は可能です。',
      '上限を引き上げるには、このメールにご返信ください。',
      '',
      NOT_YOU,
    ],
  }),
  'member-spend-80': ({ spent, cap }) => ({
    subject: `会員1名が本日の上限 ${cap} のうち ${spent} を使用しました`,
    lines: [
      `この会員の本日の通話料は ${spent} です。${cap} に達すると、この会員の有料の通話だけができなくなります。`,
      '',
      NOT_YOU,
    ],
  }),
  'member-spend-100': ({ cap }) => ({
    subject: `会員1名が本日の上限 ${cap} に達しました`,
    lines: [
      '午前0時（UTC）まで、この会員の有料の通話はできません。緊急通報は可能です。',
      '会社の管理者が上限を引き上げられます。',
      '',
      NOT_YOU,
    ],
  }),
  'short-calls': ({ calls, prefix }) => ({
    subject: `+${prefix} への非常に短い通話が${calls}件`,
    lines: [`15分間に +${prefix} の番号への通話${calls}件がすぐに終了しました。`, '', NOT_YOU],
  }),
  'many-calls': ({ calls }) => ({
    subject: `15分間に通話${calls}件`,
    lines: [`15分間に、お客様のアカウントで有料の通話が${calls}件ありました。`, '', NOT_YOU],
  }),
};
