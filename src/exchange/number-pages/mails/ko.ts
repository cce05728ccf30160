import type { MailTexts } from '../../../infra/mail/mail-texts.js';
import type { PageMails } from './mails.js';

export const ko: MailTexts<PageMails> = {
  letter: ({ number, name, replyTo, text }) => ({
    subject: `${number} 번호 페이지에서 온 메시지`,
    lines: [
      `${name} <${replyTo}> 님이 ${number} 번호의 페이지에서 보낸 메시지입니다. 보낸 사람은 확인되지 않았습니다.`,
      '보낸 사람은 회원님의 주소를 모릅니다. 이 메일에 답장하면 알게 됩니다.',
      '',
      text,
    ],
  }),
  link: ({ number, link }) => ({
    subject: `${number} 번호의 페이지`,
    lines: [`요청하신 ${number} 번호의 페이지입니다:`, link],
  }),
};
