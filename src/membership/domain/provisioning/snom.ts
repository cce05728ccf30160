import { dialPlan } from './dial-plan.js';
import { offsetText, type PhoneSettings, REGISTER_SECONDS, spoken, xml } from './phone-settings.js';

/** Zones by snom's names, where summer time does not matter. */
const ZONES: Readonly<Record<string, string>> = {
  KR: 'KOR',
  JP: 'JPN',
  US: 'USA',
  GB: 'GBR',
  DE: 'GER',
  FR: 'FRA',
};

/** snom D series, XML settings `<mac>.xml`: https://service.snom.com/wiki, "Settings" and "XML Configuration Files". */
export function snom(phone: PhoneSettings): string {
  const { atOnce } = dialPlan(phone.emergency);
  // |expression|replacement|d: sent at once. All else is sent by the phone's own key.
  const plan = atOnce.length === 0 ? '' : `|^(${atOnce.join('|')})$|sip:\\1@\\d|d`;
  const zone = ZONES[phone.clock.country];
  const values: readonly (readonly [name: string, value: string | number, index?: 1])[] = [
    ['user_active', 'on', 1],
    ['user_realname', phone.displayName, 1],
    ['user_idle_text', phone.label, 1],
    ['user_name', phone.username, 1],
    ['user_pname', phone.username, 1],
    ['user_pass', phone.secret, 1],
    ['user_host', phone.server, 1],
    ['user_outbound', `sip:${phone.server}:${phone.port};transport=${phone.transport}`, 1],
    ['user_expiry', REGISTER_SECONDS, 1],
    ['user_srtp', phone.srtp ? 'on' : 'off', 1],
    // The profile that must be encrypted, or need not.
    ['user_savp', phone.srtp ? 'mandatory' : 'off', 1],
    ['codec_priority_list', 'opus,g722,pcma,pcmu,telephone-event', 1],
    ['user_mailbox', phone.voicemail, 1],
    ['user_dp_str', plan, 1],
    ['overlap_dialing', 'off'],
    ['emergency_numbers', atOnce.join(' ')],
    ['language', spoken(phone, { en: 'English', ja: 'Japanese' })],
    ...(zone === undefined
      ? []
      : [['timezone', `${zone}${offsetText(phone.clock.standardMinutes)}`] as const]),
  ];
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<settings>',
    '  <phone-settings e="2">',
    ...values.map(
      ([name, value, index]) =>
        `    <${name}${index === undefined ? '' : ` idx="${index}"`} perm="">${xml(String(value))}</${name}>`,
    ),
    '  </phone-settings>',
    '</settings>',
    '',
  ].join('\n');
}
