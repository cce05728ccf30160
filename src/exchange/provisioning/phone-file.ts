import type { Config } from '../../config.js';
import { clockOf, type PhoneSettings } from '../../membership/index.js';
import { emergencyNumbers } from '../../numbering/index.js';
import { zoneOf } from '../services/domain/local-time.js';

/** The feature code of one's own mailbox in a new installation. */
const VOICEMAIL = '*97';

export interface PhonePlace {
  readonly mac: string | null;
  readonly memberName: string;
  readonly label: string;
  readonly language: string;
  readonly country: string;
}

/** What a phone that stands there is told. Signalling and voice are encrypted where the installation has a name of its own (https). */
export function phoneSettings(
  { http, sip }: Pick<Config, 'http' | 'sip'>,
  place: PhonePlace,
  { username, secret }: { readonly username: string; readonly secret: string },
): PhoneSettings {
  const secure = http.publicUrl.startsWith('https:');
  return {
    mac: place.mac ?? '',
    username,
    secret,
    displayName: place.memberName,
    label: place.label,
    server: sip.host,
    port: secure ? sip.tlsPort : sip.port,
    transport: secure ? 'tls' : 'udp',
    srtp: secure,
    language: place.language,
    clock: clockOf(place.country, zoneOf(place.country), new Date().getUTCFullYear()),
    emergency: emergencyNumbers(place.country),
    voicemail: VOICEMAIL,
  };
}
