import { randomUUID } from 'node:crypto';
import type { AriChannel } from './ari-events.js';
import { LabCall, type LabLine } from './lab-call.js';

export interface DialOptions {
  /** Calling number in From (and P-Asserted-Identity). */
  readonly callingNumber: string;
  /** Instead of the number at `to`; the endpoint's outbound proxy then says where the INVITE goes. */
  readonly requestUri?: string;
  /** Additional headers of the INVITE. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the INVITE goes: `host:port`. */
  readonly to: string;
}

/**
 * The user part of a SIP URI for what somebody keyed in (RFC 3261 section 25.1: unreserved and user-unreserved stay).
 * Asterisk would encode a raw `#` by itself: for phones that send one there is sipp/call.xml.
 */
export function userPart(dialled: string): string {
  return dialled.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/gu, (character) => encodeURIComponent(character));
}

/** Places a call from an endpoint of the lab. Resolves as soon as the INVITE is on its way. */
export async function dial(line: LabLine, dialled: string, options: DialOptions): Promise<LabCall> {
  const channelId = `dialled-${randomUUID()}`;
  const uri = options.requestUri ?? `sip:${userPart(dialled)}@${options.to}`;
  const headers = Object.entries(options.headers ?? {});
  const { protocol_id } = await line.ari.post<AriChannel>('/channels/create', {
    endpoint: `PJSIP/${line.endpoint}/${uri}`,
    app: line.ari.app,
    appArgs: 'out',
    channelId,
    variables: {
      ...Object.fromEntries(headers.map(([name, value]) => [`PJSIP_HEADER(add,${name})`, value])),
      'CONNECTEDLINE(num,i)': options.callingNumber,
    },
  });
  const call = new LabCall(line, protocol_id, options.to, dialled);
  await line.ari.events.first(
    'the new channel',
    (event) => event.type === 'StasisStart' && event.channel.id === channelId,
  );
  await line.ari.post(`/channels/${channelId}/dial`);
  return call;
}
