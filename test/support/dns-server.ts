import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** One record: its type and its data as RFC 1035, 2782 and 3403 write it on the wire. */
interface DnsRecord {
  readonly type: number;
  readonly data: Buffer;
}

const A = 1;
const SRV = 33;
const NAPTR = 35;
const NO_SUCH_NAME = 3;

const nameOf = (name: string): Buffer =>
  Buffer.concat([...name.split('.').map((label) => lengthFirst(label)), Buffer.from([0])]);
const lengthFirst = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
const words = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) buffer.writeUInt16BE(value, at * 2);
  return buffer;
};

export const a = (address: string): DnsRecord => ({
  type: A,
  data: Buffer.from(address.split('.').map(Number)),
});
export const srv = (target: string, port: number): DnsRecord => ({
  type: SRV,
  data: Buffer.concat([words(10, 10, port), nameOf(target)]),
});
export const naptr = (service: string, replacement: string): DnsRecord => ({
  type: NAPTR,
  data: Buffer.concat([
    words(10, 10),
    lengthFirst('S'),
    lengthFirst(service),
    lengthFirst(''),
    nameOf(replacement),
  ]),
});

/** A name server on loopback that knows these names and no others. */
export class DnsServer {
  private constructor(
    private readonly socket: Socket,
    private readonly zone: ReadonlyMap<string, readonly DnsRecord[]>,
  ) {}

  static async open(zone: Readonly<Record<string, readonly DnsRecord[]>>): Promise<DnsServer> {
    const socket = createSocket('udp4');
    const server = new DnsServer(socket, new Map(Object.entries(zone)));
    socket.on('message', (query, { port, address }) => socket.send(server.answer(query), port, address));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return server;
  }

  /** `address:port`, as `DNS_SERVERS` wants it. */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  close(): void {
    this.socket.close();
  }

  private answer(query: Buffer): Buffer {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const type = query.readUInt16BE(at + 1);
    const question = query.subarray(12, at + 5);
    const known = this.zone.get(labels.join('.').toLowerCase());
    const records = (known ?? []).filter((record) => record.type === type);
    const flags = 0x8580 | (known === undefined ? NO_SUCH_NAME : 0);
    const header = Buffer.concat([query.subarray(0, 2), words(flags, 1, records.length, 0, 0)]);
    const answers = records.map(({ type: kind, data }) =>
      // The name is the question's (a pointer to it); class IN, for a minute.
      Buffer.concat([words(0xc00c, kind, 1, 0, 60, data.length), data]),
    );
    return Buffer.concat([header, question, ...answers]);
  }
}
