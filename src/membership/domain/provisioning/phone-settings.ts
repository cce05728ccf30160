/** Everything that a telephone has to be told, whoever made it. */
export interface PhoneSettings {
  /** Twelve lower-case hexadecimal digits. */
  readonly mac: string;
  readonly username: string;
  readonly secret: string;
  /** Of the member, shown on the phone. */
  readonly displayName: string;
  /** Of the phone: kitchen, reception. */
  readonly label: string;
  readonly server: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** SDES (RFC 4568), where signalling is TLS: keys in the clear protect nothing. */
  readonly srtp: boolean;
  /** BCP 47. */
  readonly language: string;
  readonly clock: PhoneClock;
  /** What goes out at once, as it is dialled where the phone stands. */
  readonly emergency: readonly string[];
  /** What is dialled for one's messages. */
  readonly voicemail: string;
}

export interface PhoneClock {
  /** ISO 3166-1. */
  readonly country: string;
  /** East of Greenwich, in winter. */
  readonly standardMinutes: number;
  readonly summerTime: boolean;
}

/** The codecs that we speak, best first. */
export const CODECS = ['opus', 'g722', 'pcma', 'pcmu'] as const;
/** Shorter than any NAT's memory of TCP, longer than Asterisk wants to be asked. */
export const REGISTER_SECONDS = 300;
/** A person who pauses longer has finished dialling. */
export const DIAL_PAUSE_SECONDS = 4;

/** One line, without what a configuration file would read as its own. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

export const xml = (text: string): string =>
  plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');

/** The words of one vendor for a language; its first where it does not speak it. */
export function spoken(
  { language }: Pick<PhoneSettings, 'language'>,
  words: { readonly en: string } & Readonly<Record<string, string>>,
): string {
  return words[language.toLowerCase().split('-', 1)[0] ?? ''] ?? words.en;
}

/** `+9`, `-5`, `+5:30`; with `wide`: `+09:00`. */
export function offsetText(minutes: number, wide = false): string {
  const sign = minutes < 0 ? '-' : '+';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  if (wide) return `${sign}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
  return rest === 0 ? `${sign}${hours}` : `${sign}${hours}:${String(rest).padStart(2, '0')}`;
}
