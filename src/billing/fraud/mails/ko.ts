import type { MailTexts } from '../../../infra/mail/mail-texts.js';
import type { FraudMails } from './kinds.js';

const NOT_YOU = '본인이 아니라면 비밀번호와 전화기의 비밀 값을 바꾸고 이 메일에 회신해 주십시오.';

export const ko: MailTexts<FraudMails> = {
  'spend-80': ({ spent, cap }) => ({
    subject: `오늘 한도 ${cap} 중 ${spent}을(를) 사용했습니다`,
    lines: [`오늘 통화료는 ${spent}입니다. ${cap}에 이르면 요금이 드는 통화는 거절됩니다.`, '', NOT_YOU],
  }),
  'spend-100': ({ cap }) => ({
    subject: `오늘 한도 ${cap}에 도달했습니다`,
    lines: [
      '자정(UTC)까지 요금이 드는 통화는 거절됩니다. 긴급 통화는 가능합니다.',
      '한도를 올리려면 이 메일에 회신해 주십시오.',
      '',
      NOT_YOU,
    ],
  }),
  'member-spend-80': ({ spent, cap }) => ({
    subject: `회원 한 명이 오늘 한도 ${cap} 중 ${spent}을(를) 사용했습니다`,
    lines: [
      `이 회원의 오늘 통화료는 ${spent}입니다. ${cap}에 이르면 이 회원의 요금이 드는 통화만 거절됩니다.`,
      '',
      NOT_YOU,
    ],
  }),
  'member-spend-100': ({ cap }) => ({
    subject: `회원 한 명이 오늘 한도 ${cap}에 도달했습니다`,
    lines: [
      '자정(UTC)까지 이 회원의 요금이 드는 통화는 거절됩니다. 긴급 통화는 가능합니다.',
      '회사 관리자가 한도를 올릴 수 있습니다.',
      '',
      NOT_YOU,
    ],
  }),
  'short-calls': ({ calls, prefix }) => ({
    subject: `+${prefix}(으)로 매우 짧은 통화 ${calls}건`,
    lines: [`15분 동안 +${prefix} 번호로 건 통화 ${calls}건이 곧바로 끝났습니다.`, '', NOT_YOU],
  }),
  'many-calls': ({ calls }) => ({
    subject: `15분 동안 통화 ${calls}건`,
    lines: [`15분 동안 귀하의 계정에서 요금이 드는 통화가 ${calls}건 있었습니다.`, '', NOT_YOU],
  }),
};
