import type { Mail } from '../../infra/mail/mail.js';
import { type SpokenLanguage, spokenLanguageOf } from '../domain/language.js';
import { zoneOf } from '../services/domain/local-time.js';

/** What the mail about one message says. */
export interface MailFacts {
  readonly messageId: string;
  readonly address: string;
  readonly language: string;
  readonly country: string;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly durationMs: number;
  readonly receivedAt: Date;
  /** The recording's file where it is at hand. */
  readonly file?: string;
  /** Where the recording can be fetched. */
  readonly link: string;
}

interface Words {
  readonly unknown: string;
  subject(from: string): string;
  /** `time` is formatted already; `seconds` is rounded up. */
  body(from: string, time: string, seconds: number): readonly string[];
  attached: string;
  fetch(link: string): string;
}

const words: Readonly<Record<SpokenLanguage, Words>> = {
  en: {
    unknown: 'an unknown caller',
    subject: (from) => `Voice message from ${from}`,
    body: (from, time, seconds) => [
      `You have a new voice message from ${from}.`,
      `Received: ${time}`,
      `Length: ${seconds} s`,
    ],
    attached: 'The message is attached. You can also dial *97 from your telephone.',
    fetch: (link) => `Listen: dial *97 from your telephone, or ${link}`,
  },
  ko: {
    unknown: '발신 번호 표시 제한',
    subject: (from) => `음성 메시지: ${from}`,
    body: (from, time, seconds) => [
      '새 음성 메시지가 있습니다.',
      `발신: ${from}`,
      `수신 시각: ${time}`,
      `길이: ${seconds}초`,
    ],
    attached: '메시지를 첨부하였습니다. 전화기에서 *97을 눌러 들으실 수도 있습니다.',
    fetch: (link) => `듣기: 전화기에서 *97, 또는 ${link}`,
  },
  ja: {
    unknown: '非通知',
    subject: (from) => `留守番電話のメッセージ: ${from}`,
    body: (from, time, seconds) => [
      '新しいメッセージをお預かりしました。',
      `発信者: ${from}`,
      `受信日時: ${time}`,
      `長さ: ${seconds}秒`,
    ],
    attached: 'メッセージを添付しました。電話機から *97 でもお聞きいただけます。',
    fetch: (link) => `再生: 電話機から *97、または ${link}`,
  },
};

/** The mail in the language of the mailbox's owner, the time by the clock where he lives. */
export function messageMail(facts: MailFacts): Mail {
  const language = spokenLanguageOf(facts.language);
  const say = words[language];
  const from = [facts.callerName, facts.callerNumber].filter((one) => one !== null).join(' ') || say.unknown;
  const time = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zoneOf(facts.country),
  }).format(facts.receivedAt);
  const body = say.body(from, time, Math.ceil(facts.durationMs / 1_000));
  return {
    id: `voice-message.${facts.messageId}`,
    to: facts.address,
    subject: say.subject(from),
    text: [...body, '', facts.file === undefined ? say.fetch(facts.link) : say.attached, ''].join('\n'),
    ...(facts.file === undefined ? {} : { attachments: [attachment(facts.file, facts.receivedAt)] }),
  };
}

const attachment = (path: string, receivedAt: Date) => ({
  filename: `message-${receivedAt.toISOString().slice(0, 16).replace(/[:T]/g, '-')}.wav`,
  path,
  contentType: 'audio/wav',
});
