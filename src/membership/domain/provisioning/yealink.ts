import { dialPlan, keyClass } from './dial-plan.js';
import {
  CODECS,
  DIAL_PAUSE_SECONDS,
  offsetText,
  type PhoneSettings,
  plain,
  REGISTER_SECONDS,
  spoken,
} from './phone-settings.js';

const TRANSPORT = { udp: 0, tcp: 1, tls: 2 } as const;
const CODEC_NAMES = { opus: 'Opus', g722: 'G722', pcma: 'PCMA', pcmu: 'PCMU' } as const;

/** Yealink T and W series, `<mac>.cfg`: https://support.yealink.com, "Auto Provisioning Guide" V81 and later. */
export function yealink(phone: PhoneSettings): string {
  const { atOnce, others } = dialPlan(phone.emergency);
  const map = [
    ...atOnce,
    ...others.flatMap(({ prefix, next }) => [
      `${prefix}${keyClass(next)}`,
      `${prefix}${keyClass(next)}[x*#].`,
    ]),
  ];
  return [
    '#!version:1.0.0.1',
    'account.1.enable = 1',
    `account.1.label = ${plain(phone.label)}`,
    `account.1.display_name = ${plain(phone.displayName)}`,
    `account.1.user_name = ${phone.username}`,
    `account.1.auth_name = ${phone.username}`,
    `account.1.password = ${phone.secret}`,
    `account.1.sip_server.1.address = ${phone.server}`,
    `account.1.sip_server.1.port = ${phone.port}`,
    `account.1.sip_server.1.transport_type = ${TRANSPORT[phone.transport]}`,
    `account.1.sip_server.1.expires = ${REGISTER_SECONDS}`,
    // 2: compulsory.
    `account.1.srtp_encryption = ${phone.srtp ? 2 : 0}`,
    // 1: RFC 4733.
    'account.1.dtmf.type = 1',
    ...Object.values(CODEC_NAMES).map((name, at) => `account.1.codec.${at + 1}.payload_type = ${name}`),
    ...CODECS.flatMap((_, at) => [
      `account.1.codec.${at + 1}.enable = 1`,
      `account.1.codec.${at + 1}.priority = ${at + 1}`,
    ]),
    `voice_mail.number.1 = ${phone.voicemail}`,
    // 0: neither # nor * sends: both are keys of numbers.
    'features.pound_key.mode = 0',
    'account.1.dialplan.digitmap.enable = 1',
    'dialplan.digitmap.enable = 1',
    `dialplan.digitmap.string = ${map.join('|')}`,
    `dialplan.digitmap.interdigit_long_timer = ${DIAL_PAUSE_SECONDS}`,
    `dialplan.digitmap.interdigit_short_timer = ${DIAL_PAUSE_SECONDS}`,
    'dialplan.digitmap.apply_to.press_send = 0',
    ...atOnce.map((code, at) => `dialplan.dialnow.rule.${at + 1} = ${code}`),
    'phone_setting.dialnow_delay = 0',
    `lang.gui = ${spoken(phone, { en: 'English', ko: 'Korean', ja: 'Japanese' })}`,
    `local_time.time_zone = ${offsetText(phone.clock.standardMinutes)}`,
    // 2: automatic.
    `local_time.summer_time = ${phone.clock.summerTime ? 2 : 0}`,
    '',
  ].join('\n');
}
