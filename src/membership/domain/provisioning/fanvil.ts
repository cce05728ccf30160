import { dialPlan } from './dial-plan.js';
import { DIAL_PAUSE_SECONDS, type PhoneSettings, plain, REGISTER_SECONDS, spoken } from './phone-settings.js';

const TRANSPORT = { udp: 0, tcp: 1, tls: 3 } as const;

/**
 * Fanvil X and V series, `<mac>.cfg`: its own text format ("Fanvil Auto Provision"), names padded, values after a colon, CRLF. Names
 * as phones of that generation export them; older ones call the same `Dial End With #`, `Register Pwd`.
 */
export function fanvil(phone: PhoneSettings): string {
  const { atOnce } = dialPlan(phone.emergency);
  return [
    '<<VOIP CONFIG FILE>>Version:2.0000000000',
    '',
    '<SIP CONFIG MODULE>',
    '--SIP Line List--  :',
    ...lines([
      ['SIP1 Phone Number', phone.username],
      ['SIP1 Display Name', phone.displayName],
      ['SIP1 Sip Name', phone.label],
      ['SIP1 Register Addr', phone.server],
      ['SIP1 Register Port', phone.port],
      ['SIP1 Register User', phone.username],
      ['SIP1 Register Pswd', phone.secret],
      ['SIP1 Register TTL', REGISTER_SECONDS],
      ['SIP1 Enable Reg', 1],
      ['SIP1 Transport', TRANSPORT[phone.transport]],
      ['SIP1 Media Crypto', phone.srtp ? 1 : 0],
      ['SIP1 DTMF Mode', 1],
      // A `#` that is dialled is sent as %23 (RFC 3261 section 25.1).
      ['SIP1 Uri Escaped', 1],
      ['SIP1 VoiceCodecMap', 'opus,G722,PCMA,PCMU'],
      ['SIP1 MWI Num', phone.voicemail],
    ]),
    '',
    '<CALL FEATURE MODULE>',
    '--Basic DialPlan-- :',
    ...lines([
      ['Dial by Pound', 0],
      ['Dial Fixed Length', 0],
      ['Dial by Timeout', 1],
      ['Dial Timeout value', DIAL_PAUSE_SECONDS],
    ]),
    '--Dial Peer List-- :',
    ...lines(atOnce.flatMap((code, at) => [[`Item${at + 1} Number`, code] as const])),
    '',
    '<PHONE FEATURE MODULE>',
    ...lines([
      ['Emergency Call', atOnce.join(',')],
      ['Default Language', spoken(phone, { en: 'en', ko: 'ko', ja: 'jp' })],
      // Quarters of an hour.
      ['Time Zone', phone.clock.standardMinutes / 15],
    ]),
    '<<END OF FILE>>',
    '',
  ].join('\r\n');
}

const lines = (values: readonly (readonly [name: string, value: string | number])[]): readonly string[] =>
  values.map(([name, value]) => `${name.padEnd(19)}:${plain(String(value))}`);
