/** One SIP message as it was on the wire, with when and between whom. */
export interface SipMessage {
  readonly at: Date;
  /** `out`: sent by the lab. */
  readonly direction: 'in' | 'out';
  /** `address:port` of the other side. */
  readonly peer: string;
  /** Set in requests. */
  readonly method?: string;
  readonly requestUri?: string;
  /** Set in responses. */
  readonly status?: number;
  readonly reason?: string;
  readonly callId: string;
  /** Method of the CSeq header: tells a 200 to INVITE from a 200 to BYE. */
  readonly cseqMethod: string;
  readonly cseq: number;
  /** Lower-case long names, each with its values in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
  readonly raw: string;
}

/** RFC 3261 section 7.3.3 and the extensions that are seen here. */
const compact: Readonly<Record<string, string>> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
  r: 'refer-to',
  b: 'referred-by',
};

/** @returns undefined for what is no SIP message (keep-alives). */
export function parseSip(
  raw: string,
  wire: Pick<SipMessage, 'at' | 'direction' | 'peer'>,
): SipMessage | undefined {
  const [head = '', ...rest] = raw.split(/\r?\n\r?\n/);
  const [start = '', ...lines] = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(start);
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(start);
  if (!request && !response) return undefined;
  const headers = headersOf(lines);
  const [cseq = '0', cseqMethod = ''] = (headers.get('cseq')?.[0] ?? '').split(/\s+/);
  return {
    ...wire,
    ...(request ? { method: request[1] ?? '', requestUri: request[2] ?? '' } : {}),
    ...(response ? { status: Number(response[1]), reason: response[2] ?? '' } : {}),
    callId: headers.get('call-id')?.[0] ?? '',
    cseq: Number(cseq),
    cseqMethod,
    headers,
    body: rest.join('\r\n\r\n'),
    raw,
  };
}

function headersOf(lines: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const given = line.slice(0, colon).trim().toLowerCase();
    const name = compact[given] ?? given;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return headers;
}

/** First value of a header, by its long name in any case. */
export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.get(name.toLowerCase())?.[0];
}

/** User (percent-decoded) and host of a `sip:` URI or of a name-addr header value; '' for what is missing. */
export function uriOf(uriOrAddress: string): { readonly user: string; readonly host: string } {
  const [, user = '', host = ''] = /sips?:(?:([^@>]*)@)?([^:;?>\s]+)/.exec(uriOrAddress) ?? [];
  return { user: decodeURIComponent(user.replace(/;.*/, '')), host };
}

/** Codec names of the SDP's audio line in order of preference: `['PCMA', 'PCMU', 'telephone-event']`. */
export function codecsOf(message: SipMessage): readonly string[] {
  const payloads = /^m=audio \d+ \S+ (.*)$/m.exec(message.body)?.[1]?.trim().split(' ') ?? [];
  const fixed: Readonly<Record<string, string>> = { '0': 'PCMU', '3': 'GSM', '8': 'PCMA', '9': 'G722' };
  return payloads.map((payload) => {
    const mapped = new RegExp(`^a=rtpmap:${payload} ([^/\\r\\n]+)`, 'm').exec(message.body)?.[1];
    return mapped ?? fixed[payload] ?? payload;
  });
}

/** Q.850 cause of a Reason header (RFC 3326), if there is one. */
export function q850Of(message: SipMessage): number | undefined {
  const reasons = message.headers.get('reason') ?? [];
  const cause = reasons.map((value) => /Q\.850\s*;.*?cause=(\d+)/i.exec(value)?.[1]).find(Boolean);
  return cause === undefined ? undefined : Number(cause);
}

/** `INVITE sip:…` or `486 Busy Here (INVITE)`: for messages of failed tests. */
export function describeSip(message: SipMessage): string {
  const what =
    message.status === undefined
      ? `${message.method} ${message.requestUri}`
      : `${message.status} ${message.reason} (${message.cseqMethod})`;
  const arrow = message.direction === 'out' ? '->' : '<-';
  return `${message.at.toISOString()} ${arrow} ${message.peer} ${what}`;
}
