import { posixZone } from './clock.js';
import { dialPlan, keyClass } from './dial-plan.js';
import { DIAL_PAUSE_SECONDS, type PhoneSettings, REGISTER_SECONDS, spoken, xml } from './phone-settings.js';

const TRANSPORT = { udp: 0, tcp: 1, tls: 2 } as const;
/** RTP payload types as these phones count them: 123 is Opus. */
const VOCODERS = { 57: 123, 58: 9, 59: 8, 60: 0 } as const;

/** What both kinds have in common: P-values of the first account. */
function account(phone: PhoneSettings): readonly (readonly [p: number, value: string | number])[] {
  return [
    [271, 1],
    [270, phone.label],
    [47, `${phone.server}:${phone.port}`],
    [35, phone.username],
    [36, phone.username],
    [34, phone.secret],
    [3, phone.displayName],
    [130, TRANSPORT[phone.transport]],
    // Minutes.
    [32, Math.ceil(REGISTER_SECONDS / 60)],
    [31, 1],
    // 2: enabled and forced.
    [183, phone.srtp ? 2 : 0],
    ...Object.entries(VOCODERS).map(([p, type]) => [Number(p), type] as const),
    // DTMF: not in the audio, by RFC 4733, not by SIP INFO.
    [850, 0],
    [851, 1],
    [852, 0],
    [33, phone.voicemail],
    // # does not send: it is a key of numbers.
    [72, 0],
    [85, DIAL_PAUSE_SECONDS],
    [290, plan(phone)],
    // The telephone company's own feature codes (*72 …) off: * belongs to us.
    [191, 0],
    [64, 'customize'],
    [246, posixZone(phone.clock)],
    [1362, spoken(phone, { en: 'en', ko: 'ko', ja: 'ja' })],
  ];
}

/** `{ 112 | 119 | [02-9*#][x*#]+ | … }`: a single key is a rule of its own, `+` wants one more at least. */
function plan(phone: PhoneSettings): string {
  const { atOnce, others } = dialPlan(phone.emergency);
  const rest = others.flatMap(({ prefix, next }) => [
    `${prefix}${keyClass(next)}`,
    `${prefix}${keyClass(next)}[x*#]+`,
  ]);
  return `{ ${[...atOnce, ...rest, '\\+x+'].join(' | ')} }`;
}

/** Grandstream telephones, `cfg<mac>.xml`: "XML Configuration File Generator" and P-value templates, https://www.grandstream.com/support/tools. */
export const grandstream = (phone: PhoneSettings): string => provision(phone, account(phone));

/** Analogue adapters HT801 and HT802, port 1: the same P-values, without what only a telephone with a display has. */
export const grandstreamHt = (phone: PhoneSettings): string =>
  provision(
    phone,
    account(phone).filter(([p]) => p !== 270 && p !== 1362),
  );

function provision(
  { mac }: PhoneSettings,
  values: readonly (readonly [p: number, value: string | number])[],
): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" ?>',
    '<gs_provision version="1">',
    `  <mac>${mac}</mac>`,
    '  <config version="1">',
    ...values.map(([p, value]) => `    <P${p}>${xml(String(value))}</P${p}>`),
    '  </config>',
    '</gs_provision>',
    '',
  ].join('\n');
}
