import type { MailTexts } from '../../infra/mail/mail-texts.js';
import type { MembershipMails } from './mails.js';

const IGNORE =
  '본인이 요청하지 않으셨다면 이 메일을 무시하십시오. 인증번호 없이는 아무 일도 일어나지 않습니다.';

export const ko: MailTexts<MembershipMails> = {
  signUp: ({ code, minutes }) => ({
    subject: `Anydial 인증번호는 ${code}입니다`,
    lines: [`가입 인증번호: ${code}`, `${minutes}분 동안 유효합니다.`, '', IGNORE],
  }),
  alreadyHere: ({ link }) => ({
    subject: '이미 Anydial 계정이 있습니다',
    lines: [
      '이 주소로 가입 신청이 있었으나 이미 계정이 있습니다.',
      `로그인하시거나 비밀번호를 재설정하십시오: ${link}`,
    ],
  }),
  passwordReset: ({ code, minutes }) => ({
    subject: `Anydial 인증번호는 ${code}입니다`,
    lines: [`비밀번호 재설정 인증번호: ${code}`, `${minutes}분 동안 유효합니다.`, '', IGNORE],
  }),
  passwordChanged: ({ link }) => ({
    subject: 'Anydial 비밀번호가 변경되었습니다',
    lines: ['비밀번호가 변경되었습니다.', `본인이 변경하지 않으셨다면 즉시 다시 설정하십시오: ${link}`],
  }),
  emailChange: ({ code, minutes }) => ({
    subject: `Anydial 인증번호는 ${code}입니다`,
    lines: [
      `이 주소를 계정 주소로 사용하기 위한 인증번호: ${code}`,
      `${minutes}분 동안 유효합니다.`,
      '',
      IGNORE,
    ],
  }),
  emailChanging: ({ to, link }) => ({
    subject: 'Anydial 계정의 주소 변경 요청',
    lines: [
      `비밀번호를 아는 누군가가 계정 주소를 ${to}(으)로 변경하려고 합니다.`,
      `본인이 아니라면 즉시 비밀번호를 재설정하십시오: ${link}`,
    ],
  }),
  invitation: ({ company, name, link, days }) => ({
    subject: `${company}에서 Anydial에 초대하였습니다`,
    lines: [
      `${name} 님,`,
      `${company}의 전화 시스템에 초대되셨습니다.`,
      `${days}일 안에 수락하십시오: ${link}`,
    ],
  }),
  emailProof: ({ address, code, minutes }) => ({
    subject: `Anydial 인증번호는 ${code}입니다`,
    lines: [
      `Anydial 회원이 ${address} 주소로 전화를 받고자 합니다.`,
      `본인이시라면 인증번호는 다음과 같습니다: ${code}`,
      `${minutes}분 동안 유효합니다.`,
      '',
      IGNORE,
    ],
  }),
  contested: ({ subject, hours, link }) => ({
    subject: `${subject} 소유를 다시 인증하십시오`,
    lines: [
      `회원님의 것으로 등록된 ${subject}을(를) 다른 분이 인증하였습니다.`,
      `${hours}시간 안에 다시 인증하지 않으시면 그분의 것이 됩니다: ${link}`,
    ],
  }),
  released: ({ subject }) => ({
    subject: `${subject} 등록이 해제되었습니다`,
    lines: [
      `${subject}은(는) 이제 다른 계정의 것입니다. 당사 교환기를 통한 통화가 더 이상 연결되지 않습니다.`,
    ],
  }),
  erased: () => ({
    subject: 'Anydial 계정이 삭제되었습니다',
    lines: ['삭제해야 할 정보를 모두 삭제하였습니다. 이 주소로 더 이상 메일을 보내지 않습니다.'],
  }),
};
