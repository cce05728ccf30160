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
  overdue: ({ what, total, suspendedOn, link }) => ({
    subject: `${what} 이용료 미납`,
    lines: [
      `${what}의 이용료를 내기에 지갑 잔액이 ${total} 부족합니다.`,
      `충전하지 않으면 ${suspendedOn}부터 번호 이용이 정지됩니다.`,
      '',
      link,
    ],
  }),
  reminder: ({ what, total, suspendedOn, link }) => ({
    subject: `알림: ${suspendedOn}부터 ${what} 이용이 정지됩니다`,
    lines: [
      `${what}의 이용료가 아직 ${total} 부족합니다.`,
      '그 전에 충전하시면 계속 이용하실 수 있습니다.',
      '',
      link,
    ],
  }),
  suspended: ({ what, total, lapsesOn, link }) => ({
    subject: `${what} 이용 정지`,
    lines: [
      `이용료 미납으로 ${what} 번호로 전화를 받을 수 없습니다. 긴급 전화는 계속 걸 수 있습니다.`,
      `${total}을(를) 충전하시면 바로 다시 이용하실 수 있습니다. ${lapsesOn}에는 번호가 해지됩니다.`,
      '',
      link,
    ],
  }),
  lapsed: ({ what, link }) => ({
    subject: `${what} 해지`,
    lines: [`이용료 미납으로 ${what} 번호가 해지되었습니다.`, '', link],
  }),
  resumed: ({ what, link }) => ({
    subject: `${what} 이용료 납부 완료`,
    lines: [`감사합니다. ${what}의 이용료가 납부되어 번호를 이용하실 수 있습니다.`, '', link],
  }),
};
