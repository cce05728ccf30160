import type { MailTexts } from '../../infra/mail/mail-texts.js';
import type { ShopMails } from './kinds.js';

export const ko: MailTexts<ShopMails> = {
  receipt: ({ what, total, link }) => ({
    subject: `영수증: ${what}`,
    lines: [
      `감사합니다. ${what} 구매가 완료되었습니다.`,
      `결제 금액: ${total}`,
      '영수증을 첨부하였습니다.',
      '',
      link,
    ],
  }),
  rejected: ({ what, reason, link }) => ({
    subject: `${what} 주문이 승인되지 않았습니다`,
    lines: [`${what} 번호를 판매할 수 없습니다: ${reason}`, '청구된 금액은 없습니다.', '', link],
  }),
  refunded: ({ what, total, reason, link }) => ({
    subject: `환불: ${what}`,
    lines: [`${what}의 ${total}을(를) 환불하였습니다.`, ...(reason === '' ? [] : [reason]), '', link],
  }),
  shipped: ({ what, carrier, tracking, link }) => ({
    subject: `발송: ${what}`,
    lines: [`${what}을(를) 발송하였습니다.`, `${carrier}, ${tracking}`, '', link],
  }),
  approved: ({ what, link }) => ({
    subject: `${what} 승인`,
    lines: [`${what} 번호가 승인되었습니다. 최종 선택 후 결제해 주십시오.`, '', link],
  }),
  overdue: ({ what, link }) => ({
    subject: `${what} 이용료 미납`,
    lines: [`${what}의 다음 연도 이용료가 부족합니다. 충전하지 않으면 번호가 해지됩니다.`, '', link],
  }),
};
