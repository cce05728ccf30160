/** One captured packet: Asterisk's res_hep_pjsip sends each SIP message that it receives or sends in this form. */
export interface HepPacket {
  readonly at: Date;
  /** `address:port`. */
  readonly from: string;
  readonly to: string;
  readonly payload: string;
}

/** Chunk types of the generic vendor (0): HEP/EEP specification, revision 12, section "generic chunk types". */
const chunk = {
  source: 3,
  target: 4,
  sourcePort: 7,
  targetPort: 8,
  seconds: 9,
  micros: 10,
  payload: 15,
} as const;

/** Decodes HEPv3 over IPv4. @returns undefined when the packet is something else. */
export function decodeHep(packet: Buffer): HepPacket | undefined {
  if (packet.length < 6 || packet.toString('latin1', 0, 4) !== 'HEP3') return undefined;
  const chunks = new Map<number, Buffer>();
  for (let at = 6; at + 6 <= packet.length; ) {
    const length = packet.readUInt16BE(at + 4);
    if (length < 6) return undefined;
    if (packet.readUInt16BE(at) === 0)
      chunks.set(packet.readUInt16BE(at + 2), packet.subarray(at + 6, at + length));
    at += length;
  }
  const payload = chunks.get(chunk.payload);
  const seconds = chunks.get(chunk.seconds);
  const micros = chunks.get(chunk.micros);
  if (!payload || !seconds || !micros) return undefined;
  return {
    at: new Date(seconds.readUInt32BE() * 1000 + micros.readUInt32BE() / 1000),
    from: endOf(chunks.get(chunk.source), chunks.get(chunk.sourcePort)),
    to: endOf(chunks.get(chunk.target), chunks.get(chunk.targetPort)),
    payload: payload.toString('utf8'),
  };
}

function endOf(address: Buffer | undefined, port: Buffer | undefined): string {
  return `${address?.join('.') ?? '?'}:${port?.readUInt16BE() ?? '?'}`;
}
