import type { MailTexts } from '../../infra/mail/mail-texts.js';
import type { ShopMails } from './kinds.js';

export const ja: MailTexts<ShopMails> = {
  receipt: ({ what, total, link }) => ({
    subject: `領収書: ${what}`,
    lines: [
      `ありがとうございます。${what} のご購入が完了しました。`,
      `お支払い: ${total}`,
      '領収書を添付しました。',
      '',
      link,
    ],
  }),
  rejected: ({ what, reason, link }) => ({
    subject: `${what} のご注文をお受けできませんでした`,
    lines: [`${what} はお売りできません: ${reason}`, '料金は請求されていません。', '', link],
  }),
  refunded: ({ what, total, reason, link }) => ({
    subject: `返金: ${what}`,
    lines: [`${what} の ${total} を返金しました。`, ...(reason === '' ? [] : [reason]), '', link],
  }),
  shipped: ({ what, carrier, tracking, link }) => ({
    subject: `発送: ${what}`,
    lines: [`${what} を発送しました。`, `${carrier}、${tracking}`, '', link],
  }),
  approved: ({ what, link }) => ({
    subject: `${what} が承認されました`,
    lines: [`${what} をご利用いただけます。最終選択のうえお支払いください。`, '', link],
  }),
  overdue: ({ what, total, suspendedOn, link }) => ({
    subject: `${what} の料金が未払いです`,
    lines: [
      `${what} の料金に対し、ウォレットの残高が ${total} 不足しています。`,
      `入金がない場合、${suspendedOn} から番号のご利用を停止します。`,
      '',
      link,
    ],
  }),
  reminder: ({ what, total, suspendedOn, link }) => ({
    subject: `お知らせ: ${what} は ${suspendedOn} から停止されます`,
    lines: [
      `${what} の料金がまだ ${total} 不足しています。`,
      'それまでにご入金いただければ、そのままご利用になれます。',
      '',
      link,
    ],
  }),
  suspended: ({ what, total, lapsesOn, link }) => ({
    subject: `${what} を停止しました`,
    lines: [
      `料金が未払いのため、${what} への着信を停止しました。緊急通報は引き続きご利用になれます。`,
      `${total} をご入金いただくとすぐに再開します。${lapsesOn} に番号は解約されます。`,
      '',
      link,
    ],
  }),
  lapsed: ({ what, link }) => ({
    subject: `${what} は解約されました`,
    lines: [`料金が未払いのため、${what} は解約されました。`, '', link],
  }),
  resumed: ({ what, link }) => ({
    subject: `${what} の料金をお支払いいただきました`,
    lines: [
      `ありがとうございます。${what} の料金のお支払いを確認しました。番号をご利用になれます。`,
      '',
      link,
    ],
  }),
};
