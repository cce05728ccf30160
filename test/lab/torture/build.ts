/** Where a hostile message claims to come from, and whom it is for. */
export interface Ends {
  /** `address:port` that answers go to. */
  readonly from: string;
  /** `address:port` of the node. */
  readonly to: string;
}

export interface Parts {
  readonly start: string;
  /** Name and value; a name may stand several times, or be anything at all. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

const SDP = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40000 RTP/AVP 0 8',
  'a=rtpmap:0 PCMU/8000',
  '',
].join('\r\n');

/** A plain request that breaks nothing: what the hostile ones differ from. `name` makes its branch, Call-ID and tag. */
export function plain(method: string, name: string, { from, to }: Ends): Parts {
  const body = method === 'INVITE' ? SDP : '';
  return {
    start: `${method} sip:0262006200082@${to} SIP/2.0`,
    headers: [
      ['Via', `SIP/2.0/UDP ${from};rport;branch=z9hG4bK-${name}`],
      ['Max-Forwards', '70'],
      ['From', `<sip:nobody@${to}>;tag=${name}`],
      ['To', `<sip:0262006200082@${to}>`],
      ['Call-ID', `${name}@torture`],
      ['CSeq', `1 ${method}`],
      ['Contact', `<sip:nobody@${from}>`],
      ...(body === '' ? [] : ([['Content-Type', 'application/sdp']] as const)),
      ['Content-Length', String(Buffer.byteLength(body))],
    ],
    body,
  };
}

/** The same with these headers instead of those of their names (compared without case); undefined leaves one out. */
export function but(parts: Parts, changes: Readonly<Record<string, string | undefined>>): Parts {
  const wanted = new Map(Object.entries(changes).map(([name, value]) => [name.toLowerCase(), value]));
  const kept = parts.headers.flatMap(([name, value]) => {
    if (!wanted.has(name.toLowerCase())) return [[name, value] as const];
    const changed = wanted.get(name.toLowerCase());
    wanted.delete(name.toLowerCase());
    return changed === undefined ? [] : [[name, changed] as const];
  });
  const added = [...wanted].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...parts, headers: [...kept, ...added] };
}

export const textOf = ({ start, headers, body = '' }: Parts): string =>
  `${start}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
