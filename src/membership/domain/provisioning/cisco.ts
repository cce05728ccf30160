import { dialPlan, keyClass } from './dial-plan.js';
import {
  DIAL_PAUSE_SECONDS,
  offsetText,
  type PhoneSettings,
  REGISTER_SECONDS,
  spoken,
  xml,
} from './phone-settings.js';

type Values = readonly (readonly [name: string, value: string | number])[];

/** `(119S0|112S0|[02-9*#][0-9*#].|…)`: S0 sends at once, a full stop is any number of more keys. */
function plan(phone: PhoneSettings): string {
  const { atOnce, others } = dialPlan(phone.emergency);
  return `(${[
    ...atOnce.map((code) => `${code}S0`),
    ...others.map(({ prefix, next }) => `${prefix}${keyClass(next)}[0-9*#].`),
  ].join('|')})`;
}

const line = (phone: PhoneSettings): Values => [
  ['Line_Enable_1_', 'Yes'],
  ['Proxy_1_', `${phone.server}:${phone.port}`],
  ['Register_1_', 'Yes'],
  ['Register_Expires_1_', REGISTER_SECONDS],
  ['SIP_Transport_1_', phone.transport.toUpperCase()],
  ['Display_Name_1_', phone.displayName],
  ['User_ID_1_', phone.username],
  ['Password_1_', phone.secret],
  ['Use_Auth_ID_1_', 'Yes'],
  ['Auth_ID_1_', phone.username],
  ['Secure_Call_Option_1_', phone.srtp ? 'Strict' : 'Optional'],
  ['DTMF_Tx_Method_1_', 'AVT'],
  ['Dial_Plan_1_', plan(phone)],
  ['Interdigit_Long_Timer', DIAL_PAUSE_SECONDS],
  ['Interdigit_Short_Timer', DIAL_PAUSE_SECONDS],
  ['Time_Zone', `GMT${offsetText(phone.clock.standardMinutes, true)}`],
  ['Daylight_Saving_Time_Enable', phone.clock.summerTime ? 'Yes' : 'No'],
];

/** Cisco 6800, 7800, 8800 with Multiplatform firmware (and SPA 5xx before them), `<mac>.xml`: "Provisioning Guide for MPP phones". */
export const ciscoMpp = (phone: PhoneSettings): string =>
  profile([
    ...line(phone),
    ['Station_Name', phone.label],
    ['Preferred_Codec_1_', 'G722'],
    ['Second_Preferred_Codec_1_', 'G711a'],
    ['Third_Preferred_Codec_1_', 'G711u'],
    ['Voice_Mail_Number', phone.voicemail],
    ['Language_Selection', spoken(phone, { en: 'English-US', ko: 'Korean', ja: 'Japanese' })],
  ]);

/** Cisco ATA 191 and 192 (and SPA 112/122 before them), first port. Their own star codes are off: * belongs to us. */
export const ciscoAta = (phone: PhoneSettings): string =>
  profile([
    ...line(phone),
    ['Preferred_Codec_1_', 'G711a'],
    ['Second_Preferred_Codec_1_', 'G711u'],
    ['VMWI_Serv_1_', 'Yes'],
    ['Call_Return_Code', ''],
    ['Blind_Transfer_Code', ''],
    ['Cfwd_All_Act_Code', ''],
    ['Cfwd_All_Deact_Code', ''],
    ['DND_Act_Code', ''],
    ['DND_Deact_Code', ''],
    ['CW_Act_Code', ''],
    ['CW_Deact_Code', ''],
    ['Block_CID_Act_Code', ''],
  ]);

const profile = (values: Values): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<flat-profile>',
    ...values.map(([name, value]) => `  <${name}>${xml(String(value))}</${name}>`),
    '</flat-profile>',
    '',
  ].join('\n');
