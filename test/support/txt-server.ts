import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import packet from 'dns-packet';

/** An authoritative name server on loopback for TXT records that a test may change at any time. */
export class TxtServer {
  readonly records = new Map<string, readonly string[]>();
  /** Names that were asked for, in order. */
  readonly asked: string[] = [];
  silent = false;

  private constructor(private readonly socket: Socket) {}

  static async open(): Promise<TxtServer> {
    const socket = createSocket('udp4');
    const server = new TxtServer(socket);
    socket.on('message', (query, { port, address }) => {
      if (!server.silent) socket.send(server.answer(query), port, address);
    });
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
    const { id, questions = [] } = packet.decode(query);
    const [question] = questions;
    const name = question?.name.toLowerCase() ?? '';
    this.asked.push(name);
    const found = this.records.get(name);
    const refused = found === undefined ? 3 : 0;
    return packet.encode({
      type: 'response',
      ...(id === undefined ? {} : { id }),
      flags: packet.AUTHORITATIVE_ANSWER | refused,
      questions,
      answers: (found ?? []).map((text) => ({
        type: 'TXT',
        name: question?.name ?? '',
        ttl: 1,
        // Longer texts come in pieces.
        data: [text.slice(0, 10), text.slice(10)],
      })),
    });
  }
}
