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
  overdue: ({ what, link }) => ({
    subject: `${what} の料金が未払いです`,
    lines: [`${what} の翌年分の料金が不足しています。入金がない場合、番号は解約されます。`, '', link],
  }),
};
