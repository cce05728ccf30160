import { dialPlan, keyClass } from './dial-plan.js';
import { DIAL_PAUSE_SECONDS, type PhoneSettings, REGISTER_SECONDS, spoken, xml } from './phone-settings.js';

const TRANSPORT = { udp: 'UDPOnly', tcp: 'TCPOnly', tls: 'TLS' } as const;

/** The file that a Poly phone asks for first, `<mac>.cfg`: it names the one with the settings. Without a secret. */
export const polyMaster = (mac: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    `<APPLICATION APP_FILE_PATH="" CONFIG_FILES="${polySettingsFile(mac)}" MISC_FILES="" LOG_FILE_DIRECTORY="" OVERRIDES_DIRECTORY="" CONTACTS_DIRECTORY=""/>`,
    '',
  ].join('\n');

export const polySettingsFile = (mac: string): string => `${mac}-anydial.cfg`;

/** Poly (Polycom) VVX and Edge, UC Software parameters: "Poly UC Software Administrator Guide". */
export function poly(phone: PhoneSettings): string {
  const { atOnce, others } = dialPlan(phone.emergency);
  const map = [...atOnce, ...others.map(({ prefix, next }) => `${prefix}${keyClass(next)}[0-9*#].T`)];
  const values: readonly (readonly [name: string, value: string | number])[] = [
    ['reg.1.displayName', phone.displayName],
    ['reg.1.label', phone.label],
    ['reg.1.address', phone.username],
    ['reg.1.auth.userId', phone.username],
    ['reg.1.auth.password', phone.secret],
    ['reg.1.server.1.address', phone.server],
    ['reg.1.server.1.port', phone.port],
    ['reg.1.server.1.transport', TRANSPORT[phone.transport]],
    ['reg.1.server.1.expires', REGISTER_SECONDS],
    ['reg.1.srtp.enable', phone.srtp ? 1 : 0],
    ['reg.1.srtp.offer', phone.srtp ? 1 : 0],
    ['reg.1.srtp.require', phone.srtp ? 1 : 0],
    ['voice.codecPref.Opus.default', 1],
    ['voice.codecPref.G722', 2],
    ['voice.codecPref.G711_A', 3],
    ['voice.codecPref.G711_Mu', 4],
    ['tone.dtmf.rfc2833Control', 1],
    ['msg.mwi.1.callBackMode', 'contact'],
    ['msg.mwi.1.callBack', phone.voicemail],
    ['dialplan.applyToUserDial', 1],
    ['dialplan.applyToUserSend', 0],
    // # is a key of numbers, and stays in them.
    ['dialplan.removeEndOfDial', 0],
    ['dialplan.1.removeEndOfDial', 0],
    ['dialplan.digitmap', map.join('|')],
    ['dialplan.digitmap.timeOut', map.map(() => DIAL_PAUSE_SECONDS).join('|')],
    ['lcl.ml.lang', spoken(phone, { en: 'English_United_States', ko: 'Korean_Korea', ja: 'Japanese_Japan' })],
    ['tcpIpApp.sntp.gmtOffset', phone.clock.standardMinutes * 60],
    ['tcpIpApp.sntp.daylightSavings.enable', phone.clock.summerTime ? 1 : 0],
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<PHONE_CONFIG>',
    '  <ALL',
    ...values.map(([name, value]) => `    ${name}="${xml(String(value))}"`),
    '  />',
    '</PHONE_CONFIG>',
    '',
  ].join('\n');
}
