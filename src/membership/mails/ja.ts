import type { MailTexts } from '../../infra/mail/mail-texts.js';
import type { MembershipMails } from './mails.js';

const IGNORE = 'お心当たりがない場合は、このメールを破棄してください。コードがなければ何も起こりません。';

export const ja: MailTexts<MembershipMails> = {
  signUp: ({ code, minutes }) => ({
    subject: `Anydial 確認コード: ${code}`,
    lines: [`ご登録の確認コード: ${code}`, `有効期間は${minutes}分です。`, '', IGNORE],
  }),
  alreadyHere: ({ link }) => ({
    subject: 'すでに Anydial のアカウントがあります',
    lines: [
      'このアドレスで登録の申し込みがありましたが、すでにアカウントがあります。',
      `ログイン、またはパスワードの再設定はこちら: ${link}`,
    ],
  }),
  passwordReset: ({ code, minutes }) => ({
    subject: `Anydial 確認コード: ${code}`,
    lines: [`パスワード再設定の確認コード: ${code}`, `有効期間は${minutes}分です。`, '', IGNORE],
  }),
  passwordChanged: ({ link }) => ({
    subject: 'Anydial のパスワードが変更されました',
    lines: ['パスワードが変更されました。', `お心当たりがない場合は、すぐに再設定してください: ${link}`],
  }),
  emailChange: ({ code, minutes }) => ({
    subject: `Anydial 確認コード: ${code}`,
    lines: [`このアドレスに変更するための確認コード: ${code}`, `有効期間は${minutes}分です。`, '', IGNORE],
  }),
  emailChanging: ({ to, link }) => ({
    subject: 'Anydial アカウントのアドレス変更',
    lines: [
      `パスワードを知る方が、アカウントのアドレスを ${to} に変更しようとしています。`,
      `お心当たりがない場合は、すぐにパスワードを再設定してください: ${link}`,
    ],
  }),
  invitation: ({ company, name, link, days }) => ({
    subject: `${company} から Anydial への招待`,
    lines: [
      `${name} 様`,
      `${company} の電話システムに招待されました。`,
      `${days}日以内に承諾してください: ${link}`,
    ],
  }),
  emailProof: ({ address, code, minutes }) => ({
    subject: `Anydial 確認コード: ${code}`,
    lines: [
      `Anydial の会員が ${address} での着信を希望しています。`,
      `ご本人の場合、確認コードはこちらです: ${code}`,
      `有効期間は${minutes}分です。`,
      '',
      IGNORE,
    ],
  }),
  contested: ({ subject, hours, link }) => ({
    subject: `${subject} の再確認のお願い`,
    lines: [
      `お客様のものとして登録されている ${subject} を、別の方が確認しました。`,
      `${hours}時間以内に再確認されない場合、その方のものになります: ${link}`,
    ],
  }),
  released: ({ subject }) => ({
    subject: `${subject} の登録が解除されました`,
    lines: [`${subject} は別のアカウントのものになりました。当社の交換機経由の着信は届かなくなります。`],
  }),
  erased: () => ({
    subject: 'Anydial アカウントを消去しました',
    lines: ['消去すべき情報をすべて消去しました。今後このアドレスにメールをお送りすることはありません。'],
  }),
};
